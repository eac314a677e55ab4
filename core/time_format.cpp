// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/time_format.h"

#include <array>
#include <chrono>
#include <fmt/format.h>
#include <string_view>

namespace tracedeck {
namespace {

constexpr std::int64_t kSecondInNs = 1'000'000'000;
constexpr std::int64_t kSecondsPerDay = 86'400;

struct CivilTime {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int nanosecond = 0;
};

std::int64_t floorDivide(std::int64_t value, std::int64_t by)
{
    return value / by - (value % by < 0 ? 1 : 0);
}

CivilTime civilTime(std::int64_t ns, std::int32_t offsetSeconds)
{
    const std::int64_t epochSecond = floorDivide(ns, kSecondInNs);
    // Seconds leave room for the offset; adding it to the nanoseconds could overflow.
    const std::int64_t second = epochSecond + offsetSeconds;
    const std::int64_t dayNumber = floorDivide(second, kSecondsPerDay);
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{static_cast<int>(dayNumber)}}};
    const auto ofDay = static_cast<int>(second - dayNumber * kSecondsPerDay);
    const std::int64_t remainder = ns % kSecondInNs;
    return {static_cast<int>(date.year()),
            static_cast<unsigned>(date.month()),
            static_cast<unsigned>(date.day()),
            ofDay / 3600,
            ofDay / 60 % 60,
            ofDay % 60,
            static_cast<int>(remainder < 0 ? remainder + kSecondInNs : remainder)};
}

} // namespace

std::string formatClockTime(std::int64_t ns, std::int32_t utcOffsetSeconds)
{
    const CivilTime t = civilTime(ns, utcOffsetSeconds);
    return fmt::format("{:02}:{:02}:{:02}.{:03}", t.hour, t.minute, t.second, t.nanosecond / 1'000'000);
}

std::string formatDayAndTime(std::int64_t ns, std::int32_t utcOffsetSeconds)
{
    constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const CivilTime t = civilTime(ns, utcOffsetSeconds);
    return fmt::format("{} {} {}", t.day, kMonths[t.month - 1], formatClockTime(ns, utcOffsetSeconds));
}

std::string formatDateAndTime(std::int64_t ns, std::int32_t utcOffsetSeconds)
{
    const CivilTime t = civilTime(ns, utcOffsetSeconds);
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", t.year, t.month, t.day, t.hour, t.minute, t.second);
}

std::string formatIsoUtc(std::int64_t ns)
{
    const CivilTime t = civilTime(ns, 0);
    std::string out =
        fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", t.year, t.month, t.day, t.hour, t.minute, t.second);
    if (t.nanosecond % 1000 != 0) {
        out += fmt::format(".{:09}", t.nanosecond);
    } else if (t.nanosecond % 1'000'000 != 0) {
        out += fmt::format(".{:06}", t.nanosecond / 1000);
    } else if (t.nanosecond != 0) {
        out += fmt::format(".{:03}", t.nanosecond / 1'000'000);
    }
    return out + "Z";
}

} // namespace tracedeck
