// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/infrastructure_plan.h"

#include "selectors/infrastructure_filter.h"
#include "selectors/infrastructure_group.h"
#include "selectors/infrastructure_sort.h"
#include "selectors/nested_plan.h"
#include "selectors/row_indexes.h"

#include <utility>

namespace tracedeck {
namespace {

RowIndexes filteredRows(const InfrastructureTable& table, const InfrastructureQuery& query, const PlanInputs& inputs)
{
    RowIndexes rows = allRows(table.rows());
    if (inputs.matches != nullptr) {
        rows = keepMatches(std::move(rows), *inputs.matches);
    }
    return filterInfrastructure(table, query.filter, std::move(rows));
}

RowPlan planOf(const InfrastructureTable& table, const InfrastructureQuery& query, const PlanInputs& inputs,
               const RowIndexes& filtered)
{
    const RowIndexes shown = keepPart(table, query.part, filtered);
    const RowIndexes base = keepPart(table, query.part, allRows(table.rows()));
    const RowIndexes sorted = sortInfrastructure(
        table, shown, {query.sort, query.direction, query.quantised, query.thenBy, query.thenDirection}, inputs.ranks);
    RowPlan plan;
    if (query.grouping == InfrastructureGrouping::None) {
        plan = flatPlan(table, sorted);
    } else {
        RowGroups groups = groupInfrastructure(table, base, query.grouping, query.groupOrder, inputs.ranks);
        const PlanParts parts{groups, base, shown, sorted, query.groupOrder, query.collapsed};
        const auto severity = [&](std::uint32_t row) { return severityOf(table.status[row]); };
        if (query.thenGrouping == InfrastructureGrouping::None || query.thenGrouping == query.grouping) {
            plan = groupedPlan(table, parts, severity);
        } else {
            const RowGroups inner =
                groupInfrastructure(table, base, query.thenGrouping, query.groupOrder, inputs.ranks);
            plan = nestedPlan(table, parts, inner, severity);
        }
    }
    plan.total = static_cast<std::uint32_t>(base.size());
    return plan;
}

} // namespace

InfrastructureListing deriveInfrastructure(const InfrastructureTable& table, const InfrastructureQuery& query,
                                           const PlanInputs& inputs)
{
    InfrastructureListing listing;
    listing.filtered = filteredRows(table, query, inputs);
    listing.plan = planOf(table, query, inputs, listing.filtered);
    listing.io = ioScale(table, listing.filtered);
    return listing;
}

RowPlan infrastructurePlan(const InfrastructureTable& table, const InfrastructureQuery& query, const PlanInputs& inputs)
{
    return planOf(table, query, inputs, filteredRows(table, query, inputs));
}

} // namespace tracedeck
