// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/table_column.h"

namespace tracedeck {

/// Columns of a table over InfrastructureTable, in their default order: name, status, cpu, memory, disk,
/// netIo, diskIo, source, uptime, temp, load, type, os, ip, tags.
[[nodiscard]] TableColumns infrastructureColumns();

} // namespace tracedeck
