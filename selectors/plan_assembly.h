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
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace tracedeck {

/// Headers without rows: identity and `total` over `base`. Takes the texts out of `groups`.
[[nodiscard]] std::vector<PlanGroup> planHeaders(RowGroups& groups, const RowIndexes& base,
                                                 const std::vector<RowKey>& collapsed);

/// "stale" behind a detail when no row of a group is heard of, "3 stale" when some are not.
[[nodiscard]] std::string detailWithStale(std::string detail, std::uint32_t stale, std::uint32_t shown);

/// Hash of everything a header shows.
[[nodiscard]] std::uint64_t headerDigest(const PlanGroup& group);

/// Reads a column in the order of plan rows, so that a vector of it is built in one pass, without being filled
/// with zeros first.
template <class Value> struct BesideRows {
    using iterator_category = std::random_access_iterator_tag;
    using value_type = Value;
    using difference_type = std::ptrdiff_t;
    using pointer = const Value*;
    using reference = const Value&;

    const PlanRow* row = nullptr;
    const Value* values = nullptr;

    reference operator*() const { return values[row->ref]; }
    BesideRows& operator++()
    {
        ++row;
        return *this;
    }
    difference_type operator-(const BesideRows& other) const { return row - other.row; }
    bool operator==(const BesideRows& other) const { return row == other.row; }
    bool operator!=(const BesideRows& other) const { return row != other.row; }
};

/// values[row] for every row. Precondition: no header among them has its mark yet.
template <class Value>
[[nodiscard]] std::vector<Value> besideRows(const std::vector<PlanRow>& rows, const std::vector<Value>& values)
{
    return std::vector<Value>(BesideRows<Value>{rows.data(), values.data()},
                              BesideRows<Value>{rows.data() + rows.size(), values.data()});
}

/// A plan without groups. Table: InfrastructureTable or WorkloadTable.
template <class Table> [[nodiscard]] RowPlan flatPlan(const Table& table, const RowIndexes& rows)
{
    RowPlan plan;
    plan.rows.resize(rows.size());
    std::transform(rows.begin(), rows.end(), plan.rows.begin(), [](std::uint32_t row) { return PlanRow{row}; });
    plan.keys = besideRows(plan.rows, table.keys);
    plan.digests = besideRows(plan.rows, table.digests);
    plan.shown = static_cast<std::uint32_t>(rows.size());
    return plan;
}

/// Where the groups of a plan begin and what is in them. `starts` by group: the place of its first row, or
/// kNowhere when its rows are not shown.
struct PlanOutline {
    static constexpr std::uint32_t kNowhere = 0xFFFFFFFFU;

    std::vector<std::uint32_t> starts;
    std::vector<std::uint32_t> places; ///< groups that have rows, in display order
    std::uint32_t size = 0; ///< rows and headers together
    bool complete = true; ///< no group is collapsed
};

/// Lays the groups out below each other.
[[nodiscard]] PlanOutline outlineOf(const std::vector<PlanGroup>& headers, GroupOrder order);

/// Table rows into their places, which `outline.starts` gives and afterwards points behind.
[[nodiscard]] std::vector<PlanRow> placedRows(PlanOutline& outline, const RowIndexes& sorted, const RowGroups& groups);

/// Counts, worst severity, stale rows and means of the rows that pass, per group. `severity(row)` -> RowSeverity.
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
        std::uint32_t stale = 0;
        std::uint8_t worst = 0;
    };
    std::vector<Sums> all(headers.size());
    for (const std::uint32_t row : filtered) {
        Sums& sums = all[groups.groupOf[row]];
        ++sums.shown;
        sums.worst = std::max(sums.worst, static_cast<std::uint8_t>(severity(row)));
        sums.stale += (table.flags[row] & kRowStale) != 0 ? 1U : 0U;
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
        headers[i].detail = detailWithStale(std::move(headers[i].detail), sums.stale, sums.shown);
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
    PlanOutline outline = outlineOf(headers, parts.order);
    RowPlan plan;
    plan.rows = placedRows(outline, parts.sorted, parts.groups);
    plan.keys = besideRows(plan.rows, table.keys);
    plan.digests = besideRows(plan.rows, table.digests);
    plan.groups.reserve(outline.places.size());
    std::size_t at = 0;
    for (const std::uint32_t place : outline.places) {
        PlanGroup& header = headers[place];
        plan.rows[at] = {PlanRow::kGroupHeader | static_cast<std::uint32_t>(plan.groups.size())};
        plan.keys[at] = header.key;
        plan.digests[at] = headerDigest(header);
        at += 1 + (header.collapsed ? 0 : header.shown);
        plan.groups.push_back(std::move(header));
    }
    plan.shown = static_cast<std::uint32_t>(parts.sorted.size());
    return plan;
}

} // namespace tracedeck
