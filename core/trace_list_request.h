// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/trace_list_table.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tracedeck {

enum class TraceOrder : std::uint8_t {
    StartDescending,
    StartAscending,
    DurationDescending,
    DurationAscending,
    SpansDescending,
    ErrorsDescending
};

/// Which part of the trace list is wanted, in which order. `cursor` is the opaque end of the previous page, empty for
/// the first.
struct TraceListRequest {
    std::string query; ///< the query language; empty = all
    std::int64_t fromNs = 0; ///< inclusive; 0 = open
    std::int64_t toNs = 0; ///< exclusive; 0 = open
    bool errorsOnly = false;
    bool includeOwn = false;
    TraceOrder order = TraceOrder::StartDescending;
    std::uint32_t limit = 200; ///< clamped to 1 … 1000
    std::string cursor;

    bool operator==(const TraceListRequest&) const = default;
};

/// One page of the trace list and how much there is beyond it.
struct TraceListPage {
    TraceListTable traces;
    std::string nextCursor; ///< empty = no more
    std::uint64_t matching = 0; ///< traces that match, when known
    bool matchingKnown = false; ///< false = "at least `matching`": scanning was cut off
    std::uint64_t total = 0; ///< traces in the store (own ones only when included)
};

/// Name of an order in the read API and in settings: "start-desc", "duration-asc" …
[[nodiscard]] std::string_view traceOrderKey(TraceOrder order);
[[nodiscard]] std::optional<TraceOrder> traceOrderFromKey(std::string_view key);

} // namespace tracedeck
