// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace tracedeck {

/// A window of time, half open, ns. A window is never shorter than 1 ns.
struct TimeWindow {
    std::int64_t beginNs = 0;
    std::int64_t endNs = 1;

    [[nodiscard]] std::int64_t lengthNs() const noexcept { return endNs - beginNs; }
    bool operator==(const TimeWindow&) const = default;
};

/// Time to pixel and back for a window drawn `width` pixels wide. Widths below 1 count as 1.
[[nodiscard]] double pixelOfTime(const TimeWindow& window, double width, std::int64_t timeNs);
[[nodiscard]] std::int64_t timeOfPixel(const TimeWindow& window, double width, double pixel);

/// Window of `factor` times the length (below 1 zooms in) in which `anchorNs` keeps its place on screen,
/// kept inside `limits` and at least `minimumNs` long.
[[nodiscard]] TimeWindow zoomAround(const TimeWindow& window, double factor, std::int64_t anchorNs,
                                    const TimeWindow& limits, std::int64_t minimumNs = 100);
/// Window moved by `deltaNs`, kept inside `limits` with its length.
[[nodiscard]] TimeWindow panBy(const TimeWindow& window, std::int64_t deltaNs, const TimeWindow& limits);

/// Tick positions at 1, 2 or 5 times a power of ten ns (whole seconds, minutes and hours above), relative
/// to `originNs`, at most `maximum` of them inside the window.
[[nodiscard]] std::vector<std::int64_t> timeTicks(const TimeWindow& window, std::int64_t originNs, int maximum);

} // namespace tracedeck
