// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/time_format.h"

#include <array>
#include <cstdio>
#include <ctime>
#include <gtest/gtest.h>
#include <limits>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

std::tm calendar(std::int64_t ns, std::int32_t offset)
{
    std::int64_t second = ns / kSecond - (ns % kSecond < 0 ? 1 : 0);
    second += offset;
    const auto time = static_cast<std::time_t>(second);
    std::tm out{};
    gmtime_r(&time, &out);
    return out;
}

std::string printed(const char* format, const std::tm& time)
{
    std::array<char, 64> buffer{};
    return {buffer.data(), std::strftime(buffer.data(), buffer.size(), format, &time)};
}

int nanosecondOf(std::int64_t ns)
{
    const auto rest = static_cast<int>(ns % kSecond);
    return rest < 0 ? rest + static_cast<int>(kSecond) : rest;
}

std::string threeDigits(int number)
{
    std::array<char, 16> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%03d", number);
    return buffer.data();
}

} // namespace

RC_GTEST_PROP(TimeFormatProperty, AgreesWithTheCalendarOfTheSystem, (std::int64_t ns))
{
    const auto offset = *rc::gen::inRange<std::int32_t>(-18 * 3600, 18 * 3600);
    const std::tm time = calendar(ns, offset);
    const std::string clock = printed("%H:%M:%S", time) + '.' + threeDigits(nanosecondOf(ns) / 1'000'000);
    RC_ASSERT(formatClockTime(ns, offset) == clock);
    RC_ASSERT(formatDayAndTime(ns, offset) == std::to_string(time.tm_mday) + printed(" %b ", time) + clock);
    RC_ASSERT(formatDateAndTime(ns, offset) == printed("%Y-%m-%d %H:%M:%S", time));
    RC_ASSERT(formatIsoUtc(ns).substr(0, 19) == printed("%Y-%m-%dT%H:%M:%S", calendar(ns, 0)));
}

RC_GTEST_PROP(TimeFormatProperty, IsoTextSortsLikeTheTimesAndLosesNothing, ())
{
    const auto second = *rc::gen::inRange<std::int64_t>(-9'000'000'000, 9'000'000'000);
    const auto fraction = *rc::gen::element<std::int64_t>(0, 1, 999, 1'000, 1'001, 999'000, 1'000'000, 318'000'000,
                                                          999'999'999, 500'000'500);
    const std::int64_t ns = second * kSecond + fraction;
    const std::string text = formatIsoUtc(ns);
    RC_ASSERT(text.back() == 'Z');
    const std::string digits = text.substr(19, text.size() - 20);
    RC_ASSERT((digits.empty() || digits.size() == 4 || digits.size() == 7 || digits.size() == 10));
    std::string nine = digits.empty() ? "" : digits.substr(1);
    nine.resize(9, '0');
    RC_ASSERT(std::stoll(nine) == fraction);
    // A shorter form is only used when the digits it leaves out are zero.
    RC_ASSERT((digits.empty() || digits.substr(digits.size() - 3) != "000"));
    RC_ASSERT(formatIsoUtc(ns + kSecond).substr(0, 19) > text.substr(0, 19));
}

TEST(TimeFormat, offsetsMoveTheDayMonthAndYear)
{
    constexpr std::int64_t kNewYear = 1'767'225'600 * kSecond; // 2026-01-01T00:00:00Z
    EXPECT_EQ(formatDateAndTime(kNewYear, -1), "2025-12-31 23:59:59");
    EXPECT_EQ(formatDayAndTime(kNewYear, -3600), "31 Dec 23:00:00.000");
    EXPECT_EQ(formatDateAndTime(kNewYear - 1, 0), "2025-12-31 23:59:59");
    EXPECT_EQ(formatDateAndTime(kNewYear, 5 * 3600 + 45 * 60), "2026-01-01 05:45:00") << "zones of 15 minutes";
}

TEST(TimeFormat, fractionsAreCutAndNotRounded)
{
    EXPECT_EQ(formatClockTime(999'999'999, 0), "00:00:00.999");
    EXPECT_EQ(formatDateAndTime(59'999'999'999, 0), "1970-01-01 00:00:59");
    EXPECT_EQ(formatClockTime(-500'000, 0), "23:59:59.999");
}
