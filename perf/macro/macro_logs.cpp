// SPDX-License-Identifier: GPL-3.0-or-later
// The log of a container that writes faster than anybody reads.
#include "perf/log_flood.h"
#include "perf/macro/scenario_kinds.h"
#include "perf/macro/turn_clock.h"
#include "views/log_view.h"

#include <fmt/format.h>

namespace tracedeck {

ScenarioOutcome runLogFlood(const Scenario& scenario)
{
    constexpr double kPatience = 3; // times as long as it should take
    const double seconds = scenario.number("seconds", 10);
    std::vector<PerfResult> results;
    for (const double rate : scenario.numbers("linesPerSecond", {10'000})) {
        LogFlood flood(static_cast<std::uint64_t>(rate), static_cast<std::uint64_t>(rate * seconds));
        flood.panel().resize(static_cast<int>(scenario.count("width", 1600)),
                             static_cast<int>(scenario.count("height", 400)));
        flood.panel().show();
        TurnClock clock(flood.panel().view()->viewport());
        for (double passed = 0; passed < kPatience * seconds + 10 && !flood.hasEnded(); ++passed) {
            runFor(1000);
        }
        if (!flood.problem().isEmpty() || flood.shown() + flood.dropped() != flood.produced()) {
            return makeError(ErrorCode::Internal, scenario.name,
                             fmt::format("{} lines were written, {} shown, {} counted as dropped. {}", flood.produced(),
                                         flood.shown(), flood.dropped(), flood.problem().toStdString()));
        }
        PerfResult result{"macro", fmt::format("{}/{}", scenario.name, rate), {}, clock.frames.count(), 0, {}};
        clock.frames.addTo(result, "frame_");
        clock.turns.addTo(result, "turn_");
        const auto counted = [&](const char* name, std::uint64_t value) {
            result.metrics[name] = {static_cast<double>(value), MetricKind::Count, true};
        };
        counted("produced", flood.produced());
        counted("shown", flood.shown());
        counted("dropped", flood.dropped());
        counted("batches", flood.batches());
        results.push_back(std::move(result));
    }
    return results;
}

} // namespace tracedeck
