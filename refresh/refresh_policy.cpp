// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/refresh_policy.h"

#include <algorithm>

namespace tracedeck {
namespace {

constexpr std::int64_t kMaxDelayNs = std::int64_t{300} * 1'000'000'000;
constexpr std::uint32_t kMaxDoublings = 16;

/// 0.8 to 1.2, by a splitmix64 step over seed and attempt.
double jitter(std::uint64_t seed, std::uint32_t attempt)
{
    std::uint64_t z = seed + (std::uint64_t{attempt} + 1) * 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    z ^= z >> 31U;
    return 0.8 + 0.4 * static_cast<double>(z >> 11U) / 9007199254740992.0;
}

} // namespace

std::optional<std::int64_t> nextFetchNs(std::chrono::nanoseconds cadence, std::chrono::nanoseconds secondSample,
                                        const RefreshConditions& conditions, const RefreshHistory& history)
{
    if (!conditions.autoRefresh) {
        return std::nullopt;
    }
    if (history.fetches == 0) {
        return history.lastStartNs;
    }
    std::int64_t delay = std::max<std::int64_t>(cadence.count(), 1);
    if (history.fetches == 1 && history.consecutiveFailures == 0) {
        delay = std::min<std::int64_t>(delay, secondSample.count());
    }
    delay *= (conditions.visible ? 1 : 6) * (conditions.idle ? 2 : 1) * (conditions.onBattery ? 2 : 1);
    delay = history.fetches == 1 ? delay : delay * std::clamp(conditions.slowdown, 1, 16);
    delay = std::min(delay, kMaxDelayNs);
    if (history.consecutiveFailures > 0) {
        for (std::uint32_t i = 0; i < std::min(history.consecutiveFailures, kMaxDoublings) && delay < kMaxDelayNs;
             ++i) {
            delay = std::min(delay * 2, kMaxDelayNs);
        }
        delay = static_cast<std::int64_t>(static_cast<double>(delay)
                                          * jitter(history.jitterSeed, history.consecutiveFailures));
    }
    return history.lastStartNs + delay;
}

} // namespace tracedeck
