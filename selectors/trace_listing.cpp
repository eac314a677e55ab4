// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/trace_listing.h"

#include <algorithm>

namespace tracedeck {
namespace {

/// Copies one row. Texts are interned anew: every page brings a pool of its own.
void appendRow(TraceListTable& to, std::size_t at, const TraceListTable& from, std::size_t row,
               std::size_t firstServiceSpan)
{
    to.traceId[at] = from.traceId[row];
    to.startNs[at] = from.startNs[row];
    to.durationNs[at] = from.durationNs[row];
    to.rootService[at] = to.strings.intern(from.strings.view(from.rootService[row]));
    to.rootName[at] = to.strings.intern(from.strings.view(from.rootName[row]));
    to.spanCount[at] = from.spanCount[row];
    to.errorCount[at] = from.errorCount[row];
    to.own[at] = from.own[row];
    to.exact[at] = from.exact[row];
    const auto services = from.services.row(row);
    for (std::size_t i = 0; i < services.size(); ++i) {
        to.services.add(to.strings.intern(from.strings.view(services[i])));
        const std::size_t span = firstServiceSpan + i;
        to.serviceSpans.push_back(span < from.serviceSpans.size() ? from.serviceSpans[span] : 0);
    }
    to.services.endRow();
    to.resourcesKnown[at] = from.resourcesKnown[row];
    for (std::size_t key = 0; key < kResourceKeyCount; ++key) {
        for (const StringId value : from.resources[key].row(row)) {
            to.resources[key].add(to.strings.intern(from.strings.view(value)));
        }
        to.resources[key].endRow();
    }
}

} // namespace

TraceListing mergeTracePages(const std::vector<std::shared_ptr<const TraceListTable>>& pages, TimeStyle times)
{
    TraceListing listing;
    listing.times = times;
    std::size_t rows = 0;
    for (const auto& page : pages) {
        rows += page->rows();
    }
    std::unordered_set<TraceId> seen;
    seen.reserve(rows);
    listing.table.resize(rows);
    std::size_t at = 0;
    for (const auto& page : pages) {
        std::size_t firstServiceSpan = 0;
        for (std::size_t row = 0; row < page->rows(); ++row) {
            if (seen.insert(page->traceId[row]).second) {
                listing.maxDurationNs = std::max(listing.maxDurationNs, page->durationNs[row]);
                appendRow(listing.table, at++, *page, row, firstServiceSpan);
            }
            firstServiceSpan += page->services.row(row).size();
        }
    }
    listing.table.resize(at);
    listing.table.finish();
    return listing;
}

RowPlan planTraces(const TraceListing& listing, const std::unordered_set<TraceId>& hidden, std::uint32_t total)
{
    RowPlan plan;
    const TraceListTable& table = listing.table;
    const std::uint64_t drawn = (static_cast<std::uint64_t>(listing.times.kind) + 1) * 0xD6E8FEB86659FD93ULL
        + static_cast<std::uint64_t>(listing.times.localOffsetSeconds);
    for (std::uint32_t row = 0; row < table.rows(); ++row) {
        if (!hidden.empty() && hidden.count(table.traceId[row]) != 0) {
            continue;
        }
        plan.rows.push_back({row});
        plan.keys.push_back(table.keys[row]);
        // Start and bar depend on more than the row: another way to write times, another longest trace.
        plan.digests.push_back(table.digests[row]
                               ^ (static_cast<std::uint64_t>(listing.maxDurationNs) * 0x9E3779B97F4A7C15ULL) ^ drawn);
    }
    plan.shown = static_cast<std::uint32_t>(plan.rows.size());
    plan.total = std::max(total, plan.shown);
    return plan;
}

} // namespace tracedeck
