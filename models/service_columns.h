// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/table_column.h"

namespace tracedeck {

/// Columns of backup servers and mail gateways, over an InfrastructureTable. What a kind of service does not
/// have (the queue of a backup server) stays empty; what it has and does not report prints as an en dash.
[[nodiscard]] TableColumns serviceColumns();

} // namespace tracedeck
