// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "perf/regression/baselines.h"

#include <cstddef>
#include <string>
#include <vector>

namespace tracedeck {

/// What the check says about one figure.
struct CheckLine {
    enum class Verdict : std::uint8_t {
        Kept,
        Worse, ///< beyond its limit
        Stale, ///< better than its limit: the baseline should follow, or the gain can be lost unseen
        Missing, ///< guarded, but not measured
        Unguarded ///< measured, may be guarded, but nobody said how far it may go
    };
    Verdict verdict = Verdict::Kept;
    std::string name; ///< "suite/name"
    std::string figure;
    double now = 0;
    double expected = 0; ///< the baseline, or the bound that was broken
    MetricKind kind = MetricKind::Count;
    std::string reason;
};

struct CheckReport {
    std::vector<CheckLine> lines;
    std::size_t compared = 0;
    bool knownProfile = false; ///< whether there are baselines for the compiler and flags of the results

    [[nodiscard]] std::size_t count(CheckLine::Verdict verdict) const;
    /// Worse, missing, or nothing compared at all. `strict` also takes stale and unguarded figures.
    [[nodiscard]] bool failed(bool strict) const;
};

/// Compares guarded figures with the baselines of their profile and with the bounds. Results must be of
/// one profile. Without baselines for it only bounds are compared (see knownProfile).
[[nodiscard]] CheckReport checkPerfResults(const Baselines& baselines, const std::vector<PerfResult>& results);

/// The lines that are not Kept, one each, then one line of totals.
[[nodiscard]] std::string checkReportText(const CheckReport& report);

} // namespace tracedeck
