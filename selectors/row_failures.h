// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/row_crossings.h"
#include "selectors/row_plan.h"

#include <vector>

namespace tracedeck {

/// Rows of a table that failed with these crossings: their status crossed and is down now (Critical, as
/// severityOf says). Ascending; crossings of rows the table does not have are skipped.
/// Cost: O(rows) once when a status crossed, else nothing.
[[nodiscard]] RowIndexes failedRows(const InfrastructureTable& table, const std::vector<RowCrossing>& crossings);
[[nodiscard]] RowIndexes failedRows(const WorkloadTable& table, const std::vector<RowCrossing>& crossings);

} // namespace tracedeck
