// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tracedeck::stress {

/// Nearest-rank percentiles in milliseconds; all 0 without samples.
struct LatencySummary {
    std::size_t samples = 0;
    double p50 = 0;
    double p95 = 0;
    double p99 = 0;
    double max = 0;
};

/// Cost: one sort of `nanoseconds`.
[[nodiscard]] LatencySummary summarizeLatency(std::vector<std::int64_t> nanoseconds);

} // namespace tracedeck::stress
