// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workload_table.h"
#include "selectors/row_plan.h"
#include "selectors/workload_query.h"

namespace tracedeck {

/// Those of `rows` that pass `filter`, order kept. A filter left at its default hands `rows` on as they
/// are. Cost: one pass over the columns asked for; text by a scan of the search arena.
[[nodiscard]] RowIndexes filterWorkloads(const WorkloadTable& table, const WorkloadFilter& filter, RowIndexes rows);

/// Whether a kind of workload belongs to a view.
[[nodiscard]] bool isInView(WorkloadType type, WorkloadView view);

} // namespace tracedeck
