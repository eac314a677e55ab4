// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/roles.h"

namespace tracedeck {

/// From which value on a metric is critical; warning starts `warnBelow` under it. A threshold of 0 or
/// less switches the judgement of that metric off. Percent, temperature in °C.
struct SeverityRule {
    double cpu = 80;
    double memory = 85;
    double disk = 90;
    double temperature = 80;
    double warnBelow = 5;

    /// Severity of `value` against one of the thresholds above; None while it is unremarkable.
    [[nodiscard]] Severity judge(double value, double threshold) const
    {
        if (threshold <= 0 || value < threshold - warnBelow) {
            return Severity::None;
        }
        return value < threshold ? Severity::Warning : Severity::Critical;
    }
    bool operator==(const SeverityRule&) const = default;
};

} // namespace tracedeck
