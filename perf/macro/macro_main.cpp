// SPDX-License-Identifier: GPL-3.0-or-later
// tracedeck-macro: runs scenario files and writes what they measured.
#include "perf/macro/scenario_kinds.h"
#include "perf/result/perf_files.h"
#include "views/theme.h"
#include "views/theme_fonts.h"

#include <QApplication>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <string>
#include <utility>

namespace tracedeck {
namespace {

struct Kind {
    const char* name;
    ScenarioOutcome (*run)(const Scenario&);
};

constexpr Kind kKinds[] = {
    {"refresh", runRefresh},      {"scroll", runScroll},        {"first-paint", runFirstPaint},
    {"apply", runApply},          {"search", runSearch},        {"against-proxy", runAgainstProxy},
    {"pages", runPages},          {"start", runStart},          {"trace-open", runTraceOpen},
    {"live-scale", runLiveScale}, {"list-scale", runListScale}, {"grow", runGrow},
    {"footprint", runFootprint},  {"log-flood", runLogFlood}};

/// False when the scenario is unknown or failed; what it measured is kept either way.
bool runOne(const Scenario& scenario, std::vector<PerfResult>& results)
{
    const auto* const kind =
        std::find_if(std::begin(kKinds), std::end(kKinds), [&](const Kind& one) { return scenario.kind == one.name; });
    if (kind == std::end(kKinds)) {
        std::fprintf(stderr, "%s: no scenario is of the kind \"%s\"\n", scenario.name.c_str(), scenario.kind.c_str());
        return false;
    }
    std::fprintf(stderr, "%s ...\n", scenario.name.c_str());
    auto outcome = kind->run(scenario);
    if (!outcome.ok()) {
        std::fprintf(stderr, "%s: %s\n", scenario.name.c_str(), outcome.error().what.c_str());
        return false;
    }
    for (PerfResult& result : outcome.value()) {
        result.environment = currentPerfEnvironment(qVersion());
        results.push_back(std::move(result));
    }
    return true;
}

int run(const std::string& folder, const std::string& out, const std::string& only)
{
    const auto scenarios = readScenarios(folder);
    if (!scenarios.ok()) {
        std::fprintf(stderr, "%s %s\n", scenarios.error().source.c_str(), scenarios.error().what.c_str());
        return 2;
    }
    std::vector<PerfResult> results;
    bool good = true;
    for (const Scenario& scenario : *scenarios) {
        const bool wanted = only.empty() ? scenario.number("onlyByName", 0) == 0 : scenario.name == only;
        good = (!wanted || runOne(scenario, results)) && good;
    }
    const auto written = writePerfResults(out, results);
    if (!written.ok() || results.empty()) {
        std::fprintf(stderr, "%s\n", written.ok() ? "nothing was measured" : written.error().what.c_str());
        return 2;
    }
    return good ? 0 : 1;
}

} // namespace
} // namespace tracedeck

int main(int argc, char** argv)
{
    std::string folder;
    std::string out = "macro.json";
    std::string only;
    bool understood = argc % 2 == 1;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string word = argv[i];
        std::string* const into = word == "--scenarios" ? &folder
            : word == "--out"                           ? &out
            : word == "--only"                          ? &only
                                                        : nullptr;
        understood = understood && into != nullptr;
        if (into != nullptr) {
            *into = argv[i + 1];
        }
    }
    if (!understood || folder.empty()) {
        std::fprintf(stderr, "usage: tracedeck-macro --scenarios FOLDER|FILE [--out FILE] [--only NAME]\n");
        return 2;
    }
    // Glib's dispatcher does not say when the loop wakes up and goes to sleep, which turns are measured by.
    qputenv("QT_NO_GLIB", "1");
    const QApplication app(argc, argv);
    qunsetenv("QT_NO_GLIB"); // programs that are started from here run as they always do
    tracedeck::loadEmbeddedFonts();
    tracedeck::applyTheme(*qApp, tracedeck::loadTheme(tracedeck::ThemeKind::Dark));
    return tracedeck::run(folder, out, only);
}
