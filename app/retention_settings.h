// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/retention_limits.h"

#include <QString>
#include <array>

namespace tracedeck {

class SettingsStore;

/// One figure of "storage" in the settings: whole numbers of `unit` between `least` and `most`.
struct RetentionFigure {
    const char* path; ///< in the settings file
    double fallback;
    double least;
    double most;
    const char* unit; ///< behind the number: " d", " GiB"
};

/// Days, size, and the same of Tracedeck's own traces (hours, MiB), in this order.
[[nodiscard]] const std::array<RetentionFigure, 4>& retentionFigures();

/// The limits the settings ask for. What is no number, or out of range, is taken to the nearest that makes sense,
/// so that a slip in the file never clears a store.
[[nodiscard]] RetentionLimits retentionFrom(const SettingsStore& settings);

} // namespace tracedeck
