// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infrastructure_table.h"
#include "selectors/collation_rank.h"
#include "selectors/infrastructure_query.h"
#include "selectors/row_plan.h"

namespace tracedeck {

struct InfrastructureSort {
    InfrastructureSortKey key = InfrastructureSortKey::Name;
    SortDirection direction = SortDirection::Ascending;
    bool quantised = false; ///< see InfrastructureQuery
    std::optional<InfrastructureSortKey> thenBy{}; ///< see InfrastructureQuery; the key itself again decides nothing
    SortDirection thenDirection = SortDirection::Ascending;
};

/// `rows` in display order. Missing values last in both directions; ties by the default order (not
/// offline or stopped first, then name, then id), never flipped; quantised ties by name alone.
/// Text goes by `ranks`, so the order is total and does not depend on the order of `rows`.
/// Cost: radix sort, about 25 ns per row with its tie order.
[[nodiscard]] RowIndexes sortInfrastructure(const InfrastructureTable& table, RowIndexes rows,
                                            const InfrastructureSort& sort, const CollationRanks& ranks);

/// First direction of a newly clicked column: text ascending, numbers descending.
[[nodiscard]] SortDirection firstDirection(InfrastructureSortKey key);

} // namespace tracedeck
