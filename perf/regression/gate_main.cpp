// SPDX-License-Identifier: GPL-3.0-or-later
// tracedeck-gate: runs the guarded cases once each and counts; under callgrind every case is one dump.
#include "perf/regression/gate_cases.h"
#include "perf/result/allocation_meter.h"
#include "perf/result/perf_files.h"
#include "views/theme_fonts.h"

#include <QApplication>
#include <valgrind/callgrind.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

namespace tracedeck {
namespace {

struct Arguments {
    std::string out = "gate.json";
    std::string only; ///< start of the names wanted; empty = all
    PlantedFault fault = PlantedFault::None;
    bool selfTest = false;
    bool understood = true;
};

Arguments parsed(int argc, char** argv)
{
    Arguments arguments;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        const std::string_view value = i + 1 < argc ? argv[i + 1] : "";
        if (word == "--out" && !value.empty()) {
            arguments.out = value;
        } else if (word == "--only" && !value.empty()) {
            arguments.only = value;
        } else if (word == "--self-test"
                   && (value == "none" || value == "slower" || value == "leaking" || value == "allocating")) {
            arguments.selfTest = true;
            arguments.fault = value == "slower" ? PlantedFault::Slower
                : value == "leaking"            ? PlantedFault::Leaking
                : value == "allocating"         ? PlantedFault::Allocating
                                                : PlantedFault::None;
        } else {
            arguments.understood = false;
        }
        ++i;
    }
    return arguments;
}

PerfResult measure(const GateCase& one, const PerfEnvironment& environment)
{
    const auto work = one.prepare();
    work();
    PerfResult result{"gate", one.name, {}, 1, 0, environment};
    {
        const AllocationMeter meter;
        CALLGRIND_START_INSTRUMENTATION;
        CALLGRIND_ZERO_STATS;
        work();
        CALLGRIND_DUMP_STATS_AT(one.name.c_str());
        CALLGRIND_STOP_INSTRUMENTATION;
        const auto figure = [](auto value, MetricKind kind) {
            return PerfMetric{static_cast<double>(value), kind, true};
        };
        result.metrics = {{"allocs", figure(meter.allocations(), MetricKind::Count)},
                          {"alloc_bytes", figure(meter.bytes(), MetricKind::Bytes)},
                          {"kept_bytes", figure(meter.kept(), MetricKind::Bytes)}};
    }
    return result;
}

std::vector<GateCase> casesFor(const Arguments& arguments)
{
    if (arguments.selfTest) {
        return selfTestGates(arguments.fault);
    }
    std::vector<GateCase> all;
    for (auto* group : {&selectorGates, &queryGates, &decodeGates, &traceGates, &modelGates, &frameGates}) {
        for (GateCase& one : (*group)()) {
            if (one.name.rfind(arguments.only, 0) == 0) {
                all.push_back(std::move(one));
            }
        }
    }
    return all;
}

int run(const Arguments& arguments)
{
    if (!AllocationMeter::works()) {
        std::fprintf(stderr, "not run: allocations cannot be counted in this build\n");
        return 0;
    }
    const PerfEnvironment environment = currentPerfEnvironment(qVersion());
    std::vector<PerfResult> results;
    for (const GateCase& one : casesFor(arguments)) {
        results.push_back(measure(one, environment));
    }
    return finishMeasuring(arguments.out, results);
}

} // namespace
} // namespace tracedeck

int main(int argc, char** argv)
{
    const tracedeck::Arguments arguments = tracedeck::parsed(argc, argv);
    if (!arguments.understood) {
        std::fprintf(
            stderr,
            "usage: tracedeck-gate [--out FILE] [--only PREFIX] [--self-test none|slower|leaking|allocating]\n");
        return 2;
    }
    const QApplication app(argc, argv);
    tracedeck::loadEmbeddedFonts();
    return tracedeck::run(arguments);
}
