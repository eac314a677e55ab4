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

bool countsCheaply(const TraceListRequest& request)
{
    return request.query.empty();
}

bool unrestricted(const TraceListRequest& request)
{
    return request.query.empty() && request.fromNs == 0 && request.toNs == 0 && !request.errorsOnly;
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

TraceListTable traceListTable(const std::vector<TraceRow>& rows, const ServiceRegistry& services)
{
    TraceListTable table;
    table.resize(rows.size());
    std::vector<std::uint32_t> numbers;
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
        numbers.clear();
        for (const ServiceShare& share : summary.services) {
            numbers.push_back(share.service);
            table.serviceSpans.push_back(share.spans);
        }
        numbers.push_back(summary.rootService);
        const std::vector<std::string> names = services.namesOf(numbers);
        for (std::size_t name = 0; name + 1 < names.size(); ++name) {
            table.services.add(table.strings.intern(names[name]));
        }
        table.services.endRow();
        table.rootService[i] = summary.rootSpan.isZero() ? 0 : table.strings.intern(names.back());
    }
    table.finish();
    return table;
}

Result<TraceListPage> readTraceListPage(StoreReader& reader, const ServiceRegistry& services,
                                        const TraceListRequest& request, std::uint64_t total, std::int64_t scanBudgetNs)
{
    std::optional<ListPosition> after;
    if (!request.cursor.empty()) {
        after = decodeListCursor(request.order, request.cursor);
        if (!after) {
            return makeError(ErrorCode::InvalidArgument, "trace list", "the cursor does not belong to this order",
                             "Start again without a cursor.");
        }
    }
    const Result<TraceListFilter> filter = TraceListFilter::compile(request.query);
    if (!filter) {
        return filter.error();
    }
    const std::size_t limit = std::clamp<std::uint32_t>(request.limit, 1, kLargestPage);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::nanoseconds(scanBudgetNs);
    TraceListScan scan(reader.database(), request, after);
    std::vector<TraceRow> rows;
    bool cut = false;
    while (!cut && rows.size() < limit && !scan.atEnd()) {
        Result<std::vector<TraceRow>> slice =
            scan.next(filter->matchesAll() ? limit - rows.size() : std::max(limit, kSliceRows));
        if (!slice) {
            return slice.error();
        }
        const std::vector<std::uint32_t> matching =
            filter->match(*slice, [&] { return traceListTable(*slice, services); });
        for (const std::uint32_t row : matching) {
            cut = rows.size() == limit;
            if (cut) {
                break;
            }
            rows.push_back(std::move(slice.value()[row]));
        }
        if (std::chrono::steady_clock::now() >= deadline) {
            break;
        }
    }
    TraceListPage page;
    page.total = total;
    page.traces = traceListTable(rows, services);
    if (cut) {
        page.nextCursor = encodeListCursor(request.order, {orderValue(request.order, rows.back()), rows.back().id});
    } else if (!scan.atEnd() && scan.position()) {
        page.nextCursor = encodeListCursor(request.order, *scan.position());
    }
    if (countsCheaply(request)) {
        if (Result<void> counted = countMatching(reader, request, page); !counted) {
            return counted.error();
        }
    } else {
        page.matching = rows.size();
        page.matchingKnown = request.cursor.empty() && page.nextCursor.empty();
    }
    return page;
}

} // namespace tracedeck
