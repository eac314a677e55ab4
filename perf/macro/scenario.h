// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "perf/result/perf_result.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// A scenario file: what to do ("kind"), how much of it, and how long; made to be edited.
struct Scenario {
    std::string name; ///< of the file, without ending
    std::string kind;
    nlohmann::ordered_json settings;

    /// A number of the file, or `fallback` when it is not there or no number.
    [[nodiscard]] double number(const char* key, double fallback) const;
    [[nodiscard]] std::size_t count(const char* key, std::size_t fallback) const;
    /// A list of numbers.
    [[nodiscard]] std::vector<double> numbers(const char* key, std::vector<double> fallback) const;
    [[nodiscard]] std::string text(const char* key, std::string fallback) const;
};

/// Malformed when it is no object or has no kind.
[[nodiscard]] Result<Scenario> scenarioFromText(const std::string& name, std::string_view text);
/// All *.json files of a folder by name, or the one file.
[[nodiscard]] Result<std::vector<Scenario>> readScenarios(const std::string& path);

/// Latencies of one kind of step: wall clock in ms, CPU of the thread in ns.
class StepTimes {
public:
    void start();
    void stop();
    [[nodiscard]] std::size_t count() const noexcept { return m_wallMs.size(); }
    /// Adds p50_ms, p95_ms, p99_ms (nearest rank), cpu_ns (median), p99_cpu_ns and most_cpu_ns with `prefix` in front.
    void addTo(PerfResult& result, const std::string& prefix = {}) const;
    [[nodiscard]] double medianCpuNs() const;

private:
    double m_wallStart = 0;
    double m_cpuStart = 0;
    std::vector<double> m_wallMs;
    std::vector<double> m_cpuNs;
};

/// Nearest-rank percentile of values in any order; 0 for none.
[[nodiscard]] double percentileOf(std::vector<double> values, double percent);

} // namespace tracedeck
