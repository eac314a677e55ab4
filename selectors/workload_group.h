// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workload_table.h"
#include "selectors/collation_rank.h"
#include "selectors/row_groups.h"
#include "selectors/workload_query.h"

namespace tracedeck {

/// Groups of `rows` by one dimension, in display order (GroupOrder::Worst counts as Label here). By
/// node: guests by (instance, node), labelled with the node, cluster or instance as detail; everything
/// else by kind and the first of context label, node, instance, namespace, with the kind as detail.
/// Rows without a value form groups with an empty label, last. Precondition: grouping is not None.
/// Cost: one hash probe per row, one sort over the distinct groups.
[[nodiscard]] RowGroups groupWorkloads(const WorkloadTable& table, const RowIndexes& rows, WorkloadGrouping grouping,
                                       GroupOrder order, const CollationRanks& ranks);

} // namespace tracedeck
