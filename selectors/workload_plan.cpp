// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/workload_plan.h"

#include "selectors/nested_plan.h"
#include "selectors/row_indexes.h"
#include "selectors/workload_filter.h"
#include "selectors/workload_group.h"
#include "selectors/workload_sort.h"

#include <utility>

namespace tracedeck {
namespace {

RowIndexes filteredRows(const WorkloadTable& table, const WorkloadQuery& query, const PlanInputs& inputs)
{
    RowIndexes rows = allRows(table.rows());
    if (inputs.matches != nullptr) {
        rows = keepMatches(std::move(rows), *inputs.matches);
    }
    return filterWorkloads(table, query.filter, std::move(rows));
}

RowPlan planOf(const WorkloadTable& table, const WorkloadQuery& query, const PlanInputs& inputs,
               const RowIndexes& filtered)
{
    const RowIndexes sorted =
        sortWorkloads(table, filtered,
                      {query.sort, query.direction, query.quantised, query.thenBy, query.thenDirection}, inputs.ranks);
    RowPlan plan;
    if (query.grouping == WorkloadGrouping::None) {
        plan = flatPlan(table, sorted);
    } else {
        const RowIndexes base = allRows(table.rows());
        RowGroups groups = groupWorkloads(table, base, query.grouping, query.groupOrder, inputs.ranks);
        const PlanParts parts{groups, base, filtered, sorted, query.groupOrder, query.collapsed};
        const auto severity = [&](std::uint32_t row) { return severityOf(table.bucket[row]); };
        if (query.thenGrouping == WorkloadGrouping::None || query.thenGrouping == query.grouping) {
            plan = groupedPlan(table, parts, severity);
        } else {
            const RowGroups inner = groupWorkloads(table, base, query.thenGrouping, query.groupOrder, inputs.ranks);
            plan = nestedPlan(table, parts, inner, severity);
        }
    }
    plan.total = static_cast<std::uint32_t>(table.rows());
    return plan;
}

} // namespace

WorkloadListing deriveWorkloads(const WorkloadTable& table, const WorkloadQuery& query, const PlanInputs& inputs)
{
    WorkloadListing listing;
    listing.filtered = filteredRows(table, query, inputs);
    listing.plan = planOf(table, query, inputs, listing.filtered);
    listing.stats = workloadStats(table, listing.filtered);
    listing.io = ioScale(table, listing.filtered);
    return listing;
}

RowPlan workloadPlan(const WorkloadTable& table, const WorkloadQuery& query, const PlanInputs& inputs)
{
    return planOf(table, query, inputs, filteredRows(table, query, inputs));
}

} // namespace tracedeck
