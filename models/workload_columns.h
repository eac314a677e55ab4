// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/table_column.h"

namespace tracedeck {

/// Columns of a table over WorkloadTable, in their default order: name, status, type, cpu, memory, disk,
/// netIo, diskIo, uptime, node, then hidden ones: image, namespace, context, ip, tags, os, restarts,
/// procs, vmid, runtime.
[[nodiscard]] TableColumns workloadColumns();

} // namespace tracedeck
