// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/row_crossings.h"

#include "core/infrastructure_table.h"
#include "core/workload_table.h"
#include "selectors/key_row_index.h"

#include <cstddef>
#include <optional>

namespace tracedeck {
namespace {

InfrastructureStatus statusOf(const InfrastructureTable& table, std::size_t row)
{
    return table.status[row];
}

StatusBucket statusOf(const WorkloadTable& table, std::size_t row)
{
    return table.bucket[row];
}

CrossingSet crossedLevels(RowLevels before, RowLevels after)
{
    CrossingSet crossed = 0;
    for (unsigned metric = 0; metric < kThresholdMetrics; ++metric) {
        const auto which = static_cast<ThresholdMetric>(metric);
        if (levelOf(before, which) != levelOf(after, which)) {
            crossed = static_cast<CrossingSet>(crossed | crossingBit(which));
        }
    }
    return crossed;
}

template <class Table>
std::vector<RowCrossing> crossingsOf(const JudgedTable<Table>& before, const JudgedTable<Table>& after)
{
    std::vector<RowCrossing> crossings;
    std::optional<KeyRowIndex> index;
    const std::vector<RowKey>& keys = before.table.keys;
    for (std::size_t row = 0; row < after.table.rows(); ++row) {
        const RowKey key = after.table.keys[row];
        std::size_t old = row;
        if (row >= keys.size() || keys[row] != key) {
            if (!index) {
                index.emplace(keys, 0, static_cast<std::uint32_t>(keys.size()));
            }
            const std::int32_t found = index->find(key);
            if (found == KeyRowIndex::kMissing) {
                continue;
            }
            old = static_cast<std::size_t>(found);
        }
        if ((before.table.flags[old] & kRowStale) != 0) {
            continue;
        }
        CrossingSet what = crossedLevels(before.levels[old], after.levels[row]);
        if (statusOf(before.table, old) != statusOf(after.table, row)) {
            what = static_cast<CrossingSet>(what | kStatusCrossed);
        }
        if (what != 0) {
            crossings.push_back({key, what});
        }
    }
    return crossings;
}

} // namespace

std::vector<RowCrossing> rowCrossings(const JudgedTable<InfrastructureTable>& before,
                                      const JudgedTable<InfrastructureTable>& after)
{
    return crossingsOf(before, after);
}

std::vector<RowCrossing> rowCrossings(const JudgedTable<WorkloadTable>& before, const JudgedTable<WorkloadTable>& after)
{
    return crossingsOf(before, after);
}

} // namespace tracedeck
