// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

namespace tracedeck {

/// Ways back should an optimisation misbehave: each switch turns one off without changing any result, only
/// what it costs. Process-wide, read on any thread, set from the settings. All are on by default.
struct PerformanceSwitches {
    std::atomic<bool> queryCache{true}; ///< answers of sources serve again for 15 s and by ETag
    std::atomic<bool> gate{true}; ///< an equal section keeps its pointer and ends on the worker
    std::atomic<bool> push{true}; ///< changes are followed by WebSocket; off = by polling
    std::atomic<bool> textCache{true}; ///< contents of the cells shown last are kept
};

inline PerformanceSwitches& performanceSwitches()
{
    static PerformanceSwitches switches;
    return switches;
}

} // namespace tracedeck
