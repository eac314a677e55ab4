// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infrastructure_table.h"
#include "core/workload_table.h"
#include "selectors/io_distribution.h"
#include "selectors/row_plan.h"

namespace tracedeck {

/// Mixes how strongly a row's rates stand out into its digest. Emphasis depends on all rows, so it can
/// change where the row's own values did not; with it in the digest the plan diff reports exactly the rows
/// that look different. Call once per derived plan, before diffing. Rows without emphasis keep their
/// digest. Cost: one pass over the plan.
void addEmphasisToDigests(RowPlan& plan, const InfrastructureTable& table, const IoScale& io);
void addEmphasisToDigests(RowPlan& plan, const WorkloadTable& table, const IoScale& io);

} // namespace tracedeck
