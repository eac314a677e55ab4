// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/number_format.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <map>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <sstream>

using namespace tracedeck;

namespace {

constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();

double binaryFactor(const std::string& unit)
{
    static const std::map<std::string, int> kPowers{{"B", 0},   {"KiB", 1}, {"MiB", 2}, {"GiB", 3},
                                                    {"TiB", 4}, {"PiB", 5}, {"EiB", 6}};
    return std::pow(1024.0, kPowers.at(unit));
}

double decimalFactor(const std::string& unit)
{
    static const std::map<std::string, int> kPowers{{"B/s", 0},  {"kB/s", 1}, {"MB/s", 2}, {"GB/s", 3},
                                                    {"TB/s", 4}, {"PB/s", 5}, {"EB/s", 6}};
    return std::pow(1000.0, kPowers.at(unit));
}

/// Nanoseconds that a printed duration says, "2 min 5 s" included.
double durationFrom(const std::string& text)
{
    static const std::map<std::string, double> kUnits{{"ns", 1},     {"\xC2\xB5s", 1e3}, {"ms", 1e6},   {"s", 1e9},
                                                      {"min", 60e9}, {"h", 3600e9},      {"d", 86400e9}};
    std::istringstream words(text);
    double total = 0;
    double number = 0;
    bool negative = false;
    for (std::string unit; words >> number >> unit;) {
        negative = negative || std::signbit(number);
        total += std::abs(number) * kUnits.at(unit);
    }
    return negative ? -total : total;
}

/// A number of any size, all sizes equally likely.
std::int64_t anySize()
{
    const auto bits = *rc::gen::inRange(0, 63);
    const auto number = *rc::gen::arbitrary<std::uint64_t>();
    const auto size = static_cast<std::int64_t>((number >> 1U) >> (63 - static_cast<unsigned>(bits)));
    return *rc::gen::arbitrary<bool>() ? size : -size;
}

} // namespace

RC_GTEST_PROP(FormatBytesProperty, PrintsWhatItWasGivenWithinItsLastDigit, ())
{
    const std::int64_t bytes = anySize();
    const FormattedNumber text = formatBytesBinary(bytes);
    const double read = std::stod(text.number) * binaryFactor(text.unit);
    // One decimal below 100, whole numbers from there on: the step never exceeds a twentieth of "1.0".
    const double step = binaryFactor(text.unit) * (text.number.find('.') == std::string::npos ? 0.5 : 0.05);
    RC_ASSERT(std::abs(read - static_cast<double>(bytes)) <= step * 1.0001);
}

RC_GTEST_PROP(FormatRateProperty, PrintsWhatItWasGivenWithinItsLastDigit, ())
{
    const auto rate = static_cast<double>(anySize()) / 16.0;
    const FormattedNumber text = formatRateDecimal(rate);
    const double read = std::stod(text.number) * decimalFactor(text.unit);
    RC_ASSERT(std::abs(read - rate) <= std::max(0.5, std::abs(rate) * 0.0051));
    RC_ASSERT((rate < 0) == (text.number.front() == '-'));
}

RC_GTEST_PROP(FormatDurationProperty, PrintsWhatItWasGivenWithinHalfAPercentOrItsSmallerUnit, ())
{
    const std::int64_t ns = anySize();
    const double read = durationFrom(formatDuration(ns).joined());
    const double size = std::abs(static_cast<double>(ns));
    const double tolerance = size < 59.95e9 ? size * 0.0051
        : size < 3600e9                     ? 0.51e9
        : size < 86400e9                    ? 60.5e9
                                            : 3600.5e9;
    RC_ASSERT(std::abs(read - static_cast<double>(ns)) <= tolerance);
}

