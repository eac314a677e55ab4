// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/bench_suite.h"
#include "perf/bench_timer.h"
#include "perf/selector_cases.h"
#include "perf/selector_fixture.h"
#include "perf/selector_reference.h"

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
    SelectorDigests expected; ///< empty = nothing is compared
};

struct Outcome {
    std::size_t cases = 0;
    std::size_t compared = 0; ///< with known digests
    std::size_t wrong = 0;
};

/// Says so when the digest is not the known one.
void compareDigest(const Request& request, const std::string& name, const DigestFields& digest, Outcome& outcome)
{
    const auto known = request.expected.find({request.domain, request.rows, name});
    if (known == request.expected.end()) {
        return;
    }
    ++outcome.compared;
    if (const std::string found = flatDigest(digest); found != known->second) {
        ++outcome.wrong;
        std::fprintf(stderr, "%s %zu %s: %s instead of %s\n", request.domain.c_str(), request.rows, name.c_str(),
                     found.c_str(), known->second.c_str());
    }
}

/// Prints the cases that were asked for.
void runCases(const Request& request, const std::vector<SelectorCase>& cases, double prepareMs, Outcome& outcome)
{
    for (const SelectorCase& one : cases) {
        if (!request.caseName.empty() && one.name != request.caseName) {
            continue;
        }
        ++outcome.cases;
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
        const DigestFields result = digest();
        compareDigest(request, one.name, result, outcome);
        line.update(result);
        std::cout << line.dump() << std::endl;
    }
}

/// prepare_ms: rows, string pool, search arena and collation ranks.
template <class MakeTable, class MakeCases>
void runDomain(const Request& request, const MakeTable& makeTable, const MakeCases& makeCases, Outcome& outcome)
{
    BenchTimer prepare;
    prepare.start();
    const auto table = makeTable(request.rows);
    const CollationRanks ranks = collationRanksByBytes(table.strings);
    prepare.stop();
    runCases(request, makeCases(table, ranks), prepare.times().medianMs, outcome);
}

/// 0 = measured, and equal to what is known where something is.
int exitCodeOf(const Request& request, const Outcome& outcome)
{
    if (outcome.cases == 0) {
        std::fprintf(stderr, "no case is named \"%s\"\n", request.caseName.c_str());
        return 2;
    }
    if (!request.expected.empty()) {
        std::fprintf(stderr, "digests: %zu compared, %zu wrong\n", outcome.compared, outcome.wrong);
        return outcome.wrong != 0 || outcome.compared == 0 ? 1 : 0;
    }
    return 0;
}

} // namespace

int benchSelectors(const BenchArguments& arguments)
{
    const std::string stray = unknownBenchWord(arguments, {"--rows", "--domain", "--case", "--expect"});
    const std::string rowsText = benchOption(arguments, "--rows", "5000");
    const std::string domain = benchOption(arguments, "--domain", "");
    const std::string expect = benchOption(arguments, "--expect", "");
    Request request{"infra", benchOption(arguments, "--case", ""), 0, {}};
    const auto [end, error] = std::from_chars(rowsText.data(), rowsText.data() + rowsText.size(), request.rows);
    const bool rowsRead = error == std::errc() && end == rowsText.data() + rowsText.size();
    if (!stray.empty() || !rowsRead || request.rows > kMostRows
        || (!domain.empty() && domain != "infra" && domain != "workloads")) {
        std::fprintf(
            stderr,
            "usage: tracedeck-bench selectors --rows N [--domain infra|workloads] [--case NAME] [--expect FOLDER], "
            "N at most %zu\n",
            kMostRows);
        return 2;
    }
    if (!expect.empty()) {
        auto known = readSelectorDigests(expect);
        if (!known.ok()) {
            std::fprintf(stderr, "%s: %s\n", known.error().source.c_str(), known.error().what.c_str());
            return 2;
        }
        request.expected = std::move(known).value();
    }
    Outcome outcome;
    if (domain != "workloads") {
        runDomain(request, fixtureInfrastructure, infrastructureCases, outcome);
    }
    if (domain != "infra") {
        request.domain = "workloads";
        const auto makeTable = [](std::size_t rows) { return fixtureWorkloads(rows); };
        runDomain(request, makeTable, workloadCases, outcome);
    }
    return exitCodeOf(request, outcome);
}

} // namespace tracedeck
