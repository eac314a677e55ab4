// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/number_format.h"

#include <algorithm>
#include <cstdint>
#include <gtest/gtest.h>
#include <limits>
#include <rapidcheck.h>
#include <string>

using namespace tracedeck;

namespace {
constexpr std::int64_t kMs = 1'000'000;
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
} // namespace

TEST(FormatPercent, wholeFromOneOnAndOneDecimalBelow)
{
    EXPECT_EQ(formatPercent(0.4).joined(), "0.4%");
    EXPECT_EQ(formatPercent(61.2).joined(), "61%");
    EXPECT_EQ(formatPercent(7.34).joined(), "7%");
    EXPECT_EQ(formatPercent(0.0).joined(), "0%");
    EXPECT_EQ(formatPercent(0.96).joined(), "1%");
    EXPECT_EQ(formatPercent(812.6).joined(), "813%");
    EXPECT_EQ(formatPercent(0.01).joined(), "0.0%");
    EXPECT_EQ(formatPercent(kNaN).joined(), kUnknownText);
}

TEST(FormatBytesBinary, keepsThreeDigitsAtMost)
{
    EXPECT_EQ(formatBytesBinary(0).joined(), "0 B");
    EXPECT_EQ(formatBytesBinary(999).joined(), "999 B");
    EXPECT_EQ(formatBytesBinary(1000).joined(), "1.0 KiB");
    EXPECT_EQ(formatBytesBinary(std::int64_t{512} << 20).joined(), "512 MiB");
    EXPECT_EQ(formatBytesBinary(6'335'076'761).joined(), "5.9 GiB");
    EXPECT_EQ(formatBytesBinary(std::int64_t{6} << 30).joined(), "6.0 GiB");
    EXPECT_EQ(formatBytesBinary(std::int64_t{1000} << 20).joined(), "1.0 GiB");
    EXPECT_EQ(formatBytesBinary(-2048).joined(), "-2.0 KiB");
    EXPECT_EQ(formatBytesBinary(std::numeric_limits<std::int64_t>::max()).joined(), "8.0 EiB");
    EXPECT_EQ(formatBytesBinary(std::numeric_limits<std::int64_t>::min()).joined(), "-8.0 EiB");
}

TEST(FormatRateDecimal, usesDecimalUnits)
{
    EXPECT_EQ(formatRateDecimal(0).joined(), "0 B/s");
    EXPECT_EQ(formatRateDecimal(0.25).joined(), "0.2 B/s");
    EXPECT_EQ(formatRateDecimal(218e6).joined(), "218 MB/s");
    EXPECT_EQ(formatRateDecimal(7.34e6).joined(), "7.34 MB/s");
    EXPECT_EQ(formatRateDecimal(8.3e6).joined(), "8.30 MB/s");
    EXPECT_EQ(formatRateDecimal(999.7).joined(), "1.00 kB/s");
    EXPECT_EQ(formatRateDecimal(99'960).joined(), "100 kB/s");
    EXPECT_EQ(formatRateDecimal(kNaN).joined(), kUnknownText);
    EXPECT_EQ(formatRateDecimal(std::numeric_limits<double>::infinity()).joined(), kUnknownText);
}

TEST(FormatDuration, picksTheUnitThatKeepsThreeDigits)
{
    EXPECT_EQ(formatDuration(1840 * kMs).joined(), "1.84 s");
    EXPECT_EQ(formatDuration(810 * kMs).joined(), "810 ms");
    EXPECT_EQ(formatDuration(22'000).joined(), "22 \xC2\xB5s");
    EXPECT_EQ(formatDuration(22'440).joined(), "22.4 \xC2\xB5s");
    EXPECT_EQ(formatDuration(512).joined(), "512 ns");
    EXPECT_EQ(formatDuration(0).joined(), "0 ns");
    EXPECT_EQ(formatDuration(1200 * kMs).joined(), "1.20 s");
    EXPECT_EQ(formatDuration(999'600).joined(), "1.00 ms");
    EXPECT_EQ(formatDuration(59'940 * kMs).joined(), "59.9 s");
    EXPECT_EQ(formatDuration(59'960 * kMs).joined(), "1 min");
    EXPECT_EQ(formatDuration(125 * kSecond).joined(), "2 min 5 s");
    EXPECT_EQ(formatDuration(3'600 * kSecond).joined(), "1 h");
    EXPECT_EQ(formatDuration(-5 * kMs).joined(), "-5 ms");
    EXPECT_EQ(formatDuration(std::numeric_limits<std::int64_t>::min()).number.front(), '-');
}

TEST(FormatAge, hasTwoUnitsAtMost)
{
    EXPECT_EQ(formatAge(((8 * 24 + 2) * 3600 + 59 * 60) * kSecond), "8 d 2 h");
    EXPECT_EQ(formatAge((3 * 3600 + 12 * 60 + 7) * kSecond), "3 h 12 min");
    EXPECT_EQ(formatAge(48 * kSecond + 999 * kMs), "48 s");
    EXPECT_EQ(formatAge(60 * kSecond), "1 min");
    EXPECT_EQ(formatAge(0), "0 s");
    EXPECT_EQ(formatAge(-kSecond), "0 s") << "a clock that ran backwards has no negative age";
}

TEST(FormatCount, groupsThousands)
{
    EXPECT_EQ(formatCount(0), "0");
    EXPECT_EQ(formatCount(999), "999");
    EXPECT_EQ(formatCount(4812), "4,812");
    EXPECT_EQ(formatCount(1'000'000), "1,000,000");
    EXPECT_EQ(formatCount(std::numeric_limits<std::uint64_t>::max()), "18,446,744,073,709,551,615");
}

TEST(FormatDuration, neverShowsFourDigitsBelowAMinute)
{
    EXPECT_TRUE(rc::check([] {
        const auto ns = *rc::gen::inRange<std::int64_t>(0, 59'949'999'999);
        std::size_t digits = 0;
        for (const char c : formatDuration(ns).number) {
            digits += c >= '0' && c <= '9' ? 1U : 0U;
        }
        RC_ASSERT(digits <= 3U);
    }));
}

TEST(FormatNumbers, neverShowFourDigitsInARow)
{
    const auto longestRun = [](const std::string& text) {
        std::size_t best = 0;
        std::size_t run = 0;
        for (const char c : text) {
            run = (c >= '0' && c <= '9') || c == '.' ? run + (c == '.' ? 0 : 1) : 0;
            best = std::max(best, run);
        }
        return best;
    };
    EXPECT_TRUE(rc::check([&](std::int64_t bytes) {
        RC_ASSERT(longestRun(formatBytesBinary(bytes).number) <= 3U);
        RC_ASSERT(longestRun(formatRateDecimal(static_cast<double>(bytes)).number) <= 3U);
        const bool sign = formatBytesBinary(bytes).number.front() == '-';
        RC_ASSERT(sign == (bytes < 0));
    }));
}

TEST(FormatNumbers, joinPutsABlankBeforeEveryUnitButPercent)
{
    EXPECT_EQ((FormattedNumber{"74", "%"}).joined(), "74%");
    EXPECT_EQ((FormattedNumber{"5.9", "GiB"}).joined(), "5.9 GiB");
    EXPECT_EQ((FormattedNumber{kUnknownText, ""}).joined(), kUnknownText);
}
