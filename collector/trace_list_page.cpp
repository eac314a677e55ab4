// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/trace_list_page.h"

#include "collector/trace_list_filter.h"
#include "collector/trace_list_scan.h"

#include <algorithm>
#include <chrono>

namespace tracedeck {
namespace {

constexpr std::uint32_t kLargestPage = 1000;
constexpr std::size_t kSliceRows = 500;
constexpr std::uint64_t kCountLimit = 10'000;

bool unrestricted(const TraceListRequest& request)
{
    return request.fromNs == 0 && request.toNs == 0 && !request.errorsOnly;
}

Result<void> countMatching(StoreReader& reader, const TraceListRequest& request, TraceListPage& page)
{
    if (unrestricted(request)) {
        page.matching = page.total;
        page.matchingKnown = true;
        return {};
    }
    const Result<std::uint64_t> counted = countTraces(reader.database(), request, kCountLimit + 1);
    if (!counted) {
        return counted.error();
    }
    page.matching = std::min(*counted, kCountLimit);
    page.matchingKnown = *counted <= kCountLimit;
    return {};
}

} // namespace

TraceListTable traceListTable(const std::vector<TraceRow>& rows, const StoreNames& names)
{
    TraceListTable table;
    table.resize(rows.size());
    std::vector<std::string_view> serviceNames;
    ResourceValues resources;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const TraceSummary& summary = rows[i].summary;
        table.traceId[i] = rows[i].traceId;
        table.startNs[i] = summary.startNs;
        table.durationNs[i] = summary.durationNs();
        table.rootName[i] = table.strings.intern(summary.rootName);
        table.spanCount[i] = summary.spans;
        table.errorCount[i] = summary.errors;
        table.own[i] = summary.own ? 1 : 0;
        table.exact[i] = rows[i].exact ? 1 : 0;
        names.services.namesOf(summary.services, serviceNames);
        for (std::size_t share = 0; share < serviceNames.size(); ++share) {
            table.services.add(table.strings.intern(serviceNames[share]));
            table.serviceSpans.push_back(summary.services[share].spans);
        }
        table.services.endRow();
        const bool some = summary.resourcesKnown == ResourceKnowledge::Unknown && !summary.resources.empty();
        table.resourcesKnown[i] = some ? ResourceKnowledge::Part : summary.resourcesKnown;
        names.resources.valuesOf(summary.resources, resources);
        for (std::size_t key = 0; key < kResourceKeyCount; ++key) {
            for (const std::string_view value : resources[key]) {
                table.resources[key].add(table.strings.intern(value));
            }
            table.resources[key].endRow();
        }
        const bool hasRoot = !summary.rootSpan.isZero();
        table.rootService[i] = hasRoot ? table.strings.intern(names.services.nameOf(summary.rootService)) : 0;
    }
    table.finish();
    return table;
}

namespace {

/// Rows of a page and where the next one begins.
struct PageRows {
    std::vector<TraceRow> rows;
    std::optional<ListPosition> next;
};

/// Takes matching rows of a slice until the page is full. True when rows had to be left for the next page.
bool takeMatching(std::vector<TraceRow> slice, TraceListFilter& filter, const StoreNames& names, std::size_t limit,
                  std::vector<TraceRow>& rows)
{
    for (TraceRow& row : slice) {
        if (!filter.matchesAll() && !filter.matches(row, names)) {
            continue;
        }
        if (rows.size() == limit) {
            return true;
        }
        rows.push_back(std::move(row));
    }
    return false;
}

Result<PageRows> collectRows(TraceListScan& scan, TraceListFilter& filter, const StoreNames& names,
                             const TraceListRequest& request, std::int64_t scanBudgetNs)
{
    const std::size_t limit = std::clamp<std::uint32_t>(request.limit, 1, kLargestPage);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::nanoseconds(scanBudgetNs);
    PageRows page;
    while (page.rows.size() < limit && !scan.atEnd()) {
        Result<std::vector<TraceRow>> slice =
            scan.next(filter.matchesAll() ? limit - page.rows.size() : std::max(limit, kSliceRows));
        if (!slice) {
            return slice.error();
        }
        if (takeMatching(std::move(slice).value(), filter, names, limit, page.rows)) {
            page.next = ListPosition{orderValue(request.order, page.rows.back()), page.rows.back().id};
            return page;
        }
        if (std::chrono::steady_clock::now() >= deadline) {
            break;
        }
    }
    if (!scan.atEnd()) {
        page.next = scan.position();
    }
    return page;
}

} // namespace

Result<TraceListPage> readTraceListPage(StoreReader& reader, const StoreNames& names, const TraceListRequest& request,
                                        const TraceListContext& context)
{
    std::optional<ListPosition> after;
    if (!request.cursor.empty()) {
        after = decodeListCursor(request.order, request.cursor);
        if (!after) {
            return makeError(ErrorCode::InvalidArgument, "trace list", "the cursor does not belong to this order",
                             "Start again without a cursor.");
        }
    }
    Result<TraceListFilter> filter = TraceListFilter::compile(request.query, context.nowNs);
    if (!filter) {
        return filter.error();
    }
    TraceListPage page;
    page.total = context.total;
    if (filter->bounds().empty) {
        page.matchingKnown = true;
        return page;
    }
    const TraceListRequest narrow = filter->narrowed(request);
    TraceListScan scan(reader.database(), narrow, {filter->bounds().durationFromNs, filter->bounds().durationToNs},
                       after);
    const Result<PageRows> rows = collectRows(scan, filter.value(), names, narrow, context.scanBudgetNs);
    if (!rows) {
        return rows.error();
    }
    page.traces = traceListTable(rows->rows, names);
    if (rows->next) {
        page.nextCursor = encodeListCursor(request.order, *rows->next);
    }
    if (filter->matchesAll()) {
        if (Result<void> counted = countMatching(reader, narrow, page); !counted) {
            return counted.error();
        }
    } else {
        page.matching = rows->rows.size();
        page.matchingKnown = request.cursor.empty() && page.nextCursor.empty();
    }
    return page;
}

} // namespace tracedeck
