// SPDX-License-Identifier: GPL-3.0-or-later
// tracedeck-perf-check: prints results and holds them against perf/regression/baselines.json.
#include "perf/regression/callgrind_dumps.h"
#include "perf/regression/perf_check.h"
#include "perf/result/perf_files.h"
#include "perf/result/perf_table.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace tracedeck {
namespace {

constexpr int kWorse = 1;
constexpr int kUsage = 2;

struct Arguments {
    std::string results, before, baselines, callgrind, reason, out;
    std::vector<std::string> update; ///< cases to take over
    bool updateAll = false;
    bool strict = false;
    bool understood = true;
};

Arguments parsed(int argc, char** argv)
{
    Arguments arguments;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const std::string value = i + 1 < argc ? argv[i + 1] : "";
        const std::pair<const char*, std::string*> texts[] = {
            {"--results", &arguments.results},     {"--before", &arguments.before},
            {"--baselines", &arguments.baselines}, {"--callgrind", &arguments.callgrind},
            {"--reason", &arguments.reason},       {"--out", &arguments.out}};
        const auto* const text =
            std::find_if(std::begin(texts), std::end(texts), [&](const auto& one) { return word == one.first; });
        if (text != std::end(texts) && i + 1 < argc) {
            *text->second = value;
            ++i;
        } else if (word == "--strict") {
            arguments.strict = true;
        } else if (word == "--update-baseline" && i + 1 < argc) {
            arguments.updateAll = arguments.updateAll || value == "all";
            arguments.update.push_back(value);
            ++i;
        } else {
            std::fprintf(stderr, "not understood: %s\n", word.c_str());
            arguments.understood = false;
        }
    }
    return arguments;
}

int fail(const Error& error)
{
    std::fprintf(stderr, "%s: %s\n", error.source.c_str(), error.what.c_str());
    return kUsage;
}

int update(Baselines& baselines, const Arguments& arguments, const std::vector<PerfResult>& results)
{
    if (arguments.reason.empty()) {
        std::fprintf(stderr, "--update-baseline needs --reason \"why the figures may change\"\n");
        return kUsage;
    }
    const std::vector<std::string> cases = arguments.updateAll ? std::vector<std::string>() : arguments.update;
    for (const std::string& change : updateBaselines(baselines, results, cases, arguments.reason)) {
        std::printf("%s\n", change.c_str());
    }
    const auto written = writePerfText(arguments.baselines, baselinesText(baselines));
    return written.ok() ? 0 : fail(written.error());
}

int check(const Arguments& arguments, const std::vector<PerfResult>& results)
{
    const auto text = readPerfText(arguments.baselines);
    auto baselines = text.ok() ? baselinesFromText(*text) : Result<Baselines>(text.error());
    if (!baselines.ok() && (arguments.update.empty() || text.ok())) {
        return fail(baselines.error());
    }
    Baselines known = baselines.ok() ? std::move(baselines).value() : Baselines();
    if (!arguments.update.empty()) {
        return update(known, arguments, results);
    }
    const CheckReport report = checkPerfResults(known, results);
    std::printf("%s", checkReportText(report).c_str());
    return report.failed(arguments.strict) ? kWorse : 0;
}

int run(const Arguments& arguments)
{
    auto read = readPerfResults(arguments.results);
    if (!read.ok()) {
        return fail(read.error());
    }
    std::vector<PerfResult> results = std::move(read).value();
    if (!arguments.callgrind.empty()) {
        const auto dumps = readCallgrindDumps(arguments.callgrind);
        if (!dumps.ok()) {
            return fail(dumps.error());
        }
        for (const std::string& name : addInstructions(results, *dumps)) {
            std::fprintf(stderr, "no instructions were counted for %s\n", name.c_str());
        }
    }
    for (auto* derive : {&scalingResults, &againstResults}) {
        const auto more = (*derive)(results);
        results.insert(results.end(), more.begin(), more.end());
    }
    if (!arguments.out.empty()) {
        const auto written = writePerfResults(arguments.out, results);
        if (!written.ok()) {
            return fail(written.error());
        }
    }
    std::vector<PerfResult> before;
    if (!arguments.before.empty()) {
        auto earlier = readPerfResults(arguments.before);
        if (!earlier.ok()) {
            return fail(earlier.error());
        }
        before = std::move(earlier).value();
    }
    if (arguments.baselines.empty()) {
        std::printf("%s", perfTable(results, before).c_str());
        return 0;
    }
    return check(arguments, results);
}

} // namespace
} // namespace tracedeck

int main(int argc, char** argv)
{
    const tracedeck::Arguments arguments = tracedeck::parsed(argc, argv);
    if (!arguments.understood || arguments.results.empty()) {
        std::fprintf(stderr,
                     "usage: tracedeck-perf-check --results FILE [--callgrind PREFIX] [--out FILE] [--before FILE]\n"
                     "           [--baselines FILE [--strict] [--update-baseline CASE|all --reason TEXT]]\n"
                     "Without baselines it prints the figures, with --before beside earlier ones.\n");
        return tracedeck::kUsage;
    }
    return tracedeck::run(arguments);
}
