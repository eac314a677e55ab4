// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>

namespace tracedeck {

/// The counters a row's rates come from.
enum class Counter : std::uint8_t { Cpu, CpuTotal, Read, Written, Received, Sent, Count };

/// One reading of a row's counters; absent = not available.
using CounterReading = std::array<std::optional<std::uint64_t>, static_cast<std::size_t>(Counter::Count)>;

/// Per second values since the previous reading.
struct CounterRates {
    std::array<std::optional<double>, static_cast<std::size_t>(Counter::Count)> perSecond;
    /// A counter was there but has no usable earlier reading: the rate comes with the next one.
    bool pending = false;
    [[nodiscard]] std::optional<double> at(Counter counter) const
    {
        return perSecond[static_cast<std::size_t>(counter)];
    }
};

/// Turns growing counters into rates. A rate needs two readings; it is dropped when the counter went
/// backwards (restart, wrap) or when the readings are more than three intervals apart or out of order.
/// Rows that miss a round are forgotten. Not thread-safe.
class CounterHistory {
public:
    explicit CounterHistory(std::chrono::nanoseconds interval) : m_interval(interval) { }

    /// Starts a round at a time of the one monotonic clock.
    void beginRound(std::int64_t monotonicNs);
    /// Once per key and round; a key given twice keeps its first reading.
    [[nodiscard]] CounterRates advance(std::uint64_t key, const CounterReading& reading);
    /// Seconds since the previous round; none when there was none or it is too long ago for a rate.
    [[nodiscard]] std::optional<double> elapsedSeconds() const;

private:
    std::chrono::nanoseconds m_interval;
    std::int64_t m_previousNs = 0;
    std::int64_t m_nowNs = 0;
    std::uint64_t m_rounds = 0;
    std::unordered_map<std::uint64_t, CounterReading> m_previous;
    std::unordered_map<std::uint64_t, CounterReading> m_current;
};

} // namespace tracedeck
