// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history_frame.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tracedeck {

/// One strip of a density map: a row of the fleet, its cells as opacity 0 to 1; below 0 = nothing known.
struct DensityStrip {
    std::uint32_t row = 0; ///< row of the frame
    double volume = 0; ///< sum over the range, what the strips are ordered by
    std::vector<float> cells;
};

struct DensityMap {
    std::vector<DensityStrip> strips; ///< largest volume first
    double peakPerSec = 0; ///< the value that is fully opaque
    std::size_t rowsWithData = 0; ///< rows that could have had a strip: "20 of 138"
};

inline constexpr std::size_t kDensityStrips = 20;
inline constexpr std::size_t kDensityColumns = 45;

/// The `strips` rows that moved most, cells = largest value of a column. Opacity grows with the logarithm,
/// ln(1 + 99 v / peak) / ln 100, at least 0.15 for anything above zero, 0 for zero. `rows` are rows of the
/// frame, the only ones looked at; `always` (a row of the frame, or SIZE_MAX) is in the map whatever its
/// volume. `metrics` are added up bucket by bucket (rx and tx). Source: facts, Pulse 5.
[[nodiscard]] DensityMap densityMap(const HistoryFrame& frame, std::span<const std::uint32_t> rows,
                                    std::span<const MetricId> metrics, std::size_t always = SIZE_MAX,
                                    std::size_t strips = kDensityStrips, std::size_t columns = kDensityColumns);

} // namespace tracedeck
