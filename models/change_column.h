// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/table_column.h"

namespace tracedeck {

/// What became of each row since the moment a table is compared with: "restarted · moved", what was before in
/// the tooltip. An en dash while nothing is compared. Hidden until it is.
[[nodiscard]] TableColumn changeColumn();

} // namespace tracedeck
