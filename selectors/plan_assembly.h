// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/column.h"
#include "core/row_digest.h"
#include "selectors/row_groups.h"
#include "selectors/row_plan.h"
#include "selectors/row_severity.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace tracedeck {

/// Headers without rows: identity and `total` over `base`. Takes the texts out of `groups`.
[[nodiscard]] std::vector<PlanGroup> planHeaders(RowGroups& groups, const RowIndexes& base,
                                                 const std::vector<RowKey>& collapsed);

/// Hash of everything a header shows.
[[nodiscard]] std::uint64_t headerDigest(const PlanGroup& group);

/// Places of the groups that have rows, in display order.
[[nodiscard]] std::vector<std::uint32_t> shownGroups(const std::vector<PlanGroup>& headers, GroupOrder order);

/// Appends table rows to a plan.
void appendRows(RowPlan& plan, const std::uint32_t* rows, std::size_t count, const std::vector<RowKey>& keys,
                const std::vector<std::uint64_t>& digests);

/// A plan without groups. Table: InfrastructureTable or WorkloadTable.
template <class Table> [[nodiscard]] RowPlan flatPlan(const Table& table, const RowIndexes& rows)
{
    RowPlan plan;
    appendRows(plan, rows.data(), rows.size(), table.keys, table.digests);
    plan.shown = static_cast<std::uint32_t>(rows.size());
    return plan;
}

/// Counts, worst severity and means of the rows that pass, per group. `severity(row)` -> RowSeverity.
template <class Table, class SeverityOf>
void summariseGroups(std::vector<PlanGroup>& headers, const Table& table, const RowGroups& groups,
                     const RowIndexes& filtered, const SeverityOf& severity)
{
    struct Sums { // apart from the headers, which are large and would fall out of the cache
        double cpu = 0;
        double memory = 0;
        std::int64_t memoryUsed = 0;
        bool hasMemoryUsed = false;
        std::uint32_t cpuRows = 0;
        std::uint32_t memoryRows = 0;
        std::uint32_t shown = 0;
        std::uint8_t worst = 0;
    };
    std::vector<Sums> all(headers.size());
    for (const std::uint32_t row : filtered) {
        Sums& sums = all[groups.groupOf[row]];
        ++sums.shown;
        sums.worst = std::max(sums.worst, static_cast<std::uint8_t>(severity(row)));
        sums.cpu += table.cpuPercent.raw(row); // a missing value holds 0
        sums.cpuRows += table.cpuPercent.has(row) ? 1U : 0U;
        sums.memory += table.memoryPercent.raw(row);
        sums.memoryRows += table.memoryPercent.has(row) ? 1U : 0U;
        sums.memoryUsed += table.memoryUsedBytes.raw(row);
        sums.hasMemoryUsed = sums.hasMemoryUsed || table.memoryUsedBytes.has(row);
    }
    for (std::size_t i = 0; i < headers.size(); ++i) {
        const Sums& sums = all[i];
        headers[i].shown = sums.shown;
        headers[i].worst = sums.worst;
        headers[i].hasCpu = sums.cpuRows != 0;
        headers[i].hasMemory = sums.memoryRows != 0;
        headers[i].hasMemoryUsed = sums.hasMemoryUsed;
        headers[i].memoryUsedBytes = sums.memoryUsed;
        headers[i].cpuRows = sums.cpuRows;
        headers[i].memoryRows = sums.memoryRows;
        headers[i].cpuPercent = sums.cpuRows != 0 ? sums.cpu / sums.cpuRows : 0;
        headers[i].memoryPercent = sums.memoryRows != 0 ? sums.memory / sums.memoryRows : 0;
    }
}

/// What groupedPlan() needs besides the table.
struct PlanParts {
    RowGroups& groups; ///< its texts move into the plan
    const RowIndexes& base; ///< rows before any filter: for totals
    const RowIndexes& filtered; ///< rows that pass, in memory order: summed up without jumping around
    const RowIndexes& sorted; ///< the same rows in display order
    GroupOrder order = GroupOrder::Label;
    const std::vector<RowKey>& collapsed;
};

/// A plan with headers; rows of collapsed groups are left out.
template <class Table, class SeverityOf>
[[nodiscard]] RowPlan groupedPlan(const Table& table, const PlanParts& parts, const SeverityOf& severity)
{
    std::vector<PlanGroup> headers = planHeaders(parts.groups, parts.base, parts.collapsed);
    summariseGroups(headers, table, parts.groups, parts.filtered, severity);
    std::vector<std::uint32_t> shown(headers.size());
    std::transform(headers.begin(), headers.end(), shown.begin(), [](const PlanGroup& header) { return header.shown; });
    const ArrangedRows arranged = arrangeByGroup(parts.sorted, parts.groups, std::move(shown));
    RowPlan plan;
    const std::vector<std::uint32_t> places = shownGroups(headers, parts.order);
    plan.groups.reserve(places.size());
    plan.rows.reserve(parts.sorted.size() + places.size());
    plan.keys.reserve(parts.sorted.size() + places.size());
    plan.digests.reserve(parts.sorted.size() + places.size());
    for (const std::uint32_t place : places) {
        const PlanGroup& header = headers[place];
        plan.rows.push_back({PlanRow::kGroupHeader | static_cast<std::uint32_t>(plan.groups.size())});
        plan.keys.push_back(header.key);
        plan.digests.push_back(headerDigest(header));
        if (!header.collapsed) {
            const std::uint32_t begin = place == 0 ? 0 : arranged.ends[place - 1];
            appendRows(plan, arranged.rows.data() + begin, arranged.ends[place] - begin, table.keys, table.digests);
        }
        plan.groups.push_back(std::move(headers[place]));
    }
    plan.shown = static_cast<std::uint32_t>(parts.sorted.size());
    return plan;
}

} // namespace tracedeck
