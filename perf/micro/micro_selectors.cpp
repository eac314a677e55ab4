// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/micro/micro_cases.h"
#include "perf/selector_cases.h"
#include "perf/selector_fixture.h"

#include <memory>
#include <utility>

namespace tracedeck {
namespace {

constexpr std::size_t kSizes[] = {250, 1'000, 3'000, 5'000, 50'000, 500'000};

/// A table with its cases; the newest one is kept, because half a million rows twice are too many.
template <class Table> struct Cases {
    Table table;
    CollationRanks ranks;
    std::vector<SelectorCase> cases;
};

template <class Table, class Make, class List>
std::shared_ptr<const Cases<Table>> casesOf(std::size_t rows, const Make& make, const List& list)
{
    static std::weak_ptr<const Cases<Table>> newest;
    auto known = newest.lock();
    if (known == nullptr || known->table.rows() != rows) {
        auto made = std::make_shared<Cases<Table>>();
        made->table = make(rows);
        made->ranks = collationRanksByBytes(made->table.strings);
        made->cases = list(made->table, made->ranks);
        known = made;
        newest = known;
    }
    return known;
}

template <class Table, class Make, class List>
void addDomain(std::vector<PerfCase>& all, const std::string& domain, const Make& make, const List& list)
{
    const auto names = casesOf<Table>(1, make, list);
    for (const std::size_t rows : kSizes) {
        for (std::size_t i = 0; i < names->cases.size(); ++i) {
            all.push_back({domain + '/' + names->cases[i].name + '/' + std::to_string(rows), [=] {
                               const auto cases = casesOf<Table>(rows, make, list);
                               return [cases, i] { keepAlive(cases->cases[i].run()); };
                           }});
        }
    }
}

} // namespace

std::vector<PerfCase> microSelectors()
{
    std::vector<PerfCase> all;
    addDomain<InfrastructureTable>(all, "hosts", fixtureInfrastructure, infrastructureCases);
    addDomain<WorkloadTable>(
        all, "workloads", [](std::size_t rows) { return fixtureWorkloads(rows); }, workloadCases);
    return all;
}

} // namespace tracedeck
