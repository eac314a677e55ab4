// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/trace_match.h"

#include "selectors/query_print.h"
#include "selectors/workload_scope.h"

#include <algorithm>
#include <string_view>

namespace tracedeck {
namespace {

constexpr std::size_t kShortId = 12;

constexpr std::size_t kFullId = 64;
constexpr std::size_t kMostAddresses = 2; ///< each is a question to the collector

class Matches {
public:
    void add(std::string_view key, std::string_view field, std::string_view value, std::string_view further = {})
    {
        if (value.empty()) {
            return;
        }
        TraceMatch match{std::string(key), std::string(value), std::string(field) + "=" + queryValueText(value)};
        match.query += further;
        const bool known = std::any_of(m_matches.begin(), m_matches.end(),
                                       [&](const TraceMatch& other) { return other.query == match.query; });
        if (!known) {
            m_matches.push_back(std::move(match));
        }
    }
    template <class Table> void addAddresses(const Table& table, std::size_t row)
    {
        std::size_t taken = 0;
        if (row >= table.ipAddresses.size()) {
            return;
        }
        for (const StringId id : table.ipAddresses.row(row)) {
            const std::string_view address = table.strings.view(id);
            if (address != "127.0.0.1" && address != "::1" && taken++ < kMostAddresses) {
                add(kPeerKey, "peer", address);
            }
        }
    }
    /// A cut id is looked for inside the full ones.
    void addPeerContainer(std::string_view id)
    {
        if (id.size() >= kShortId) {
            m_matches.push_back({std::string(kPeerKey), std::string(id),
                                 std::string(id.size() < kFullId ? "peer:" : "peer=") + queryValueText(id)});
        }
    }
    std::vector<TraceMatch> take() { return std::move(m_matches); }

private:
    std::vector<TraceMatch> m_matches;
};

bool isDigits(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "shop-cart-1" and "shop_cart_1" of project "shop" run service "cart".
std::string_view composeService(std::string_view name, std::string_view project)
{
    if (project.empty() || name.size() <= project.size() + 1 || name.substr(0, project.size()) != project) {
        return {};
    }
    const char separator = name[project.size()];
    if (separator != '-' && separator != '_') {
        return {};
    }
    name.remove_prefix(project.size() + 1);
    const std::size_t number = name.rfind(separator);
    return number != std::string_view::npos && isDigits(name.substr(number + 1)) ? name.substr(0, number) : name;
}

/// Letters Kubernetes makes random suffixes of: no vowels, no 0, 1, 3.
bool isRandomSuffix(std::string_view text)
{
    constexpr std::string_view kLetters = "bcdfghjklmnpqrstvwxz2456789";
    return std::all_of(text.begin(), text.end(), [&](char c) { return kLetters.find(c) != std::string_view::npos; });
}

/// "checkout-7d9f8b6c5-x2x4z" is of deployment "checkout", "db-0" of stateful set "db".
std::string_view podOwner(std::string_view pod)
{
    const std::size_t last = pod.rfind('-');
    if (last == std::string_view::npos) {
        return {};
    }
    const std::string_view suffix = pod.substr(last + 1);
    std::string_view owner = pod.substr(0, last);
    if (isDigits(suffix)) {
        return owner;
    }
    if (suffix.size() != 5 || !isRandomSuffix(suffix)) {
        return {};
    }
    const std::size_t set = owner.rfind('-');
    if (set != std::string_view::npos && owner.size() - set - 1 >= 6 && isRandomSuffix(owner.substr(set + 1))) {
        owner = owner.substr(0, set);
    }
    return owner;
}

std::string_view withoutUnitEnding(std::string_view name)
{
    for (const std::string_view ending : {".service", ".scope", ".slice"}) {
        if (name.size() > ending.size() && name.substr(name.size() - ending.size()) == ending) {
            return name.substr(0, name.size() - ending.size());
        }
    }
    return name;
}

} // namespace

std::vector<TraceMatch> traceMatches(const WorkloadTable& table, std::size_t row)
{
    const auto text = [&](const TextColumn& column) { return table.strings.view(column[row]); };
    const std::string_view name = text(table.name);
    const WorkloadType type = table.type[row];
    Matches matches;
    if (text(table.containerId).size() >= kShortId) {
        matches.add("container.id", "container", text(table.containerId));
    }
    const auto addConnection = [&] {
        matches.addPeerContainer(text(table.containerId));
        if (type == WorkloadType::Unit || isGuest(type)) {
            matches.add(kPeerKey, "peer", name);
        }
        matches.addAddresses(table, row);
    };
    if (type == WorkloadType::Pod) {
        const std::string_view space = text(table.nameSpace);
        matches.add("k8s.pod.name", "pod", name, space.empty() ? std::string() : " ns=" + queryValueText(space));
        addConnection();
        matches.add("service.name", "service", podOwner(name));
    } else if (isGuest(type)) {
        matches.add("host.name", "host", name);
        addConnection();
    } else if (type == WorkloadType::AppContainer) {
        matches.add("container.name", "container", name);
        addConnection();
        matches.add("service.name", "service", composeService(name, text(table.composeProject)));
    } else {
        addConnection();
    }
    matches.add("service.name", "service", type == WorkloadType::Unit ? withoutUnitEnding(name) : name);
    return matches.take();
}

std::vector<TraceMatch> traceMatches(const InfrastructureTable& table, std::size_t row)
{
    const auto text = [&](const TextColumn& column) { return table.strings.view(column[row]); };
    Matches matches;
    matches.add("host.id", "host", text(table.machineId));
    matches.add("host.name", "host", text(table.hostname));
    matches.add("host.name", "host", text(table.name));
    matches.addAddresses(table, row);
    return matches.take();
}

} // namespace tracedeck
