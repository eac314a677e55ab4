// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "core/span_table.h"

namespace tracedeck {

/// The records of `logs` that carry the trace id, in the same order. Texts, resources and scopes are
/// copied as they are.
[[nodiscard]] LogTable logsOfTrace(const LogTable& logs, const TraceId& id);

} // namespace tracedeck
