// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/trace_list_filter.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace tracedeck {
namespace {

Error queryError(const QueryError& error)
{
    std::string what = "column " + std::to_string(error.where.begin + 1) + ": " + error.what;
    return makeError(ErrorCode::InvalidArgument, "query", std::move(what),
                     error.expected.empty() ? std::string() : "Expected " + error.expected + ".");
}

} // namespace

Result<TraceListFilter> TraceListFilter::compile(const std::string& query, std::int64_t nowNs)
{
    QueryOutcome outcome = compileQuery(query, QueryTable::Traces);
    if (!outcome.ok()) {
        return queryError(outcome.errors.front());
    }
    TraceListFilter filter;
    filter.m_query = std::move(outcome.query);
    filter.m_bounds = traceBounds(filter.m_query, nowNs);
    filter.m_nowNs = nowNs;
    return filter;
}

bool TraceListFilter::matches(const TraceRow& row, const StoreNames& names)
{
    const TraceSummary& summary = row.summary;
    names.services.namesOf(summary.services, m_names);
    TraceSummaryFields fields;
    fields.traceId = row.traceId;
    fields.startNs = summary.startNs;
    fields.durationNs = summary.durationNs();
    fields.rootService = summary.rootSpan.isZero() ? std::string_view() : names.services.nameOf(summary.rootService);
    fields.rootName = summary.rootName;
    fields.services = m_names;
    fields.spanCount = summary.spans;
    fields.errorCount = summary.errors;
    fields.own = summary.own;
    names.resources.valuesOf(summary.resources, m_resources);
    fields.resources = &m_resources;
    return matchesTrace(m_query, fields, m_nowNs);
}

TraceListRequest TraceListFilter::narrowed(const TraceListRequest& request) const
{
    TraceListRequest narrow = request;
    if (m_bounds.startFromNs != std::numeric_limits<std::int64_t>::min()) {
        narrow.fromNs = request.fromNs == 0 ? m_bounds.startFromNs : std::max(request.fromNs, m_bounds.startFromNs);
    }
    if (m_bounds.startToNs != std::numeric_limits<std::int64_t>::max()) {
        narrow.toNs = request.toNs == 0 ? m_bounds.startToNs + 1 : std::min(request.toNs, m_bounds.startToNs + 1);
    }
    narrow.errorsOnly = request.errorsOnly || m_bounds.errors.value_or(false);
    // Who asks for own traces by name gets them.
    narrow.includeOwn = request.includeOwn || m_bounds.own.value_or(false);
    return narrow;
}

} // namespace tracedeck
