// SPDX-License-Identifier: GPL-3.0-or-later
// Guarded: the whole derive of both domains, plan diffs, the query language.
#include "perf/regression/gate_cases.h"
#include "perf/selector_fixture.h"
#include "perf/table_states.h"
#include "selectors/infrastructure_plan.h"
#include "selectors/plan_diff.h"
#include "selectors/query_match.h"
#include "selectors/workload_plan.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace tracedeck {
namespace {

constexpr std::size_t kRows = 5'000;

GateCase deriveHosts(std::size_t rows)
{
    return {"derive-hosts/" + std::to_string(rows), [rows] {
                const auto table = std::make_shared<const InfrastructureTable>(fixtureInfrastructure(rows));
                InfrastructureQuery query;
                query.sort = InfrastructureSortKey::Cpu;
                query.direction = SortDirection::Descending;
                return [table, ranks = collationRanksByBytes(table->strings), query] {
                    keepAlive(deriveInfrastructure(*table, query, {ranks}));
                };
            }};
}

WorkloadQuery byCpu()
{
    WorkloadQuery query;
    query.sort = WorkloadSortKey::Cpu;
    query.direction = SortDirection::Descending;
    return query;
}

GateCase deriveWorkloadsCase(std::size_t rows)
{
    return {"derive-workloads/" + std::to_string(rows), [rows] {
                const auto table = std::make_shared<const WorkloadTable>(fixtureWorkloads(rows));
                return [table, ranks = collationRanksByBytes(table->strings)] {
                    keepAlive(deriveWorkloads(*table, byCpu(), {ranks}));
                };
            }};
}

/// `change` turns the plan before into the plan after.
template <class Change> GateCase diffCase(const std::string& name, std::size_t rows, const Change& change)
{
    return {name, [rows, change] {
                RowPlan before = planOfRows(rows);
                RowPlan after = before;
                change(after);
                return [before = std::move(before), after = std::move(after)] { keepAlive(diffPlans(before, after)); };
            }};
}

void changeFifty(RowPlan& plan)
{
    for (std::size_t i = 0; i < 50; ++i) {
        ++plan.digests[i * plan.digests.size() / 50];
    }
}

void reverseAll(RowPlan& plan)
{
    std::reverse(plan.rows.begin(), plan.rows.end());
    std::reverse(plan.keys.begin(), plan.keys.end());
    std::reverse(plan.digests.begin(), plan.digests.end());
}

GateCase matchCase(const std::string& name, const std::string& text, std::size_t rows)
{
    return {name, [text, rows] {
                const auto table =
                    std::make_shared<const WorkloadTable>(fixtureWorkloads(rows, WorkloadSearchFields::Product));
                const auto outcome = std::make_shared<const QueryOutcome>(compileQuery(text, QueryTable::Workloads));
                return
                    [table, outcome] { keepAlive(matchRows(outcome->query, QueryTableView(*table), kFixtureNowNs)); };
            }};
}

} // namespace

std::vector<GateCase> selectorGates()
{
    return {deriveHosts(kRows / 10),
            deriveHosts(kRows),
            deriveWorkloadsCase(kRows / 10),
            deriveWorkloadsCase(kRows),
            diffCase("diff-none", kRows, [](RowPlan&) {}),
            diffCase("diff-values/500", kRows / 10, changeFifty),
            diffCase("diff-values/5000", kRows, changeFifty),
            diffCase("diff-order/500", kRows / 10, reverseAll),
            diffCase("diff-order/5000", kRows, reverseAll)};
}

std::vector<GateCase> queryGates()
{
    const std::string text = R"(web "api gateway" cpu>80 (tag:prod,dev or -status:stopped) mem>=2GiB name~/^db-\d+$/)";
    return {{"query-parse", [text] { return [text] { keepAlive(parseQuery(text)); }; }},
            {"query-compile", [text] { return [text] { keepAlive(compileQuery(text, QueryTable::Workloads)); }; }},
            matchCase("match-word/500", "edge", kRows / 10),
            matchCase("match-word/5000", "edge", kRows),
            matchCase("match-clauses", "cpu>20 and tag:prod -postgres", kRows)};
}

std::vector<GateCase> selfTestGates(PlantedFault fault)
{
    return {{"planted", [fault] {
                 const auto table = std::make_shared<const WorkloadTable>(fixtureWorkloads(kRows / 10));
                 const auto leaked = std::make_shared<std::vector<WorkloadListing>>();
                 leaked->reserve(2);
                 return [fault, table, leaked, ranks = collationRanksByBytes(table->strings)] {
                     WorkloadListing listing = deriveWorkloads(*table, byCpu(), {ranks});
                     keepAlive(listing);
                     if (fault == PlantedFault::Slower) {
                         keepAlive(deriveWorkloads(*table, byCpu(), {ranks}));
                     } else if (fault == PlantedFault::Leaking) {
                         leaked->push_back(std::move(listing));
                     } else if (fault == PlantedFault::Allocating) {
                         std::for_each(listing.filtered.begin(), listing.filtered.end(),
                                       [](std::uint32_t row) { keepAlive(std::make_unique<std::uint32_t>(row)); });
                     }
                 };
             }}};
}

} // namespace tracedeck
