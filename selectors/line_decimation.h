// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metric_history.h"

#include <cstddef>
#include <vector>

namespace tracedeck {

/// How many points a line may have when so many lines share a picture: below 80 lines 180, then 150, 120
/// (from 120 lines), 80 (250), 64 (400), 48 (600). Source: facts, Pulse 5.
[[nodiscard]] std::size_t linePointBudget(std::size_t lines);

/// Largest-Triangle-Three-Buckets: at most `budget` points that look like all of them (Steinarsson 2013).
/// Runs between gaps are thinned apart, in proportion to their points, and keep their ends; gap points stay,
/// so more than budget / 2 runs give more points than asked for. Fewer points than the budget pass unchanged.
/// Cost: O(points).
[[nodiscard]] std::vector<HistoryPoint> largestTriangles(const std::vector<HistoryPoint>& points, std::size_t budget);

/// At most `budget` points (gaps apart) that keep the smallest value and the largest peak of each of budget / 2
/// equal spans of time, in order of time: for pictures in which a short peak must not be lost. The larger of
/// the two carries its peak as value. Cost: O(points).
[[nodiscard]] std::vector<HistoryPoint> minMaxPoints(const std::vector<HistoryPoint>& points, std::size_t budget);

} // namespace tracedeck
