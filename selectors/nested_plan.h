// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/plan_assembly.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace tracedeck {

/// Groups inside groups: a partition by two dimensions, sorted by the outer one first.
struct NestedGroups {
    RowGroups inner; ///< a group for every pair that has rows; its key is that of the pair
    std::vector<std::uint32_t> ends; ///< per outer group: one past its last inner group
};

/// Splits every group of `outer` by `inner`. Both partition `rows`. Cost: O(rows + pairs log pairs).
[[nodiscard]] NestedGroups nestGroups(const RowGroups& outer, const RowGroups& inner, const RowIndexes& rows);

/// Where the headers of both levels and the rows of the inner groups stand.
struct NestedOutline {
    struct Header {
        std::uint32_t at = 0; ///< plan row
        std::uint32_t place = 0; ///< among the outer or the inner headers
        bool isInner = false;
    };
    PlanOutline rows; ///< `starts` by inner group; `places` is not used
    std::vector<Header> headers; ///< top to bottom
};

/// Lays both levels out below each other. The inner groups of outer group i end at ends[i].
[[nodiscard]] NestedOutline nestedOutline(const std::vector<PlanGroup>& outers, const std::vector<PlanGroup>& inners,
                                          const std::vector<std::uint32_t>& ends, GroupOrder order);

/// groupedPlan() with two levels of headers: those of `parts.groups`, inside them those of `inner` (a partition of
/// the same rows). Both levels carry totals and collapse; order "worst" holds inside each outer group too.
template <class Table, class SeverityOf>
[[nodiscard]] RowPlan nestedPlan(const Table& table, const PlanParts& parts, const RowGroups& inner,
                                 const SeverityOf& severity)
{
    NestedGroups nested = nestGroups(parts.groups, inner, parts.base);
    std::vector<PlanGroup> outers = planHeaders(parts.groups, parts.base, parts.collapsed);
    summariseGroups(outers, table, parts.groups, parts.filtered, severity);
    std::vector<PlanGroup> inners = planHeaders(nested.inner, parts.base, parts.collapsed);
    summariseGroups(inners, table, nested.inner, parts.filtered, severity);
    NestedOutline outline = nestedOutline(outers, inners, nested.ends, parts.order);
    RowPlan plan;
    plan.rows = placedRows(outline.rows, parts.sorted, nested.inner);
    plan.keys = besideRows(plan.rows, table.keys);
    plan.digests = besideRows(plan.rows, table.digests);
    plan.groups.reserve(outline.headers.size());
    for (const NestedOutline::Header& header : outline.headers) {
        PlanGroup& group = header.isInner ? inners[header.place] : outers[header.place];
        group.depth = header.isInner ? 1 : 0;
        plan.rows[header.at] = {PlanRow::kGroupHeader | static_cast<std::uint32_t>(plan.groups.size())};
        plan.keys[header.at] = group.key;
        plan.digests[header.at] = headerDigest(group);
        plan.groups.push_back(std::move(group));
    }
    plan.shown = static_cast<std::uint32_t>(parts.sorted.size());
    return plan;
}

} // namespace tracedeck
