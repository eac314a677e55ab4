// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/fleet_merge.h"

#include <algorithm>
#include <unordered_set>

namespace tracedeck {
namespace {

template <class Table> std::shared_ptr<const Table> staleCopy(const std::shared_ptr<const Table>& table)
{
    if (!table || table->rows() == 0) {
        return table ? table : std::make_shared<const Table>();
    }
    auto copy = std::make_shared<Table>(*table);
    for (std::uint8_t& flags : copy->flags) {
        flags = static_cast<std::uint8_t>(flags | kRowStale);
    }
    copy->finish();
    return copy;
}

} // namespace

template <class Table> void FleetMerge::mergeSection(Memo<Table>& memo, std::vector<std::shared_ptr<const Table>> from)
{
    std::erase_if(from, [](const auto& table) { return !table; });
    if (memo.merged && memo.from == from) {
        return;
    }
    memo.duplicates = 0;
    const auto withRows = std::count_if(from.begin(), from.end(), [](const auto& table) { return table->rows() > 0; });
    if (withRows <= 1) {
        const auto only = std::find_if(from.begin(), from.end(), [](const auto& table) { return table->rows() > 0; });
        memo.merged = only != from.end() ? *only : from.empty() ? std::make_shared<const Table>() : from.front();
    } else {
        auto merged = std::make_shared<Table>();
        std::unordered_set<RowKey> seen;
        for (const auto& table : from) {
            std::vector<std::uint32_t> rows;
            rows.reserve(table->rows());
            for (std::size_t row = 0; row < table->rows(); ++row) {
                if (seen.insert(table->keys[row]).second) {
                    rows.push_back(static_cast<std::uint32_t>(row));
                } else {
                    ++memo.duplicates;
                }
            }
            merged->append(*table, rows);
        }
        merged->finish();
        memo.merged = std::move(merged);
    }
    memo.from = std::move(from);
}

FleetSnapshot FleetMerge::merge(const std::vector<FleetSnapshot>& sources)
{
    std::vector<std::shared_ptr<const InfrastructureTable>> infrastructure;
    std::vector<std::shared_ptr<const WorkloadTable>> workloads;
    FleetSnapshot merged;
    for (const FleetSnapshot& source : sources) {
        infrastructure.push_back(source.infrastructure);
        workloads.push_back(source.workloads);
        merged.warnings.insert(merged.warnings.end(), source.warnings.begin(), source.warnings.end());
        merged.volatileFields.sampledAtNs =
            std::max(merged.volatileFields.sampledAtNs, source.volatileFields.sampledAtNs);
    }
    mergeSection(m_infrastructure, std::move(infrastructure));
    mergeSection(m_workloads, std::move(workloads));
    merged.infrastructure = m_infrastructure.merged;
    merged.workloads = m_workloads.merged;
    if (const std::uint64_t duplicates = m_infrastructure.duplicates + m_workloads.duplicates; duplicates > 0) {
        merged.warnings.push_back({"rows that another source shows already, ignored", duplicates});
    }
    return merged;
}

FleetSnapshot markedStale(const FleetSnapshot& snapshot)
{
    FleetSnapshot stale = snapshot;
    stale.infrastructure = staleCopy(snapshot.infrastructure);
    stale.workloads = staleCopy(snapshot.workloads);
    return stale;
}

} // namespace tracedeck
