// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace tracedeck {

/// What fitting needs to know of a column, in pixels.
struct FitColumn {
    int width = 100; ///< wanted
    int minWidth = 60;
    int stretch = 0; ///< share of spare width
    int givesWay = 0; ///< 0 = never hides; larger hides earlier
    bool hidden = false; ///< by the user: stays hidden
    bool fixed = false; ///< sized by the user: neither shrinks nor stretches
};

/// From this givesWay on a column is an extra: it hides as soon as showing it would squeeze the others by
/// more than one part in 24. Columns below it hide only when the minimum widths do not fit.
inline constexpr int kExtraColumn = 50;

/// Widths for `available` pixels, 0 = does not show. Columns hide in the order of givesWay (see
/// kExtraColumn), then columns shrink in proportion to what they can spare, or the spare width goes to
/// those that stretch. When nothing may give way any more the sum may exceed `available`.
[[nodiscard]] std::vector<int> fitColumns(const std::vector<FitColumn>& columns, int available);

} // namespace tracedeck
