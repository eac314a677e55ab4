// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/trace_list_request.h"

#include <QString>
#include <optional>

namespace tracedeck {

/// The header of the trace list that stands for an order.
struct TraceOrderColumn {
    QString column; ///< id of the column: "start", "duration", "spans", "status" (by errors)
    bool descending = false;
};

[[nodiscard]] TraceOrderColumn columnOfOrder(TraceOrder order);
/// The order a header asks for. A column the store sorts in one direction only answers with that one; nothing
/// for a column it does not sort by.
[[nodiscard]] std::optional<TraceOrder> orderOfColumn(QStringView column, bool descending);

/// As links write it: "-duration", "start"; empty for the order a list has by itself (newest first).
[[nodiscard]] QString traceOrderText(TraceOrder order);
/// Reads traceOrderText(); newest first for what nobody knows.
[[nodiscard]] TraceOrder traceOrderFromText(const QString& text);

} // namespace tracedeck
