// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infrastructure_table.h"
#include "selectors/infrastructure_query.h"
#include "selectors/io_distribution.h"
#include "selectors/plan_inputs.h"
#include "selectors/row_plan.h"

namespace tracedeck {

/// What the infrastructure page shows, derived from (snapshot, query) and nothing else.
struct InfrastructureListing {
    RowPlan plan;
    RowIndexes filtered; ///< rows that pass the filter, both parts, ascending: for summaries
    IoScale io; ///< over `filtered`; the scale of the table's outlier emphasis
};

/// filter -> split -> sort -> group -> flatten, and the IO distribution. THE function pages and the
/// collector call; runs on any thread, mutates nothing, has no limit on rows.
///
/// Plan: with a grouping every group that has rows passing the filter gets a header, in group order,
/// followed by its rows unless it is collapsed; headers carry shown/total, worst status, mean CPU and
/// memory of the shown rows. An empty `label` means "no value of this dimension" (standalone hosts);
/// views word it. `plan.total` counts the rows of the chosen part before any filter.
/// Cost: O(rows + distinct groups * log), see perf/README.md.
[[nodiscard]] InfrastructureListing deriveInfrastructure(const InfrastructureTable& table,
                                                         const InfrastructureQuery& query, const PlanInputs& inputs);

/// The plan alone, without the IO distribution.
[[nodiscard]] RowPlan infrastructurePlan(const InfrastructureTable& table, const InfrastructureQuery& query,
                                         const PlanInputs& inputs);

} // namespace tracedeck
