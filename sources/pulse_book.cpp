// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/pulse_book.h"

#include "sources/pulse_rows.h"

#include <algorithm>
#include <cstdlib>
#include <unordered_set>

namespace tracedeck {
namespace {

constexpr std::int64_t kPulseSecondNs = 1'000'000'000;
constexpr std::int64_t kStartWaversNs = 30 * kPulseSecondNs; ///< polls of the server are that far apart

} // namespace

void PulseBook::takePages(std::vector<PulsePage> pages)
{
    m_rest.clear();
    m_duplicates = 0;
    std::unordered_set<std::string> seen;
    for (PulsePage& page : pages) {
        for (std::size_t i = 0; i < page.resources.size(); ++i) {
            const bool isNew = seen.insert(pulseCanonicalId(page.resources[i])).second;
            m_duplicates += isNew ? 0 : 1;
            if (isNew) {
                m_rest.push_back({std::move(page.resources[i]), std::move(page.raw[i])});
            }
        }
    }
    m_hasPages = true;
}

bool PulseBook::liveIsForeign() const
{
    return m_live.hasBaseline() && m_live.size() > 0 && !m_rest.empty()
        && std::none_of(m_rest.begin(), m_rest.end(),
                        [this](const Kept& kept) { return !m_live.resource(kept.resource.id).empty(); });
}

std::vector<PulseResource> PulseBook::merged() const
{
    std::vector<PulseResource> rows;
    std::unordered_set<std::string> seen;
    for (const Kept& kept : m_rest) {
        seen.insert(kept.resource.id);
        const std::string live = m_live.hasBaseline() ? m_live.resource(kept.resource.id) : std::string();
        if (live.empty()) {
            rows.push_back(kept.resource);
            continue;
        }
        Result<PulseResource> both = decodePulseResource(mergedPulseResource(kept.raw, live));
        rows.push_back(both.ok() ? std::move(both).value() : kept.resource);
    }
    // What is new since the pages were read.
    for (const std::string& id : m_live.hasBaseline() ? m_live.ids() : std::vector<std::string>()) {
        if (seen.count(id) == 0) {
            if (Result<PulseResource> one = decodePulseResource(m_live.resource(id)); one.ok()) {
                rows.push_back(std::move(one).value());
            }
        }
    }
    return rows;
}

std::int64_t PulseBook::startOf(const PulseResource& resource, std::int64_t nowNs)
{
    constexpr double kLongest = 9.0e9;
    if (!resource.uptimeSec || *resource.uptimeSec <= 0 || *resource.uptimeSec > kLongest) {
        return 0;
    }
    const std::int64_t start = nowNs - static_cast<std::int64_t>(*resource.uptimeSec) * kPulseSecondNs;
    std::int64_t& kept = m_starts[resource.id];
    if (std::llabs(kept - start) > kStartWaversNs) {
        kept = start;
    }
    return kept;
}

FleetSnapshot PulseBook::build(std::int64_t nowNs)
{
    const std::vector<PulseResource> rows = merged();
    std::vector<std::int64_t> starts;
    starts.reserve(rows.size());
    for (const PulseResource& row : rows) {
        starts.push_back(startOf(row, nowNs));
    }
    FleetSnapshot snapshot = pulseTables(m_instance, rows, starts);
    m_historyRows = std::make_shared<const std::vector<PulseHistoryRow>>(pulseHistoryRows(m_instance, rows));
    snapshot.volatileFields.sampledAtNs = nowNs;
    if (m_duplicates > 0) {
        snapshot.warnings.push_back({"resources that the server listed twice, ignored", m_duplicates});
    }
    return snapshot;
}

} // namespace tracedeck
