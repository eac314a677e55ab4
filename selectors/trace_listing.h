// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/time_style.h"
#include "core/trace_list_table.h"
#include "selectors/row_plan.h"

#include <cstdint>
#include <memory>
#include <unordered_set>
#include <vector>

namespace tracedeck {

/// Loaded pages of the trace list as one table, with what its cells are drawn against.
struct TraceListing {
    TraceListTable table;
    std::int64_t maxDurationNs = 0; ///< longest trace listed: the full duration bar
    TimeStyle times; ///< how starts are shown
};

/// Puts pages one after another; a trace on two pages (the list moved between two requests) stays where it
/// came first. O(rows).
[[nodiscard]] TraceListing mergeTracePages(const std::vector<std::shared_ptr<const TraceListTable>>& pages,
                                           TimeStyle times);

/// The listing in its own order, without the traces in `hidden` (new ones that wait behind the button).
/// `total` is what the source says there is.
[[nodiscard]] RowPlan planTraces(const TraceListing& listing, const std::unordered_set<TraceId>& hidden,
                                 std::uint32_t total);

} // namespace tracedeck
