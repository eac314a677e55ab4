// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/stress/latency_summary.h"

#include <algorithm>

namespace tracedeck::stress {

LatencySummary summarizeLatency(std::vector<std::int64_t> nanoseconds)
{
    LatencySummary summary;
    summary.samples = nanoseconds.size();
    if (nanoseconds.empty())
        return summary;
    std::sort(nanoseconds.begin(), nanoseconds.end());
    const auto at = [&](std::size_t percent) {
        const std::size_t rank = (nanoseconds.size() * percent + 99) / 100;
        return static_cast<double>(nanoseconds[std::max<std::size_t>(rank, 1) - 1]) / 1e6;
    };
    summary.p50 = at(50);
    summary.p95 = at(95);
    summary.p99 = at(99);
    summary.max = static_cast<double>(nanoseconds.back()) / 1e6;
    return summary;
}

} // namespace tracedeck::stress
