// SPDX-License-Identifier: GPL-3.0-or-later
// tracedeck-stress: load on a collector of its own, with books that must balance.
#include "core/log.h"
#include "perf/stress/ingest_stress.h"
#include "perf/stress/stress_options.h"
#include "perf/stress/websocket_stress.h"

#include <csignal>
#include <cstdio>
#include <string>
#include <vector>

namespace {

int fail(const tracedeck::Error& error)
{
    const std::string hint = error.hint.empty() ? std::string() : " " + error.hint;
    std::fprintf(stderr, "tracedeck-stress: %s: %s.%s\n", error.source.c_str(), error.what.c_str(), hint.c_str());
    const bool usage =
        error.code == tracedeck::ErrorCode::InvalidArgument || error.code == tracedeck::ErrorCode::PermissionDenied;
    return usage ? 2 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    using namespace tracedeck;
    const Result<stress::StressOptions> options =
        stress::parseStressOptions(std::vector<std::string>(argv + 1, argv + argc));
    if (!options)
        return fail(options.error());
    if (options->help) {
        std::fputs(stress::stressUsage().c_str(), stdout);
        return 0;
    }
    std::signal(SIGPIPE, SIG_IGN);
    Log::setLevel(LogLevel::Warning);
    const Result<stress::StressReport> report =
        options->scenario == "ws" ? stress::runWebSocketStress(*options) : stress::runIngestStress(*options);
    if (!report)
        return fail(report.error());
    std::printf("%s\n", stress::reportJson(*report).c_str());
    return report->good() ? 0 : 1;
}
