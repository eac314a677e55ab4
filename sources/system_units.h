// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/local_workload_rows.h"
#include "sources/system_unit.h"

#include <vector>

namespace tracedeck {

/// Gives rows of units the manager's word on them: description, state and, where the unit failed, is starting or
/// stopping, that as status. Failed services have no processes and so no cgroup: they become rows of their own.
void applySystemUnits(const std::vector<SystemUnit>& units, std::vector<LocalWorkloadRow>& rows);

} // namespace tracedeck
