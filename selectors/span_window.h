// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/span_layout.h"
#include "selectors/time_scale.h"

#include <cstdint>
#include <vector>

namespace tracedeck {

/// One run of the overview: spans of one lane that fall on the same pixels, drawn as one bar.
struct OverviewBar {
    std::uint16_t lane = 0;
    std::uint16_t beginPixel = 0; ///< inclusive
    std::uint16_t endPixel = 0; ///< exclusive, at least one wide
    std::uint32_t row = 0; ///< the longest span in it, for its colour
    bool error = false;
    bool operator==(const OverviewBar&) const = default;
};

/// The whole trace squeezed into `width` x `lanes` cells: positions map to lanes in display order, bars of a
/// lane that touch are merged. The number of bars is bounded by width x lanes whatever the number of spans;
/// cost O(spans) once, so callers keep the result until the trace or the size changes.
[[nodiscard]] std::vector<OverviewBar> overviewBars(const SpanTable& spans, const SpanLayout& layout, int width,
                                                    int lanes);

/// The next (or previous) position with error status after `from`, wrapping; SpanLayout::kNoParent when none.
[[nodiscard]] std::uint32_t nextError(const SpanTable& spans, const SpanLayout& layout, std::uint32_t from,
                                      bool backwards);

/// How many spans with error status stand up to `position`, itself included: its number among layout.errors.
[[nodiscard]] std::uint32_t errorNumber(const SpanTable& spans, const SpanLayout& layout, std::uint32_t position);

/// Place of a span among those of its parent (roots: among the roots).
struct SiblingPlace {
    std::uint32_t number = 0; ///< from 1
    std::uint32_t of = 0;
    bool operator==(const SiblingPlace&) const = default;
};
/// O(siblings).
[[nodiscard]] SiblingPlace siblingPlace(const SpanLayout& layout, std::uint32_t position);

} // namespace tracedeck
