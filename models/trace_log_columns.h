// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"
#include "models/fact.h"
#include "models/table_column.h"

#include <cstdint>

namespace tracedeck {

/// Columns of a trace's log records over a LogListing: time, severity, service, message, attributes.
[[nodiscard]] TableColumns traceLogColumns();

/// What a record calls its severity, else the name of its number ("WARN2" for 14); an en dash for none.
[[nodiscard]] QString logSeverityText(const LogTable& logs, std::uint32_t row);

/// Everything one record says: its whole message first, then time, severity, ids, scope, attributes, resource.
/// `originNs` is what the offset counts from.
[[nodiscard]] Facts logRecordFacts(const LogTable& logs, std::uint32_t row, std::int64_t originNs);

} // namespace tracedeck
