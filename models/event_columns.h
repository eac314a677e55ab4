// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/table_column.h"

namespace tracedeck {

/// Columns of a trace's event list over an EventListing: time, kind, service, name, duration, details.
[[nodiscard]] TableColumns eventColumns();

} // namespace tracedeck
