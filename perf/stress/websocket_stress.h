// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "perf/stress/stress_options.h"
#include "perf/stress/stress_report.h"

namespace tracedeck::stress {

/// Connects push clients spread over tokens, tries one more on every full token, exports traces at a
/// steady rate, and compares what every client was told with what was acknowledged. An error only when
/// the run could not take place at all.
[[nodiscard]] Result<StressReport> runWebSocketStress(const StressOptions& options);

} // namespace tracedeck::stress
