// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "selectors/threshold_levels.h"

#include <cstdint>
#include <vector>

namespace tracedeck {

/// Bits of RowCrossing::what: one per ThresholdMetric, then the status.
using CrossingSet = std::uint8_t;
inline constexpr CrossingSet kStatusCrossed = 1U << kThresholdMetrics;
[[nodiscard]] constexpr CrossingSet crossingBit(ThresholdMetric metric)
{
    return static_cast<CrossingSet>(1U << static_cast<unsigned>(metric));
}

/// What of a row changed in a way worth pointing at: its status, or a metric that passed a threshold in
/// either direction.
struct RowCrossing {
    RowKey key = 0;
    CrossingSet what = 0;
    bool operator==(const RowCrossing&) const = default;
};

/// A table with the levels of its rows, for comparing two moments.
template <class Table> struct JudgedTable {
    const Table& table;
    const std::vector<RowLevels>& levels;
};

/// Rows that are in both tables and crossed something, in the order of `after`. A row that was stale is
/// not compared: what it showed was not the present. Cost: O(rows), one hash table when rows moved.
[[nodiscard]] std::vector<RowCrossing> rowCrossings(const JudgedTable<InfrastructureTable>& before,
                                                    const JudgedTable<InfrastructureTable>& after);
[[nodiscard]] std::vector<RowCrossing> rowCrossings(const JudgedTable<WorkloadTable>& before,
                                                    const JudgedTable<WorkloadTable>& after);

} // namespace tracedeck
