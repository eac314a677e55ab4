// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workload_table.h"
#include "selectors/io_distribution.h"
#include "selectors/plan_inputs.h"
#include "selectors/row_plan.h"
#include "selectors/workload_query.h"
#include "selectors/workload_stats.h"

namespace tracedeck {

/// What the workload page shows, derived from (snapshot, query) and nothing else.
struct WorkloadListing {
    RowPlan plan;
    RowIndexes filtered; ///< rows that pass the filter, ascending: for summaries
    WorkloadStats stats; ///< over `filtered`
    IoScale io; ///< over `filtered`; the scale of the table's outlier emphasis
};

/// filter -> sort -> group -> flatten, stats and the IO distribution. THE function pages and the
/// collector call; runs on any thread, mutates nothing, has no limit on rows. The plan is built as in
/// deriveInfrastructure(); grouped by node, guests of one host form a group ("instance", "node"),
/// containers, pods and units one group per kind and host, whose detail names the kind.
[[nodiscard]] WorkloadListing deriveWorkloads(const WorkloadTable& table, const WorkloadQuery& query,
                                              const PlanInputs& inputs);

/// The plan alone, without stats and IO distribution.
[[nodiscard]] RowPlan workloadPlan(const WorkloadTable& table, const WorkloadQuery& query, const PlanInputs& inputs);

} // namespace tracedeck
