// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/macro/scenario_kinds.h"

#include <QCoreApplication>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <optional>

namespace tracedeck {
namespace {

/// One process from exec to its end: it ends by itself after its first frame.
struct ChildRun {
    double wallMs = 0;
    double cpuNs = 0;
    double residentBytes = 0; ///< most it ever had
};

double monotonicMs()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Nothing when the program could not be run or did not end with 0. `closing` ends it as a person does.
std::optional<ChildRun> runChild(const std::string& program, const std::string& folder, bool closing)
{
    const double start = monotonicMs();
    const pid_t child = fork();
    if (child == 0) {
        execl(program.c_str(), program.c_str(), folder.c_str(), closing ? "--close" : nullptr, nullptr);
        _exit(127);
    }
    int status = 0;
    rusage usage{};
    if (child < 0 || wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        return std::nullopt;
    }
    const auto ns = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_usec) * 1e3;
    };
    return ChildRun{monotonicMs() - start, ns(usage.ru_utime) + ns(usage.ru_stime),
                    static_cast<double>(usage.ru_maxrss) * 1024};
}

double medianOf(const std::vector<ChildRun>& runs, double ChildRun::*field)
{
    std::vector<double> values(runs.size());
    std::transform(runs.begin(), runs.end(), values.begin(), [field](const ChildRun& run) { return run.*field; });
    return percentileOf(std::move(values), 50);
}

PerfResult resultOf(const std::string& name, const std::vector<ChildRun>& runs)
{
    PerfResult result{"macro", name, {}, runs.size(), 0, {}};
    result.metrics["cpu_ns"] = {medianOf(runs, &ChildRun::cpuNs), MetricKind::CpuNs, true};
    result.metrics["wall_ms"] = {medianOf(runs, &ChildRun::wallMs), MetricKind::LatencyMs, true};
    result.metrics["resident_bytes"] = {medianOf(runs, &ChildRun::residentBytes), MetricKind::Bytes, true};
    return result;
}

} // namespace

ScenarioOutcome runStart(const Scenario& scenario)
{
    namespace fs = std::filesystem;
    const std::string bin = QCoreApplication::applicationDirPath().toStdString();
    std::string folder = (fs::temp_directory_path() / "tracedeck-start-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) {
        return makeError(ErrorCode::Internal, scenario.name, "no temporary folder could be made");
    }
    const std::array programs{bin + "/tracedeck-bare-window", bin + "/tracedeck-first-row"};
    std::array<std::vector<ChildRun>, 2> runs;
    // Alternating, so that a busy machine slows both; the first round fills caches and the snapshot file.
    for (std::size_t round = 0; round <= scenario.count("runs", 7); ++round) {
        for (std::size_t i = 0; i < programs.size(); ++i) {
            const auto run = runChild(programs[i], folder, round == 0);
            if (!run) {
                fs::remove_all(folder);
                return makeError(ErrorCode::Internal, scenario.name, programs[i] + " did not show a frame");
            }
            if (round > 0) {
                runs[i].push_back(*run);
            }
        }
    }
    fs::remove_all(folder);
    std::vector<PerfResult> results{resultOf(scenario.name + "/bare-window", runs[0]),
                                    resultOf(scenario.name + "/first-row", runs[1])};
    results[1].metrics["cpu_ratio"] = {medianOf(runs[1], &ChildRun::cpuNs) / medianOf(runs[0], &ChildRun::cpuNs),
                                       MetricKind::Ratio, true};
    return results;
}

} // namespace tracedeck
