// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stage_statistics.h"

#include <algorithm>

namespace tracedeck {

void StageStatistics::add(const std::vector<StageRecord>& records)
{
    for (const StageRecord& record : records) {
        const auto index = static_cast<std::size_t>(record.stage);
        if (index >= m_stages.size()) {
            continue;
        }
        Kept& kept = m_stages[index];
        kept.durations.push_back(std::max<std::int64_t>(record.durationNs, 0));
        if (kept.durations.size() > kWindow) {
            kept.durations.pop_front();
        }
        ++kept.count;
        kept.rows = record.rows;
    }
}

std::optional<StageFigures> StageStatistics::of(Stage stage) const
{
    const auto index = static_cast<std::size_t>(stage);
    if (index >= m_stages.size() || m_stages[index].durations.empty()) {
        return std::nullopt;
    }
    const Kept& kept = m_stages[index];
    std::vector<std::int64_t> sorted(kept.durations.begin(), kept.durations.end());
    std::sort(sorted.begin(), sorted.end());
    StageFigures figures;
    figures.lastNs = kept.durations.back();
    figures.medianNs = sorted[(sorted.size() - 1) / 2];
    figures.p95Ns = sorted[(sorted.size() * 95 + 99) / 100 - 1];
    figures.count = kept.count;
    figures.rows = kept.rows;
    return figures;
}

} // namespace tracedeck
