// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/resource_registry.h"
#include "collector/service_registry.h"
#include "collector/trace_rows.h"
#include "core/result.h"
#include "core/trace_list_request.h"
#include "selectors/trace_filter.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace tracedeck {

/// Where the names behind a row's numbers are.
struct StoreNames {
    const ServiceRegistry& services;
    const ResourceRegistry& resources;
};

/// The query of a trace list, compiled once per page, evaluated on stored summaries.
class TraceListFilter {
public:
    /// InvalidArgument, naming the column and what was expected, for a query that does not parse or fit.
    [[nodiscard]] static Result<TraceListFilter> compile(const std::string& query, std::int64_t nowNs);

    [[nodiscard]] bool matchesAll() const noexcept { return m_query.matchesAll(); }
    [[nodiscard]] bool matches(const TraceRow& row, const StoreNames& names);
    /// The request with everything the query says about start, errors and own traces, for the indexes.
    [[nodiscard]] TraceListRequest narrowed(const TraceListRequest& request) const;
    [[nodiscard]] const TraceBounds& bounds() const noexcept { return m_bounds; }

private:
    CompiledQuery m_query;
    TraceBounds m_bounds;
    std::int64_t m_nowNs = 0;
    std::vector<std::string_view> m_names;
    ResourceValues m_resources;
};

} // namespace tracedeck
