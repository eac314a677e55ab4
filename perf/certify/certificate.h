// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "perf/certify/certificate_plan.h"
#include "perf/certify/step_outcome.h"
#include "perf/result/perf_environment.h"

#include <string>
#include <vector>

namespace tracedeck {

/// What became of one budget in this run.
struct BudgetVerdict {
    enum class Kind : std::uint8_t {
        Met,
        NotMet,
        NotRun, ///< its command was left out this time
        NotMeasured ///< its command ran, but the figure or the test is not there: a failure
    };
    Kind kind = Kind::NotRun;
    std::string measured; ///< "0.41 ms", "3 of 3 tests pass"; empty where nothing was
};

[[nodiscard]] BudgetVerdict judgeBudget(const CertificateBudget& budget, const StepOutcomes& outcomes);

struct Certificate {
    std::string text; ///< Markdown
    /// One line each: a command that failed, a budget missed without a reason or not measured.
    std::vector<std::string> failures;
    [[nodiscard]] bool good() const { return failures.empty(); }
};

/// The whole certificate. All figures in it come from `outcomes` and `environment`.
[[nodiscard]] Certificate makeCertificate(const CertificatePlan& plan, const StepOutcomes& outcomes,
                                          const PerfEnvironment& environment, const std::string& moment);

} // namespace tracedeck
