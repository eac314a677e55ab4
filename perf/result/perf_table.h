// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "perf/result/perf_result.h"

#include <string>
#include <vector>

namespace tracedeck {

/// A figure for people: "1.23 ms", "26.4 M", "12 KiB", "4.1 x".
[[nodiscard]] std::string perfFigure(double value, MetricKind kind);

/// One line per figure with aligned columns; names of cases stand once. `before`, when not empty, adds the
/// earlier figure and the change in percent; figures it does not have show an en dash.
[[nodiscard]] std::string perfTable(const std::vector<PerfResult>& results, const std::vector<PerfResult>& before = {});

} // namespace tracedeck
