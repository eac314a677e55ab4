// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/bench_suite.h"
#include "perf/bench_timer.h"
#include "perf/selector_cases.h"
#include "perf/selector_fixture.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <string>
#include <utility>

namespace tracedeck {
namespace {

constexpr std::size_t kMostRows = 20'000'000;

double rounded(double ms)
{
    return std::round(ms * 1e4) / 1e4;
}

struct Request {
    std::string domain;
    std::string caseName; ///< empty = all
    std::size_t rows = 0;
};

/// Prints the cases that were asked for; false when none has that name.
bool runCases(const Request& request, const std::vector<SelectorCase>& cases, double prepareMs)
{
    bool any = false;
    for (const SelectorCase& one : cases) {
        if (!request.caseName.empty() && one.name != request.caseName) {
            continue;
        }
        any = true;
        BenchTimer timer;
        std::function<DigestFields()> digest;
        while (!timer.enough()) {
            timer.start();
            auto result = one.run();
            timer.stop();
            digest = std::move(result);
        }
        const BenchTimes times = timer.times();
        DigestFields line{{"domain", request.domain},
                          {"n", request.rows},
                          {"case", one.name},
                          {"median_ms", rounded(times.medianMs)},
                          {"min_ms", rounded(times.minMs)},
                          {"cpu_ms", rounded(times.cpuMs)},
                          {"runs", times.runs},
                          {"prepare_ms", rounded(prepareMs)}};
        line.update(digest());
        std::cout << line.dump() << std::endl;
    }
    return any;
}

/// prepare_ms: rows, string pool, search arena and collation ranks.
template <class MakeTable, class MakeCases>
bool runDomain(const Request& request, const MakeTable& makeTable, const MakeCases& makeCases)
{
    BenchTimer prepare;
    prepare.start();
    const auto table = makeTable(request.rows);
    const CollationRanks ranks = collationRanksByBytes(table.strings);
    prepare.stop();
    return runCases(request, makeCases(table, ranks), prepare.times().medianMs);
}

} // namespace

int benchSelectors(const BenchArguments& arguments)
{
    const std::string stray = unknownBenchWord(arguments, {"--rows", "--domain", "--case"});
    const std::string rowsText = benchOption(arguments, "--rows", "5000");
    const std::string domain = benchOption(arguments, "--domain", "");
    Request request{"infra", benchOption(arguments, "--case", ""), 0};
    const auto [end, error] = std::from_chars(rowsText.data(), rowsText.data() + rowsText.size(), request.rows);
    const bool rowsRead = error == std::errc() && end == rowsText.data() + rowsText.size();
    if (!stray.empty() || !rowsRead || request.rows > kMostRows
        || (!domain.empty() && domain != "infra" && domain != "workloads")) {
        std::fprintf(stderr,
                     "usage: tracedeck-bench selectors --rows N [--domain infra|workloads] [--case NAME], N at most "
                     "%zu\n",
                     kMostRows);
        return 2;
    }
    bool any = false;
    if (domain != "workloads") {
        any = runDomain(request, fixtureInfrastructure, infrastructureCases);
    }
    if (domain != "infra") {
        request.domain = "workloads";
        any = runDomain(
                  request, [](std::size_t rows) { return fixtureWorkloads(rows); }, workloadCases)
            || any;
    }
    if (!any) {
        std::fprintf(stderr, "no case is named \"%s\"\n", request.caseName.c_str());
        return 2;
    }
    return 0;
}

} // namespace tracedeck
