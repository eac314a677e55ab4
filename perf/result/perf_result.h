// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "perf/result/perf_environment.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace tracedeck {

/// What a number of a measurement is. Counts, instructions, bytes and ratios repeat and may be guarded;
/// times and rates are of one machine at one moment and are only reported.
enum class MetricKind : std::uint8_t { Count, Instructions, Bytes, Ratio, CpuNs, WallNs, LatencyMs, Rate };

/// Word of a kind in files: count, instr, bytes, ratio, cpu_ns, wall_ns, latency_ms, rate.
[[nodiscard]] std::string_view metricKindWord(MetricKind kind);
/// Whether a stored figure of this kind may fail a build.
[[nodiscard]] bool isGuardedKind(MetricKind kind);

struct PerfMetric {
    double value = 0; ///< finite
    MetricKind kind = MetricKind::Count;
    bool lowerIsBetter = true;
    bool operator==(const PerfMetric&) const = default;
};

/// Figures of one case of one suite with the circumstances they were taken under.
struct PerfResult {
    static constexpr int kSchema = 1;

    std::string suite;
    std::string name; ///< unique within the suite
    std::map<std::string, PerfMetric> metrics; ///< names end in their unit: _ns, _bytes, _ir, _allocs, _ratio
    std::uint64_t samples = 0; ///< runs the figures stand for
    double rme = 0; ///< relative margin of error of the time in percent, 0 where nothing was repeated
    PerfEnvironment environment;
    bool operator==(const PerfResult&) const = default;
};

/// {schema, suite, name, metrics: {name: number}, kinds, better, samples, rme, env}
[[nodiscard]] nlohmann::ordered_json perfResultJson(const PerfResult& result);
/// Malformed with the field when something is missing, of another type, not finite, or of another schema.
[[nodiscard]] Result<PerfResult> perfResultFromJson(const nlohmann::ordered_json& json);

} // namespace tracedeck
