// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infrastructure_table.h"
#include "selectors/collation_rank.h"
#include "selectors/infrastructure_query.h"
#include "selectors/row_groups.h"

namespace tracedeck {

/// Groups of `rows` by one dimension, in display order (GroupOrder::Worst counts as Label here). Rows
/// without a cluster form one group with an empty label, last. Precondition: grouping is not None.
/// Cost: one hash probe per row, one sort over the distinct groups.
[[nodiscard]] RowGroups groupInfrastructure(const InfrastructureTable& table, const RowIndexes& rows,
                                            InfrastructureGrouping grouping, GroupOrder order,
                                            const CollationRanks& ranks);

} // namespace tracedeck
