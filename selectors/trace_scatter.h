// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/trace_list_table.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tracedeck {

/// What a picture of durations over starts covers: starts linear from left to right, durations logarithmic
/// from bottom to top. Both ends belong to it.
struct ScatterFrame {
    std::int64_t firstNs = 0; ///< earliest start
    std::int64_t lastNs = 0; ///< latest start
    std::int64_t shortestNs = 1; ///< at least 1, at least a millionth of the longest
    std::int64_t longestNs = 1;
    bool operator==(const ScatterFrame&) const = default;
};

/// A place in a picture, in pixels from its upper left.
struct ScatterSpot {
    int x = 0;
    int y = 0;
    bool operator==(const ScatterSpot&) const = default;
};

/// One dot: all traces whose place falls into the same cell of the picture.
struct ScatterPoint {
    ScatterSpot at; ///< middle of the cell
    std::uint32_t row = 0; ///< table row it speaks for: the longest with errors, else the longest
    std::uint32_t traces = 0;
    bool error = false; ///< at least one trace of the cell has an error span
    bool operator==(const ScatterPoint&) const = default;
};

/// The frame that holds `rows` of the table; nothing without rows. Durations of 0 count as 1 ns. O(rows).
[[nodiscard]] std::optional<ScatterFrame> scatterFrame(const TraceListTable& table,
                                                       std::span<const std::uint32_t> rows);

/// Dots of `rows` on a picture of `width` x `height` pixels (at least 1 each) in cells of `cell` pixels; dots
/// with errors come last, so that they are painted on top. At most one dot per cell. O(rows + cells).
[[nodiscard]] std::vector<ScatterPoint> scatterPoints(const TraceListTable& table, std::span<const std::uint32_t> rows,
                                                      const ScatterFrame& frame, int width, int height, int cell);

/// Height of a duration on the picture, 0 = top; outside the frame it is clamped.
[[nodiscard]] int scatterY(const ScatterFrame& frame, int height, std::int64_t durationNs);

/// Durations (ns) worth a line, shortest first: powers of ten inside the frame, with fewer than two of them also
/// their doubles and fivefolds. Empty when none is inside.
[[nodiscard]] std::vector<std::int64_t> scatterTicks(const ScatterFrame& frame);

/// The dot nearest to a place, none farther than `reach` pixels. O(points).
[[nodiscard]] std::optional<std::size_t> scatterPointAt(std::span<const ScatterPoint> points, ScatterSpot place,
                                                        int reach);

/// The query whose traces stand between two corners of the picture, in any order; both edges belong to it, so
/// every dot inside is found. Corners outside the picture mean its edge, and the edge of the frame adds no
/// clause. Empty when everything is inside.
[[nodiscard]] std::string scatterQuery(const ScatterFrame& frame, int width, int height, ScatterSpot from,
                                       ScatterSpot to);

} // namespace tracedeck
