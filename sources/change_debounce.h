// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "refresh/trace_source.h"

#include <cstdint>
#include <optional>
#include <unordered_map>

namespace tracedeck {

/// Merges bursts of changes: handed on 800 ms after the first of a burst, and at most every 2.5 s. Times
/// are milliseconds of any clock that only goes forward.
class ChangeDebounce {
public:
    static constexpr std::int64_t kSettleMs = 800;
    static constexpr std::int64_t kIntervalMs = 2500;
    /// More traces than this are not named one by one.
    static constexpr std::size_t kMaxTraces = 1000;

    /// Returns when take() will have something, in ms from `nowMs`.
    std::int64_t add(const std::vector<TraceChange>& changes, bool resync, std::int64_t nowMs);
    /// What was added, if it is due; empty else.
    [[nodiscard]] std::optional<TraceSourceChange> take(std::int64_t nowMs);
    void clear();

private:
    TraceSourceChange m_waiting;
    std::unordered_map<TraceId, std::size_t> m_places;
    std::optional<std::int64_t> m_due;
    std::optional<std::int64_t> m_lastTaken;
};

} // namespace tracedeck
