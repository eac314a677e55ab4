// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"
#include "selectors/row_plan.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace tracedeck {

/// Log records of one trace in the order they happened. Never null once built.
struct LogListing {
    std::shared_ptr<const LogTable> logs;
    std::vector<std::uint32_t> rows; ///< of the table, by time; ties keep the order of arrival
    std::int64_t originNs = 0; ///< what offsets count from: the start of the trace
};

/// When a record happened: its own time, else when a collector saw it; 0 = nobody said.
[[nodiscard]] std::int64_t logTimeNs(const LogTable& logs, std::uint32_t row);

/// Orders the records. Those without any time come last. O(n log n).
[[nodiscard]] LogListing listLogs(std::shared_ptr<const LogTable> logs, std::int64_t originNs);

/// Places in the listing whose record has every word of `text` (as findSpans() reads words; `name:` looks into
/// the event name) in body, severity, service, event name, span id or attributes. Empty text keeps all.
[[nodiscard]] RowIndexes filterLogs(const LogListing& listing, std::string_view text);

/// Flat plan over the given places. Records have no id: a key stands for time, span, severity and body, and
/// counts equal ones, so that a selection survives records that come later.
[[nodiscard]] RowPlan planLogs(const LogListing& listing, const RowIndexes& places);

} // namespace tracedeck
