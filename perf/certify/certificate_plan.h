// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// Where a measured figure stands: the one record of a step whose fields equal `where`, and a field of it.
struct FigurePlace {
    std::string step;
    std::map<std::string, nlohmann::json> where;
    std::string figure; ///< "cpu_ms"; "metrics/ir_ratio" for a field inside another
};

/// A promise of the design and where its figure comes from. Either a figure or tests that assert it.
struct CertificateBudget {
    std::string what;
    std::string budget; ///< as people read it
    FigurePlace place; ///< step empty = asserted by tests
    std::optional<double> reference; ///< the figure is reference / measured: how many times faster
    std::optional<double> most;
    std::optional<double> least;
    double scale = 1; ///< measured times this, so that the unit fits
    std::string unit; ///< behind the measured figure
    std::vector<std::string> tests; ///< "Suite.Name", all of which must pass
    std::string reason; ///< why it may be missed; a budget missed without one fails the certificate
};

/// A feature that can be switched off again, and the test that proves on = off.
struct RollbackSwitch {
    std::string feature;
    std::string setting; ///< "performance.gate"
    std::string effect; ///< what off costs
    std::string test;
};

struct CertificatePlan {
    std::vector<CertificateBudget> budgets;
    std::vector<RollbackSwitch> switches;
    std::vector<std::string> risks;
};

/// {budgets: [{what, budget, step, where, figure, most|least, reference, scale, unit, tests, reason}],
///  switches: [{feature, setting, effect, test}], risks: [text]}. Malformed names the entry.
[[nodiscard]] Result<CertificatePlan> certificatePlanFromText(std::string_view text);

} // namespace tracedeck
