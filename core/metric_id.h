// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace tracedeck {

/// The values of a row that history is kept of. Percent 0-100 for the first three, bytes per second for the
/// others; DiskIo is read plus written.
enum class MetricId : std::uint8_t { Cpu, Memory, Disk, NetRx, NetTx, DiskIo, Count };

inline constexpr std::size_t kMetricCount = static_cast<std::size_t>(MetricId::Count);

[[nodiscard]] constexpr std::size_t metricIndex(MetricId metric)
{
    return static_cast<std::size_t>(metric);
}
[[nodiscard]] constexpr bool isPercentMetric(MetricId metric)
{
    return metric <= MetricId::Disk;
}

/// How far back history is shown.
enum class HistoryRange : std::uint8_t { Hour, SixHours, Day, Week, Count };

[[nodiscard]] constexpr std::int64_t historyRangeNs(HistoryRange range)
{
    constexpr std::int64_t kHourNs = 3'600'000'000'000;
    constexpr std::int64_t kWeekHours = 168;
    switch (range) {
    case HistoryRange::SixHours:
        return 6 * kHourNs;
    case HistoryRange::Day:
        return 24 * kHourNs;
    case HistoryRange::Week:
        return kWeekHours * kHourNs;
    default:
        return kHourNs;
    }
}

} // namespace tracedeck
