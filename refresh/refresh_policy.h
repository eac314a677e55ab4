// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace tracedeck {

/// What decides how often to look, apart from the source.
struct RefreshConditions {
    bool autoRefresh = true; ///< off = never by itself
    bool visible = true;
    bool idle = false; ///< nobody touched the machine for a while
    bool onBattery = false;
    int slowdown = 1; ///< wanted by the user: every delay times this, 1 to 16
};

/// What is known about one source's fetches. Times of the monotonic clock.
struct RefreshHistory {
    std::int64_t lastStartNs = 0;
    std::uint64_t fetches = 0; ///< started so far
    std::uint32_t consecutiveFailures = 0;
    std::uint64_t jitterSeed = 0; ///< fixed per source, so that many sources do not fail in step
};

/// When to fetch next on the monotonic clock; none = not by itself. The first fetch is due at once, the
/// second after `secondSample` (rates need two), then one cadence apart, counted from start to start.
/// Hidden: six times slower; idle or on battery: twice each; at most 5 minutes. After n failures the
/// delay is cadence * 2^n, at most 5 minutes, plus or minus 20 % that depend on seed and n only.
[[nodiscard]] std::optional<std::int64_t> nextFetchNs(std::chrono::nanoseconds cadence,
                                                      std::chrono::nanoseconds secondSample,
                                                      const RefreshConditions& conditions,
                                                      const RefreshHistory& history);

} // namespace tracedeck