RC_GTEST_PROP(FormatDurationProperty, LongerNeverReadsShorter, ())
{
    const std::int64_t a = *rc::gen::inRange<std::int64_t>(0, 200'000'000'000);
    const std::int64_t b = a + *rc::gen::inRange<std::int64_t>(0, 1'000'000'000);
    RC_ASSERT(durationFrom(formatDuration(a).joined()) <= durationFrom(formatDuration(b).joined()));
}

RC_GTEST_PROP(FormatAgeProperty, CutsAndNeverRoundsUp, ())
{
    const std::int64_t ns = std::max<std::int64_t>(anySize(), 0);
    const double read = durationFrom(formatAge(ns));
    RC_ASSERT(read <= static_cast<double>(ns) * 1.0000001);
    const double below = read < 60e9 ? 1e9 : read < 3600e9 ? 1e9 : read < 86400e9 ? 60e9 : 3600e9;
    RC_ASSERT(static_cast<double>(ns) - read < below * 1.0000001);
}

RC_GTEST_PROP(FormatPercentProperty, StaysWithinItsLastDigit, ())
{
    const double percent = static_cast<double>(*rc::gen::inRange(-50'000, 5'000'000)) / 1000.0;
    const FormattedNumber text = formatPercent(percent);
    RC_ASSERT(text.unit == "%");
    RC_ASSERT(std::abs(std::stod(text.number) - percent) <= (std::abs(percent) < 0.95 ? 0.0501 : 0.501));
}

RC_GTEST_PROP(FormatCountProperty, LosesNoDigit, (std::uint64_t count))
{
    std::string digits = formatCount(count);
    std::size_t sinceComma = 0;
    for (std::size_t i = digits.size(); i-- > 0;) {
        RC_ASSERT((digits[i] == ',') == (sinceComma == 3));
        sinceComma = digits[i] == ',' ? 0 : sinceComma + 1;
    }
    std::erase(digits, ',');
    RC_ASSERT(digits == std::to_string(count));
}

TEST(FormatBoundaries, everyUnitBeginsWhereThreeDigitsEnd)
{
    const std::pair<std::int64_t, const char*> bytes[] = {
        {1023, "1.0 KiB"},
        {1024, "1.0 KiB"},
        {102'297, "99.9 KiB"},
        {102'400, "100 KiB"},
        {1'023'487, "999 KiB"},
        {1'023'488, "1.0 MiB"},
        {std::int64_t{1} << 40, "1.0 TiB"},
        {std::int64_t{1} << 50, "1.0 PiB"},
        {std::int64_t{1} << 60, "1.0 EiB"},
        {-1, "-1 B"},
    };
    for (const auto& [value, text] : bytes) {
        EXPECT_EQ(formatBytesBinary(value).joined(), text) << value;
    }
    const std::pair<double, const char*> rates[] = {
        {0.94, "0.9 B/s"},      {0.96, "1 B/s"},       {999.4, "999 B/s"},    {1000, "1.00 kB/s"},
        {9994, "9.99 kB/s"},    {9996, "10.0 kB/s"},   {99'940, "99.9 kB/s"}, {999'400, "999 kB/s"},
        {999'600, "1.00 MB/s"}, {1e9, "1.00 GB/s"},    {1e12, "1.00 TB/s"},   {1e15, "1.00 PB/s"},
        {1e18, "1.00 EB/s"},    {-2500, "-2.50 kB/s"}, {-0.3, "-0.3 B/s"},    {-0.0, "0 B/s"},
    };
    for (const auto& [value, text] : rates) {
        EXPECT_EQ(formatRateDecimal(value).joined(), text) << value;
    }
    const std::pair<std::int64_t, const char*> durations[] = {
        {1, "1 ns"},
        {999, "999 ns"},
        {1000, "1 \xC2\xB5s"},
        {1001, "1.00 \xC2\xB5s"},
        {1'000'000, "1 ms"},
        {999'499'999, "999 ms"},
        {1'000'000'000, "1.00 s"},
        {59'949'999'999, "59.9 s"},
        {59'950'000'000, "1 min"},
        {61'400'000'000, "1 min 1 s"},
        {61'500'000'000, "1 min 2 s"},
        {3'599'000'000'000, "59 min 59 s"},
        {3'599'600'000'000, "1 h"},
        {7'260'000'000'000, "2 h 1 min"},
        {86'400'000'000'000, "1 d"},
        {90'000'000'000'000, "1 d 1 h"},
        {kHighest, "106751 d 23 h"},
        {-1, "-1 ns"},
        {-125'000'000'000, "-2 min 5 s"},
        {kLowest, "-106751 d 23 h"},
    };
    for (const auto& [value, text] : durations) {
        EXPECT_EQ(formatDuration(value).joined(), text) << value;
    }
}

TEST(FormatBoundaries, percentHasOneDecimalOnlyBelowOne)
{
    const std::pair<double, const char*> cases[] = {
        {0.05, "0.1%"}, {0.94, "0.9%"}, {0.95, "1%"},    {1.49, "1%"},    {1.51, "2%"}, {99.4, "99%"},
        {99.6, "100%"}, {100, "100%"},  {-0.3, "-0.3%"}, {-12.7, "-13%"}, {-0.0, "0%"}, {12345, "12345%"}};
    for (const auto& [value, text] : cases) {
        EXPECT_EQ(formatPercent(value).joined(), text) << value;
    }
    EXPECT_EQ(formatPercent(std::numeric_limits<double>::infinity()).joined(), kUnknownText);
    EXPECT_EQ(formatPercent(-std::numeric_limits<double>::infinity()).joined(), kUnknownText);
}

TEST(FormatBoundaries, agesHaveTheirLargestUnitFirst)
{
    constexpr std::int64_t kSecond = 1'000'000'000;
    const std::pair<std::int64_t, const char*> cases[] = {{999'999'999, "0 s"},
                                                          {kSecond, "1 s"},
                                                          {59 * kSecond, "59 s"},
                                                          {60 * kSecond, "1 min"},
                                                          {119 * kSecond, "1 min 59 s"},
                                                          {3'599 * kSecond, "59 min 59 s"},
                                                          {3'600 * kSecond, "1 h"},
                                                          {3'659 * kSecond, "1 h"},
                                                          {86'399 * kSecond, "23 h 59 min"},
                                                          {86'400 * kSecond, "1 d"},
                                                          {400LL * 86'400 * kSecond, "400 d"},
                                                          {kLowest, "0 s"},
                                                          {kHighest, "106751 d 23 h"}};
    for (const auto& [value, text] : cases) {
        EXPECT_EQ(formatAge(value), text) << value;
    }
}
