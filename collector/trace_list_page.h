// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/reader_pool.h"
#include "collector/trace_list_filter.h"
#include "core/trace_list_request.h"

#include <cstdint>
#include <vector>

namespace tracedeck {

struct TraceRow;

/// The rows as a table, in the same order.
[[nodiscard]] TraceListTable traceListTable(const std::vector<TraceRow>& rows, const StoreNames& names);

/// What a page needs besides the request.
struct TraceListContext {
    std::uint64_t total = 0; ///< traces in the store, own ones only when included
    std::int64_t nowNs = 0; ///< for queries on age
    std::int64_t scanBudgetNs = 0;
};

/// One page. Without a query it costs one index range; with one, summaries are filtered in slices until
/// the page is full, the end is reached or the scan budget is spent: then the page may be short (even
/// empty) and its cursor goes on from there. InvalidArgument for a query that does not parse (with the
/// column) and for a cursor that belongs to another order.
[[nodiscard]] Result<TraceListPage> readTraceListPage(StoreReader& reader, const StoreNames& names,
                                                      const TraceListRequest& request, const TraceListContext& context);

} // namespace tracedeck
