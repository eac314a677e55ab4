// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "perf/result/perf_result.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// A figure that was accepted, how far from it the next one may be, and why.
struct Baseline {
    PerfMetric metric;
    double limit = 1; ///< >= 1: a cost may be value * limit, a gain value / limit
    std::string reason;
    bool operator==(const Baseline&) const = default;
};

/// What a figure must keep on any machine and with any compiler: ratios taken in one run.
struct PerfBound {
    std::optional<double> most;
    std::optional<double> least;
    std::string reason;
    bool operator==(const PerfBound&) const = default;
};

/// "suite/name" -> figure -> T.
template <class T> using PerCase = std::map<std::string, std::map<std::string, T>>;

/// The guarded figures. Counts and instructions depend on compiler, flags and Qt and are kept per profile
/// (perfProfile()); bounds hold everywhere.
struct Baselines {
    std::map<std::string, PerCase<Baseline>> profiles;
    PerCase<PerfBound> bounds;
    bool operator==(const Baselines&) const = default;
};

/// Limit of a kind where none was chosen: counts and bytes 1.02, instructions 1.03, ratios 1.25.
[[nodiscard]] double defaultLimit(MetricKind kind);

/// {schema, profiles: {profile: {case: {figure: {value, kind, better, limit, reason}}}},
///  bounds: {case: {figure: {most, least, reason}}}}. Malformed names the place. A reason is required.
[[nodiscard]] Result<Baselines> baselinesFromText(std::string_view text);
[[nodiscard]] std::string baselinesText(const Baselines& baselines);

/// Takes the guarded figures of the named cases ("suite/name"; empty = all of `results`) over into their
/// profiles; limits that were chosen before stay, the reason is replaced. Returns one line per figure that
/// changed: "case figure: before -> now".
std::vector<std::string> updateBaselines(Baselines& baselines, const std::vector<PerfResult>& results,
                                         const std::vector<std::string>& cases, const std::string& reason);

} // namespace tracedeck
