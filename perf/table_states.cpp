// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/table_states.h"

#include "perf/selector_fixture.h"
#include "selectors/workload_plan.h"

#include <algorithm>
#include <utility>

namespace tracedeck {

PreparedWorkloads preparedWorkloads(std::size_t rows)
{
    auto table = std::make_shared<const WorkloadTable>(fixtureWorkloads(rows, WorkloadSearchFields::Product));
    CollationRanks ranks = collationRanksByBytes(table->strings);
    return {std::move(table), std::move(ranks)};
}

PreparedWorkloads withChangedRows(const PreparedWorkloads& from, std::size_t changed, unsigned round)
{
    auto table = std::make_shared<WorkloadTable>(*from.table);
    const std::size_t rows = table->rows();
    const std::size_t count = std::min(changed, rows);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t row = i * rows / count;
        const std::uint32_t random = fixtureHash(kWorkloadSeed, static_cast<std::uint32_t>(row), 100 + round);
        table->cpuPercent.set(row, static_cast<double>(random % 1000) / 10);
        table->digests[row] += random | 1U;
    }
    return {std::move(table), from.ranks};
}

RowPlan planOfRows(std::size_t rows)
{
    RowPlan plan;
    for (std::uint32_t row = 0; row < rows; ++row) {
        plan.rows.push_back({row});
        plan.keys.push_back(fixtureHash(1, row, 1) + (std::uint64_t{row} << 32U));
        plan.digests.push_back(row);
    }
    return plan;
}

std::shared_ptr<const RowPlan> planFor(const PreparedWorkloads& workloads, const WorkloadQuery& query)
{
    return std::make_shared<const RowPlan>(workloadPlan(*workloads.table, query, {workloads.ranks}));
}

TableUpdate updateFrom(const std::shared_ptr<const RowPlan>& base, const PreparedWorkloads& workloads,
                       std::shared_ptr<const RowPlan> plan)
{
    TableUpdate update;
    update.snapshot = TableSnapshot(workloads.table);
    update.base = base;
    update.diff = diffPlans(*base, *plan);
    update.plan = std::move(plan);
    return update;
}

WorkloadQuery flatByName()
{
    WorkloadQuery query;
    query.grouping = WorkloadGrouping::None;
    return query;
}

WorkloadQuery groupedByCpu()
{
    WorkloadQuery query;
    query.sort = WorkloadSortKey::Cpu;
    query.direction = SortDirection::Descending;
    return query;
}

} // namespace tracedeck
