// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/table_column.h"

namespace tracedeck {

/// Columns of the trace list over a TraceListing: start, root, duration, spans, services, status, trace id.
/// Sort keys are the names of the orders a source can give: "start", "duration", "spans", "errors".
[[nodiscard]] TableColumns traceColumns();

} // namespace tracedeck
