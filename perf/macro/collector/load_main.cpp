// SPDX-License-Identifier: GPL-3.0-or-later
// tracedeck-collector-load: runs a scenario of perf/macro/collector and writes its results.
#include "core/log.h"
#include "perf/macro/collector/load_run.h"
#include "perf/result/perf_files.h"

#include <csignal>
#include <fmt/core.h>
#include <string>
#include <string_view>

int main(int argc, char** argv)
{
    std::string scenarioFile;
    std::string out;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view name = argv[i];
        if (name == "--scenario")
            scenarioFile = argv[i + 1];
        else if (name == "--out")
            out = argv[i + 1];
    }
    if (scenarioFile.empty() || out.empty() || argc != 5) {
        fmt::print(stderr, "usage: tracedeck-collector-load --scenario FILE --out FILE\n");
        return 2;
    }
    std::signal(SIGPIPE, SIG_IGN);
    tracedeck::Log::setLevel(tracedeck::LogLevel::Warning);
    const auto fail = [](const tracedeck::Error& error) {
        fmt::print(stderr, "tracedeck-collector-load: {}: {}\n", error.source, error.what);
        return 1;
    };
    const tracedeck::Result<std::string> text = tracedeck::readPerfText(scenarioFile);
    if (!text)
        return fail(text.error());
    const auto scenario = tracedeck::perf::loadScenarioFromJson(*text);
    if (!scenario)
        return fail(scenario.error());
    const auto results = tracedeck::perf::runCollectorLoad(*scenario);
    if (!results)
        return fail(results.error());
    if (const auto written = tracedeck::writePerfResults(out, *results); !written)
        return fail(written.error());
    return 0;
}
