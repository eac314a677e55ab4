// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/row_plan.h"

#include <cstdint>
#include <vector>

namespace tracedeck {

/// Half-open range of plan rows.
struct RowRange {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    bool operator==(const RowRange&) const = default;
};

/// How to take a model from one plan to the next with the fewest signals.
struct PlanDiff {
    enum class Kind : std::uint8_t {
        None, ///< same rows, same values
        Values, ///< same keys in the same order; `changed` shows other values
        Ranges, ///< at most four contiguous insertions or removals, order of the rest kept
        Reorder ///< anything else: one layout change, persistent indexes mapped by key
    };
    struct Edit {
        bool insert = false; ///< else remove
        RowRange range; ///< removals in old rows (given last first), insertions in new rows (first first)
        bool operator==(const Edit&) const = default;
    };

    Kind kind = Kind::None;
    std::vector<Edit> edits; ///< Ranges only: all removals before all insertions
    std::vector<RowRange> changed; ///< merged runs in NEW row numbers of kept rows with other values
    std::vector<std::int32_t> newRowOf; ///< Reorder only: old row → new row, -1 = gone
};

/// Compares two plans by key and digest. Pure; positional first, hash join from the first mismatch.
/// Cost: O(n) memory-bound when nothing moved; one hash table over the mismatching middle otherwise.
[[nodiscard]] PlanDiff diffPlans(const RowPlan& before, const RowPlan& after);

} // namespace tracedeck
