// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tracedeck {

/// How one command of the certificate ended and what it printed.
struct StepOutcome {
    std::string name;
    std::string command;
    std::optional<int> exitCode; ///< none: not run this time
    double seconds = 0;
    std::string lastLine; ///< of its output, when that is no JSON
    std::vector<nlohmann::json> records; ///< JSON objects it printed or wrote
};

/// What tools/certify.sh left in a folder: outcomes.tsv (name, exit code or "-", seconds, command), per command
/// NAME.out and, where it writes results, NAME.json; tests/*.json as googletest writes them.
struct StepOutcomes {
    std::vector<StepOutcome> steps;
    std::map<std::string, bool> tests; ///< "Suite.Name" -> passed; skipped ones count as not passed
};

[[nodiscard]] Result<StepOutcomes> readStepOutcomes(const std::string& folder);

} // namespace tracedeck
