// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/route.h"
#include "perf/micro/micro_cases.h"
#include "perf/selector_fixture.h"
#include "perf/table_states.h"
#include "selectors/collation_rank.h"
#include "selectors/plan_diff.h"
#include "selectors/query_match.h"

#include <algorithm>
#include <memory>

namespace tracedeck {
namespace {

constexpr std::size_t kSizes[] = {5'000, 50'000, 500'000};
const char* const kQuery = R"(web "api gateway" cpu>80 (tag:prod,dev or -status:stopped) mem>=2GiB name~/^db-\d+$/)";

std::shared_ptr<const WorkloadTable> searchable(std::size_t rows)
{
    static std::weak_ptr<const WorkloadTable> newest;
    auto known = newest.lock();
    if (known == nullptr || known->rows() != rows) {
        known = std::make_shared<const WorkloadTable>(fixtureWorkloads(rows, WorkloadSearchFields::Product));
        newest = known;
    }
    return known;
}

PerfCase matchCase(const std::string& name, const char* text, std::size_t rows)
{
    return {"query-" + name + '/' + std::to_string(rows), [text, rows] {
                const auto table = searchable(rows);
                const auto outcome = std::make_shared<const QueryOutcome>(compileQuery(text, QueryTable::Workloads));
                return
                    [table, outcome] { keepAlive(matchRows(outcome->query, QueryTableView(*table), kFixtureNowNs)); };
            }};
}

/// Every n-th row has another digest; 0 = none.
PerfCase diffCase(const std::string& name, std::size_t rows, std::size_t every)
{
    return {"diff-" + name + '/' + std::to_string(rows), [rows, every] {
                const auto before = std::make_shared<const RowPlan>(planOfRows(rows));
                const auto after = std::make_shared<RowPlan>(*before);
                for (std::size_t row = 0; every != 0 && row < rows; row += every) {
                    ++after->digests[row];
                }
                return [before, after] { keepAlive(diffPlans(*before, *after)); };
            }};
}

PerfCase diffOrder(std::size_t rows)
{
    return {"diff-order/" + std::to_string(rows), [rows] {
                const auto before = std::make_shared<const RowPlan>(planOfRows(rows));
                const auto after = std::make_shared<RowPlan>(*before);
                std::reverse(after->keys.begin(), after->keys.end());
                std::reverse(after->digests.begin(), after->digests.end());
                return [before, after] { keepAlive(diffPlans(*before, *after)); };
            }};
}

/// Interns the texts of a table into a new pool.
PerfCase poolCase(std::size_t rows)
{
    return {"string-pool/" + std::to_string(rows), [rows] {
                const auto table = searchable(rows);
                return [table] {
                    StringPool pool;
                    for (const TextColumn* column : {&table->name, &table->node, &table->image, &table->status}) {
                        std::for_each(column->begin(), column->end(),
                                      [&](StringId id) { pool.intern(table->strings.view(id)); });
                    }
                    keepAlive(pool.size());
                };
            }};
}

} // namespace

std::vector<PerfCase> microTexts()
{
    std::vector<PerfCase> all{
        {"query-parse", [] { return [] { keepAlive(parseQuery(kQuery)); }; }},
        {"query-compile", [] { return [] { keepAlive(compileQuery(kQuery, QueryTable::Workloads)); }; }},
        {"link-read",
         [] {
             const QString link = QStringLiteral("tracedeck://workloads?q=cpu%3E20&view=pod&sort=cpu&desc=1");
             return [link] { keepAlive(Route::fromText(link)); };
         }},
        {"link-write", [] {
             const auto route = Route::fromText(QStringLiteral("tracedeck://workloads?q=cpu%3E20&view=pod&sort=cpu"));
             return [route] { keepAlive(route->toText()); };
         }}};
    for (const std::size_t rows : kSizes) {
        all.push_back(matchCase("word", "edge", rows));
        all.push_back(matchCase("number", "cpu>80", rows));
        all.push_back(matchCase("clauses", "cpu>20 and tag:prod -postgres", rows));
        all.push_back(matchCase("regex", "name~/^db-[0-9]+$/", rows));
        all.push_back(diffCase("none", rows, 0));
        all.push_back(diffCase("50", rows, rows / 50));
        all.push_back(diffCase("all", rows, 1));
        all.push_back(diffOrder(rows));
        all.push_back(poolCase(rows));
        all.push_back({"collation/" + std::to_string(rows), [rows] {
                           const auto table = searchable(rows);
                           return [table] { keepAlive(collationRanksByBytes(table->strings)); };
                       }});
    }
    return all;
}

} // namespace tracedeck
