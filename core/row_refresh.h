// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infrastructure_table.h"
#include "core/workload_table.h"

#include <cstddef>

namespace tracedeck {

/// Makes digest (and bucket) of one row agree with its columns again after single values changed in a copy
/// of a finished table; for sources that know which rows changed. The search arena stays, so names, ids,
/// states and tags of the row must not have changed. Cost: one row.
void refreshRow(InfrastructureTable& table, std::size_t row);
void refreshRow(WorkloadTable& table, std::size_t row);

} // namespace tracedeck
