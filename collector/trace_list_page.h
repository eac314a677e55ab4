// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/reader_pool.h"
#include "collector/service_registry.h"
#include "core/trace_list_request.h"

#include <cstdint>
#include <vector>

namespace tracedeck {

struct TraceRow;

/// The rows as a table, in the same order.
[[nodiscard]] TraceListTable traceListTable(const std::vector<TraceRow>& rows, const ServiceRegistry& services);

/// One page. Without a query it costs one index range; with one, summaries are filtered in slices until
/// the page is full, the end is reached or `scanBudgetNs` is spent: then the page may be short (even
/// empty) and its cursor goes on from there. InvalidArgument for a query that does not parse (with the
/// column) and for a cursor that belongs to another order.
[[nodiscard]] Result<TraceListPage> readTraceListPage(StoreReader& reader, const ServiceRegistry& services,
                                                      const TraceListRequest& request, std::uint64_t total,
                                                      std::int64_t scanBudgetNs);

} // namespace tracedeck
