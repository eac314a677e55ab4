// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace tracedeck {

/// The values that would stand at `ranks` (counted from 0) if `samples` were sorted. Samples are finite
/// and not negative. Counts by logarithmic buckets (32 per power of two), then selects inside the few
/// buckets that hold a rank. Precondition: ranks ascend, each < samples.size(), at most 255 of them.
/// Cost: two passes, about 4 ns per sample, however many ranks.
[[nodiscard]] std::vector<double> valuesAtRanks(std::span<const double> samples, std::span<const std::size_t> ranks);

} // namespace tracedeck
