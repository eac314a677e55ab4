// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/number_format.h"

#include <array>
#include <cmath>
#include <fmt/format.h>
#include <string_view>

namespace tracedeck {
namespace {

constexpr std::uint64_t kNsPerSecond = 1'000'000'000;

/// Three significant digits; `value` is in [0, 1000) before rounding.
std::string threeDigits(double value)
{
    if (value < 9.995) {
        return fmt::format("{:.2f}", value);
    }
    return value < 99.95 ? fmt::format("{:.1f}", value) : fmt::format("{:.0f}", value);
}

/// Magnitude and sign without the overflow of negating the smallest integer.
std::uint64_t magnitude(std::int64_t value)
{
    return value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
}

struct TimeUnit {
    std::uint64_t seconds;
    std::string_view name;
};

constexpr std::array<TimeUnit, 4> kUnits{{{86'400, "d"}, {3'600, "h"}, {60, "min"}, {1, "s"}}};

/// Largest unit that fits and the one below it; the second is left out when it is zero.
FormattedNumber twoUnits(std::uint64_t seconds)
{
    std::size_t first = 0;
    while (first + 1 < kUnits.size() && seconds < kUnits[first].seconds) {
        ++first;
    }
    const std::uint64_t major = seconds / kUnits[first].seconds;
    if (first + 1 == kUnits.size()) {
        return {std::to_string(major), std::string(kUnits[first].name)};
    }
    const TimeUnit& below = kUnits[first + 1];
    const std::uint64_t minor = seconds % kUnits[first].seconds / below.seconds;
    if (minor == 0) {
        return {std::to_string(major), std::string(kUnits[first].name)};
    }
    return {fmt::format("{} {} {}", major, kUnits[first].name, minor), std::string(below.name)};
}

FormattedNumber formatBelowMinute(std::uint64_t ns)
{
    constexpr std::array<std::string_view, 4> kNames{"ns", "\xC2\xB5s", "ms", "s"};
    std::size_t unit = 0;
    std::uint64_t size = 1;
    while (unit + 1 < kNames.size() && static_cast<double>(ns) / static_cast<double>(size) >= 999.5) {
        ++unit;
        size *= 1000;
    }
    const bool whole = unit + 1 < kNames.size() && ns % size == 0;
    std::string number =
        whole ? std::to_string(ns / size) : threeDigits(static_cast<double>(ns) / static_cast<double>(size));
    return {std::move(number), std::string(kNames[unit])};
}

} // namespace

std::string FormattedNumber::joined() const
{
    if (unit.empty()) {
        return number;
    }
    return unit == "%" ? number + unit : number + " " + unit;
}

FormattedNumber formatPercent(double percent)
{
    if (!std::isfinite(percent)) {
        return {kUnknownText, {}};
    }
    const double size = std::abs(percent);
    if (size == 0.0) {
        return {"0", "%"};
    }
    return {fmt::format("{:.{}f}", percent, size < 0.95 ? 1 : 0), "%"};
}

FormattedNumber formatBytesBinary(std::int64_t bytes)
{
    constexpr std::array<std::string_view, 7> kNames{"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    const std::string_view sign = bytes < 0 ? "-" : "";
    const std::uint64_t size = magnitude(bytes);
    if (size < 1000) {
        return {fmt::format("{}{}", sign, size), "B"};
    }
    std::size_t unit = 0;
    auto value = static_cast<double>(size);
    while (value >= 999.5) { // three digits at most: 1000 MiB reads "1.0 GiB"
        value /= 1024;
        ++unit;
    }
    return {fmt::format("{}{:.{}f}", sign, value, value < 99.95 ? 1 : 0), std::string(kNames[unit])};
}

FormattedNumber formatRateDecimal(double bytesPerSec)
{
    constexpr std::array<std::string_view, 7> kNames{"B/s", "kB/s", "MB/s", "GB/s", "TB/s", "PB/s", "EB/s"};
    if (!std::isfinite(bytesPerSec)) {
        return {kUnknownText, {}};
    }
    double value = std::abs(bytesPerSec);
    const std::string_view sign = bytesPerSec < 0 ? "-" : "";
    if (value < 999.5) {
        const int decimals = value > 0 && value < 0.95 ? 1 : 0;
        return {fmt::format("{}{:.{}f}", sign, value, decimals), "B/s"};
    }
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < kNames.size()) {
        value /= 1000;
        ++unit;
    }
    return {fmt::format("{}{}", sign, threeDigits(value)), std::string(kNames[unit])};
}

FormattedNumber formatDuration(std::int64_t ns)
{
    const std::uint64_t size = magnitude(ns);
    const bool minutes = size >= 59'950'000'000ULL; // from here on three digits would read "60.0 s"
    FormattedNumber out = minutes ? twoUnits((size + kNsPerSecond / 2) / kNsPerSecond) : formatBelowMinute(size);
    if (ns < 0) {
        out.number.insert(0, "-");
    }
    return out;
}

std::string formatAge(std::int64_t ns)
{
    return twoUnits(ns < 0 ? 0 : static_cast<std::uint64_t>(ns) / kNsPerSecond).joined();
}

std::string formatCount(std::uint64_t count)
{
    std::string digits = std::to_string(count);
    for (std::size_t i = digits.size(); i > 3; i -= 3) {
        digits.insert(i - 3, ",");
    }
    return digits;
}

} // namespace tracedeck
