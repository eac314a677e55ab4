// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/engine_book.h"

#include <algorithm>
#include <unordered_set>

namespace tracedeck {
namespace {

/// Stopped containers are inspected too, but not thousands of long forgotten ones.
constexpr std::size_t kMostStoppedInspected = 200;

bool isLive(const EngineContainer& container)
{
    return container.state == "running" || container.state == "paused" || container.state == "restarting";
}

} // namespace

Result<void> EngineBook::takeInfo(std::string_view json)
{
    auto info = decodeEngineInfo(json);
    if (!info) {
        return info.error();
    }
    m_info = std::move(info).value();
    return {};
}

Result<void> EngineBook::takeImages(std::string_view json)
{
    auto images = decodeEngineImages(json);
    if (!images) {
        return images.error();
    }
    m_images = std::move(images).value();
    for (const auto& [id, known] : m_known) {
        m_images.try_emplace(known.listed.imageId, 0); // removed meanwhile: asking again would not help
    }
    return {};
}

Result<void> EngineBook::takeList(std::string_view json)
{
    auto listed = decodeEngineContainers(json);
    if (!listed) {
        return listed.error();
    }
    m_duplicates = 0;
    m_order.clear();
    std::unordered_set<std::string> seen;
    for (EngineContainer& container : listed.value()) {
        if (!seen.insert(container.id).second) {
            ++m_duplicates;
            continue;
        }
        m_order.push_back(container.id);
        Known& known = m_known[container.id];
        known.changed = known.changed || known.inspectedState != container.state;
        if (container.state != "running") {
            known.sample.reset();
            known.rates = {};
        }
        known.listed = std::move(container);
    }
    std::erase_if(m_known, [&](const auto& entry) { return seen.count(entry.first) == 0; });
    return {};
}

void EngineBook::takeSample(Known& known, EngineSample sample, std::int64_t receivedNs)
{
    const std::int64_t takenNs = sample.readNs != 0 ? sample.readNs : receivedNs;
    if (known.sample) {
        known.rates = engineRates(*known.sample, known.sampledAtNs, sample, takenNs, known.rates);
    }
    known.sample = sample;
    known.sampledAtNs = takenNs;
}

Result<void> EngineBook::takeStats(const std::string& id, std::string_view json, std::int64_t receivedNs)
{
    const auto found = m_known.find(id);
    auto sample = decodeEngineStats(json);
    if (!sample) {
        return sample.error();
    }
    if (found != m_known.end() && sample.value().cpuNs) {
        takeSample(found->second, std::move(sample).value(), receivedNs);
    }
    return {};
}

Result<void> EngineBook::takePodmanStats(std::string_view json, std::int64_t receivedNs)
{
    auto samples = decodePodmanStats(json);
    if (!samples) {
        return samples.error();
    }
    for (auto& [id, sample] : samples.value()) {
        if (const auto found = m_known.find(id); found != m_known.end()) {
            takeSample(found->second, std::move(sample), receivedNs);
        }
    }
    return {};
}

Result<void> EngineBook::takeInspect(const std::string& id, std::string_view json)
{
    auto inspected = decodeEngineInspect(json);
    if (!inspected) {
        return inspected.error();
    }
    if (const auto found = m_known.find(id); found != m_known.end()) {
        found->second.inspected = std::move(inspected).value();
        found->second.inspectedState = found->second.listed.state;
        found->second.changed = false;
    }
    return {};
}

void EngineBook::forgetSample(const std::string& id)
{
    if (const auto found = m_known.find(id); found != m_known.end()) {
        found->second.sample.reset();
        found->second.rates = {};
    }
}

void EngineBook::noteChanged(const std::string& id)
{
    if (const auto found = m_known.find(id); found != m_known.end()) {
        found->second.changed = true;
    }
}

std::vector<std::string> EngineBook::wantStats() const
{
    std::vector<std::string> ids;
    for (const std::string& id : m_order) {
        if (m_known.at(id).listed.state == "running") {
            ids.push_back(id);
        }
    }
    const auto age = [this](const std::string& id) {
        const Known& known = m_known.at(id);
        return known.sample ? known.sampledAtNs : 0;
    };
    std::stable_sort(ids.begin(), ids.end(),
                     [&](const std::string& a, const std::string& b) { return age(a) < age(b); });
    return ids;
}

std::vector<std::string> EngineBook::wantInspect(std::size_t most) const
{
    std::vector<std::string> ids;
    std::size_t stopped = 0;
    for (const bool live : {true, false}) {
        for (const std::string& id : m_order) {
            const Known& known = m_known.at(id);
            if (isLive(known.listed) != live || ids.size() >= most) {
                continue;
            }
            stopped += live ? 0 : 1;
            if (known.changed && stopped <= kMostStoppedInspected) {
                ids.push_back(id);
            }
        }
    }
    return ids;
}

bool EngineBook::wantImages() const
{
    return std::any_of(m_known.begin(), m_known.end(), [this](const auto& entry) {
        return !entry.second.listed.imageId.empty() && m_images.count(entry.second.listed.imageId) == 0;
    });
}

} // namespace tracedeck
