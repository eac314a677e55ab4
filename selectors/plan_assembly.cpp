// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/plan_assembly.h"

#include <bit>
#include <utility>

namespace tracedeck {

std::vector<PlanGroup> planHeaders(RowGroups& groups, const RowIndexes& base, const std::vector<RowKey>& collapsed)
{
    std::vector<RowKey> hidden = collapsed;
    std::sort(hidden.begin(), hidden.end());
    std::vector<std::uint32_t> totals(groups.groups.size());
    for (const std::uint32_t row : base) {
        ++totals[groups.groupOf[row]];
    }
    std::vector<PlanGroup> headers(groups.groups.size());
    for (std::size_t i = 0; i < headers.size(); ++i) {
        RowGroup& group = groups.groups[i];
        headers[i].key = group.key;
        headers[i].label = std::move(group.label);
        headers[i].detail = std::move(group.detail);
        headers[i].total = totals[i];
        headers[i].collapsed = std::binary_search(hidden.begin(), hidden.end(), group.key);
    }
    return headers;
}

std::string detailWithStale(std::string detail, std::uint32_t stale, std::uint32_t shown)
{
    if (stale == 0) {
        return detail;
    }
    detail += detail.empty() ? "" : " \u00b7 ";
    return detail + (stale == shown ? "stale" : std::to_string(stale) + " stale");
}

std::uint64_t headerDigest(const PlanGroup& group)
{
    RowDigest digest;
    digest.add(group.label);
    digest.add(group.detail);
    digest.add((static_cast<std::uint64_t>(group.shown) << 32U) | group.total);
    digest.add(static_cast<std::uint64_t>(group.worst) | (group.collapsed ? 256U : 0U) | (group.hasCpu ? 512U : 0U)
               | (group.hasMemory ? 1024U : 0U));
    digest.add(std::bit_cast<std::uint64_t>(group.cpuPercent));
    digest.add(std::bit_cast<std::uint64_t>(group.memoryPercent));
    digest.add(static_cast<std::uint64_t>(group.memoryUsedBytes)
               ^ (group.hasMemoryUsed ? std::uint64_t{1} << 63U : 0U));
    digest.add((static_cast<std::uint64_t>(group.cpuRows) << 32U) | group.memoryRows);
    return digest.value();
}

PlanOutline outlineOf(const std::vector<PlanGroup>& headers, GroupOrder order)
{
    PlanOutline outline;
    outline.places.reserve(headers.size());
    for (std::uint32_t place = 0; place < headers.size(); ++place) {
        if (headers[place].shown != 0) {
            outline.places.push_back(place);
        }
    }
    if (order == GroupOrder::Worst) {
        std::stable_sort(outline.places.begin(), outline.places.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return headers[a].worst > headers[b].worst; });
    }
    outline.starts.assign(headers.size(), PlanOutline::kNowhere);
    for (const std::uint32_t place : outline.places) {
        ++outline.size;
        if (headers[place].collapsed) {
            outline.complete = false;
            continue;
        }
        outline.starts[place] = outline.size;
        outline.size += headers[place].shown;
    }
    return outline;
}

std::vector<PlanRow> placedRows(PlanOutline& outline, const RowIndexes& sorted, const RowGroups& groups)
{
    std::vector<PlanRow> rows(outline.size);
    if (outline.complete) {
        for (const std::uint32_t row : sorted) {
            rows[outline.starts[groups.groupOf[row]]++].ref = row;
        }
        return rows;
    }
    for (const std::uint32_t row : sorted) {
        if (std::uint32_t& start = outline.starts[groups.groupOf[row]]; start != PlanOutline::kNowhere) {
            rows[start++].ref = row;
        }
    }
    return rows;
}

} // namespace tracedeck
