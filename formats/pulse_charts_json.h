// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metric_history.h"
#include "core/result.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// How the values of one thing went, by MetricId: points ascending, one per moment, no gaps of their own.
/// Percent 0-100, bytes per second; disk I/O is read plus written where both are there.
struct PulseCourse {
    std::string id; ///< as the server keys it; empty in an answer about one resource
    std::array<std::vector<HistoryPoint>, kMetricCount> points;
};

/// GET /api/charts/infrastructure and /api/charts/workloads: maps of courses by kind, {"nodeData": {"id":
/// {"cpu": [{"timestamp": ms, "value": …}]}}}. An id in several maps counts once, with the longer course.
/// Points that are no numbers, or not in time, are passed over. Malformed when the text is no JSON object.
[[nodiscard]] Result<std::vector<PulseCourse>> decodePulseCharts(std::string_view json);

/// GET /api/metrics-store/history: {"metrics": {"cpu": [{"timestamp", "value", "min", "max"}]}} or one
/// metric, {"metric": "cpu", "points": […]}.
[[nodiscard]] Result<PulseCourse> decodePulseHistory(std::string_view json);

} // namespace tracedeck
