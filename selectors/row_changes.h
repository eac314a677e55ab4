// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/row_marks.h"
#include "selectors/row_plan.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace tracedeck {

/// What became of a row between two moments; bits of a RowChangeSet.
enum RowChange : std::uint8_t {
    kRowNew = 1,
    kRowGone = 2,
    kRowRestarted = 4, ///< started anew, restarts went up, or one of the same name took its place
    kRowMoved = 8, ///< another node (workloads) or cluster (hosts)
    kRowImageChanged = 16, ///< another image (workloads) or system (hosts)
    kRowStateChanged = 32, ///< another of running, degraded, stopped
};
using RowChangeSet = std::uint8_t;

/// Two moments of a table compared.
struct RowChanges {
    static constexpr std::uint32_t kNoRow = std::numeric_limits<std::uint32_t>::max();

    std::vector<RowChangeSet> ofRow; ///< by row of the later moment; 0 = unchanged
    std::vector<std::uint32_t> earlierRow; ///< by row of the later moment; kNoRow for those that were not there
    std::vector<std::uint32_t> gone; ///< rows of the earlier moment, ascending
    std::uint32_t untold = 0; ///< rows that came with a source nobody watched at the earlier moment
};

/// How many rows changed in which way; a row may count several times. `gone` counts those that are listed.
struct ChangeTally {
    std::uint32_t fresh = 0;
    std::uint32_t gone = 0;
    std::uint32_t restarted = 0;
    std::uint32_t moved = 0;
    std::uint32_t image = 0;
    std::uint32_t state = 0;
    bool operator==(const ChangeTally&) const = default;
};
[[nodiscard]] ChangeTally tallyOf(const std::vector<RowChangeSet>& changes);

/// Mixes changes into the digests of the table rows of a plan: a row can show another change with equal values.
void addChangesToDigests(RowPlan& plan, const std::vector<RowChangeSet>& changes);

/// What changed from one moment to the next. Rows are paired by key; of those left over, one that went and
/// one that came with the same kind and name are one row (a container made anew, a guest that migrated),
/// if there is exactly one of each. A row is new only when its source was watched before, and gone only
/// when its source still is: else nobody knows. A missing value differs from nothing; starts that differ
/// by less than kStartTolerance are one. Cost: O(rows); hash tables only when rows moved.
[[nodiscard]] RowChanges rowChanges(const RowMarks& before, const RowMarks& after);

/// Sources report the age of a process, rounded; the start worked out from it wavers.
inline constexpr std::int64_t kStartToleranceNs = 20'000'000'000;

} // namespace tracedeck
