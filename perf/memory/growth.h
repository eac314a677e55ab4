// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace tracedeck {

/// Memory at one point of a long run.
struct MemorySample {
    double heapBytes = 0; ///< in use according to the allocator, large blocks included
    double residentBytes = 0;
};

/// Of this process, now; what the allocator keeps for later is given back first.
[[nodiscard]] MemorySample memoryNow();

/// How memory developed over a run, the first 30 % of the samples left out as warm-up.
struct MemoryGrowth {
    double heapRatio = 1; ///< mean of the last quarter / mean of the first quarter of what is kept
    double residentRatio = 1;
    double heapSlope = 0; ///< bytes per sample: median of the slopes between all pairs (Theil-Sen)
    std::size_t kept = 0; ///< samples that counted
};

/// Fewer than 8 samples tell nothing: kept is 0 then.
[[nodiscard]] MemoryGrowth growthOf(const std::vector<MemorySample>& samples);

/// Why the growth is too much, or empty: the ratio is over `mostRatio`, or the slope would add over 5 MB
/// within a run as long as this one; "too few samples" when it cannot be told.
[[nodiscard]] std::string growthProblem(const MemoryGrowth& growth, double mostRatio);

} // namespace tracedeck
