// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/time_format.h"

#include <cstdint>
#include <gtest/gtest.h>
#include <limits>

using namespace tracedeck;

namespace {
// 2026-11-21T10:42:07.318Z
constexpr std::int64_t kMoment = 1'795'257'727'318'000'000;
} // namespace

TEST(TimeFormat, printsTheMomentInTheGivenOffset)
{
    EXPECT_EQ(formatClockTime(kMoment, 0), "10:42:07.318");
    EXPECT_EQ(formatDayAndTime(kMoment, 0), "21 Nov 10:42:07.318");
    EXPECT_EQ(formatDayAndTime(kMoment, 14 * 3600), "22 Nov 00:42:07.318");
    EXPECT_EQ(formatClockTime(kMoment, -11 * 3600 - 1800), "23:12:07.318");
    EXPECT_EQ(formatDayAndTime(kMoment, -11 * 3600 - 1800), "20 Nov 23:12:07.318");
    EXPECT_EQ(formatDateAndTime(kMoment, 3600), "2026-11-21 11:42:07");
}

TEST(TimeFormat, isoKeepsOnlyTheDigitsTheValueHas)
{
    EXPECT_EQ(formatIsoUtc(kMoment), "2026-11-21T10:42:07.318Z");
    EXPECT_EQ(formatIsoUtc(kMoment + 5'000), "2026-11-21T10:42:07.318005Z");
    EXPECT_EQ(formatIsoUtc(kMoment + 5), "2026-11-21T10:42:07.318000005Z");
    EXPECT_EQ(formatIsoUtc(0), "1970-01-01T00:00:00Z");
}

TEST(TimeFormat, worksBeforeTheEpochAndAtTheEndsOfTheRange)
{
    EXPECT_EQ(formatIsoUtc(-1), "1969-12-31T23:59:59.999999999Z");
    EXPECT_EQ(formatClockTime(-1, 0), "23:59:59.999");
    EXPECT_EQ(formatIsoUtc(std::numeric_limits<std::int64_t>::min()), "1677-09-21T00:12:43.145224192Z");
    EXPECT_EQ(formatIsoUtc(std::numeric_limits<std::int64_t>::max()), "2262-04-11T23:47:16.854775807Z");
    EXPECT_EQ(formatDateAndTime(std::numeric_limits<std::int64_t>::max(), 18 * 3600), "2262-04-12 17:47:16");
}

TEST(TimeFormat, knowsLeapDays)
{
    constexpr std::int64_t kLeapDay = 1'709'164'800'000'000'000; // 2024-02-29
    EXPECT_EQ(formatDayAndTime(kLeapDay, 0), "29 Feb 00:00:00.000");
    EXPECT_EQ(formatDayAndTime(kLeapDay - 1, 0), "28 Feb 23:59:59.999");
}
