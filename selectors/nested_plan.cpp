// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/nested_plan.h"

#include <algorithm>
#include <string>

namespace tracedeck {
namespace {

/// Places in [begin, end) of the groups that have rows, in display order.
std::vector<std::uint32_t> placesWithRows(const std::vector<PlanGroup>& headers, GroupOrder order, std::size_t begin,
                                          std::size_t end)
{
    std::vector<std::uint32_t> places;
    for (std::size_t place = begin; place < end; ++place) {
        if (headers[place].shown != 0) {
            places.push_back(static_cast<std::uint32_t>(place));
        }
    }
    if (order == GroupOrder::Worst) {
        std::stable_sort(places.begin(), places.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return headers[a].worst > headers[b].worst; });
    }
    return places;
}

} // namespace

NestedGroups nestGroups(const RowGroups& outer, const RowGroups& inner, const RowIndexes& rows)
{
    GroupCodes codes;
    NestedGroups nested;
    nested.inner.groupOf.assign(outer.groupOf.size(), RowGroups::kNoGroup);
    for (const std::uint32_t row : rows) {
        nested.inner.groupOf[row] =
            codes.numberOf((static_cast<std::uint64_t>(outer.groupOf[row]) << 32U) | inner.groupOf[row]);
    }
    std::vector<std::uint64_t> sorted = codes.codes();
    std::sort(sorted.begin(), sorted.end()); // both halves are places in display order
    std::vector<std::uint32_t> placeOf(sorted.size());
    nested.ends.assign(outer.groups.size(), 0);
    for (std::uint32_t place = 0; place < sorted.size(); ++place) {
        placeOf[codes.numberOf(sorted[place])] = place;
        const std::size_t outerPlace = sorted[place] >> 32U;
        const RowGroup& above = outer.groups[outerPlace];
        RowGroup group = inner.groups[sorted[place] & 0xFFFFFFFFU];
        group.key = makeGroupKey("nested", std::to_string(above.key) + '/' + std::to_string(group.key));
        nested.inner.groups.push_back(std::move(group));
        nested.ends[outerPlace] = place + 1;
    }
    for (std::size_t i = 1; i < nested.ends.size(); ++i) {
        nested.ends[i] = std::max(nested.ends[i], nested.ends[i - 1]);
    }
    for (std::uint32_t& group : nested.inner.groupOf) {
        group = group == RowGroups::kNoGroup ? group : placeOf[group];
    }
    return nested;
}

NestedOutline nestedOutline(const std::vector<PlanGroup>& outers, const std::vector<PlanGroup>& inners,
                            const std::vector<std::uint32_t>& ends, GroupOrder order)
{
    NestedOutline outline;
    PlanOutline& rows = outline.rows;
    rows.starts.assign(inners.size(), PlanOutline::kNowhere);
    for (const std::uint32_t place : placesWithRows(outers, order, 0, outers.size())) {
        outline.headers.push_back({rows.size++, place, false});
        if (outers[place].collapsed) {
            rows.complete = false;
            continue;
        }
        for (const std::uint32_t at : placesWithRows(inners, order, place == 0 ? 0 : ends[place - 1], ends[place])) {
            outline.headers.push_back({rows.size++, at, true});
            if (inners[at].collapsed) {
                rows.complete = false;
                continue;
            }
            rows.starts[at] = rows.size;
            rows.size += inners[at].shown;
        }
    }
    return outline;
}

} // namespace tracedeck
