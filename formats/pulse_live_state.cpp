// SPDX-License-Identifier: GPL-3.0-or-later
// What a Pulse server's socket adds up to: a snapshot, then merge patches.
#include "formats/pulse_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

namespace tracedeck {
namespace {

using nlohmann::json;

std::string idOf(const json& resource)
{
    const auto found = resource.is_object() ? resource.find("id") : resource.end();
    return resource.is_object() && found != resource.end() && found->is_string() ? found->get<std::string>()
                                                                                 : std::string();
}

json parsedObject(std::string_view text)
{
    json value = json::parse(text, nullptr, false);
    return value.is_object() ? value : json::object();
}

/// Which facet belongs to which source; the others stay whatever is listed.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kFacetSources{{{"proxmox", "proxmox"},
                                                                                      {"agent", "agent"},
                                                                                      {"docker", "docker"},
                                                                                      {"pbs", "pbs"},
                                                                                      {"pmg", "pmg"},
                                                                                      {"kubernetes", "kubernetes"},
                                                                                      {"truenas", "truenas"},
                                                                                      {"vmware", "vmware"}}};

void dropFacetsOfGoneSources(json& resource)
{
    const auto sources = resource.find("sources");
    if (sources == resource.end() || !sources->is_array() || sources->empty()) {
        return;
    }
    for (const auto& [facet, source] : kFacetSources) {
        const bool listed = std::any_of(sources->begin(), sources->end(), [&, name = source](const json& one) {
            return one.is_string() && one.get_ref<const std::string&>() == name;
        });
        if (!listed) {
            resource.erase(std::string(facet));
        }
    }
}

std::string dumped(const json& value)
{
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace

struct PulseLiveState::State {
    std::vector<std::string> order;
    std::unordered_map<std::string, json> resources;

    void upsert(const json& patch)
    {
        const std::string id = idOf(patch);
        if (id.empty()) {
            return;
        }
        const auto [place, added] = resources.try_emplace(id, json::object());
        if (added) {
            order.push_back(id);
        }
        place->second.merge_patch(patch);
    }
    void reorder(const json& wanted)
    {
        std::unordered_map<std::string, std::size_t> place;
        for (const json& id : wanted) {
            if (id.is_string()) {
                place.emplace(id.get<std::string>(), place.size());
            }
        }
        std::stable_sort(order.begin(), order.end(), [&](const std::string& a, const std::string& b) {
            const auto at = [&](const std::string& id) {
                const auto found = place.find(id);
                return found == place.end() ? place.size() : found->second;
            };
            return at(a) < at(b);
        });
    }
};

PulseLiveState::PulseLiveState() : m_state(std::make_unique<State>())
{ }

PulseLiveState::~PulseLiveState() = default;

bool PulseLiveState::takeSnapshot(std::string_view data)
{
    const json root = parsedObject(data);
    const auto resources = root.find("resources");
    if (resources == root.end() || !resources->is_array()) {
        return false;
    }
    *m_state = {};
    for (const json& resource : *resources) {
        m_state->upsert(resource);
    }
    m_baseline = true;
    return true;
}

bool PulseLiveState::takeDelta(std::string_view data)
{
    const json root = json::parse(data, nullptr, false);
    if (!m_baseline || !root.is_object()) {
        return false;
    }
    const auto delta = root.find("resourceDelta");
    if (delta == root.end() || !delta->is_object()) {
        return true; // other parts of the state changed
    }
    const auto list = [&](const char* name) {
        const auto found = delta->find(name);
        return found != delta->end() && found->is_array() ? *found : json::array();
    };
    for (const json& patch : list("upserts")) {
        m_state->upsert(patch);
    }
    std::unordered_set<std::string> removed;
    for (const json& id : list("removed")) {
        if (id.is_string()) {
            removed.insert(id.get<std::string>());
            m_state->resources.erase(id.get<std::string>());
        }
    }
    std::erase_if(m_state->order, [&](const std::string& id) { return removed.count(id) > 0; });
    if (delta->contains("order")) {
        m_state->reorder(list("order"));
    }
    return true;
}

std::size_t PulseLiveState::size() const noexcept
{
    return m_state->order.size();
}

std::string PulseLiveState::resource(const std::string& id) const
{
    const auto found = m_state->resources.find(id);
    return found == m_state->resources.end() ? std::string() : dumped(found->second);
}

std::vector<std::string> PulseLiveState::ids() const
{
    return m_state->order;
}

std::string mergedPulseResource(std::string_view rich, std::string_view live)
{
    json merged = parsedObject(rich);
    merged.merge_patch(parsedObject(live));
    dropFacetsOfGoneSources(merged);
    return dumped(merged);
}

} // namespace tracedeck
