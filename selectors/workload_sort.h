// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workload_table.h"
#include "selectors/collation_rank.h"
#include "selectors/row_plan.h"
#include "selectors/workload_query.h"

namespace tracedeck {

struct WorkloadSort {
    WorkloadSortKey key = WorkloadSortKey::Name;
    SortDirection direction = SortDirection::Ascending;
    bool quantised = false; ///< see WorkloadQuery
    std::optional<WorkloadSortKey> thenBy{}; ///< see WorkloadQuery; the key itself again decides nothing
    SortDirection thenDirection = SortDirection::Ascending;
};

/// `rows` in display order. Missing values last in both directions; ties by name, then id, both
/// ascending and never flipped. Text goes by `ranks`, so the order is total and does not depend on the
/// order of `rows`. Cost: radix sort, about 25 ns per row with its tie order.
[[nodiscard]] RowIndexes sortWorkloads(const WorkloadTable& table, RowIndexes rows, const WorkloadSort& sort,
                                       const CollationRanks& ranks);

/// First direction of a newly clicked column: text ascending, numbers descending.
[[nodiscard]] SortDirection firstDirection(WorkloadSortKey key);

} // namespace tracedeck
