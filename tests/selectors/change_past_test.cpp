// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/change_past.h"

#include <gtest/gtest.h>
#include <string>

namespace tracedeck {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kMinute = 60 * kSecond;

/// Marks of one row that differ from those of every other number.
std::shared_ptr<const RowMarks> marksNumber(std::uint64_t number, std::size_t textBytes = 0)
{
    RowMarks marks;
    marks.keys = {number};
    marks.texts.intern(std::string(textBytes, 'x'));
    return std::make_shared<const RowMarks>(std::move(marks));
}

/// A past that saw another table every five seconds for so long, ending at `end`.
ChangePast busyPast(std::int64_t end, std::int64_t length, std::size_t textBytes = 0)
{
    ChangePast past;
    for (std::int64_t at = end - length; at <= end; at += 5 * kSecond) {
        past = withMoment(std::move(past), marksNumber(static_cast<std::uint64_t>(at / kSecond), textBytes), at);
    }
    return past;
}

TEST(ChangePast, NothingSeenIsNoAnswer)
{
    EXPECT_EQ(pastAt({}, 5).marks, nullptr);
    EXPECT_FALSE(pastAt({}, 5).shorter);
}

TEST(ChangePast, EqualTablesAreKeptOnceAndLengthenTheStretch)
{
    ChangePast past = withMoment({}, marksNumber(1), kMinute);
    past = withMoment(past, marksNumber(1), 2 * kMinute);
    ASSERT_EQ(past.moments.size(), 1U);
    EXPECT_EQ(past.moments[0].fromNs, kMinute);
    EXPECT_EQ(past.moments[0].untilNs, 2 * kMinute);
    const PastAnswer inside = pastAt(past, kMinute + kSecond);
    EXPECT_EQ(inside.seenNs, kMinute + kSecond) << "it looked so at that very moment";
    EXPECT_FALSE(inside.shorter);
    EXPECT_EQ(pastAt(past, 9 * kMinute).seenNs, 2 * kMinute) << "nobody looked after that";
}

TEST(ChangePast, SaysWhenItDoesNotReachBackThatFar)
{
    const ChangePast past = withMoment({}, marksNumber(1), 10 * kMinute);
    const PastAnswer answer = pastAt(past, 9 * kMinute);
    EXPECT_TRUE(answer.shorter);
    EXPECT_EQ(answer.seenNs, 10 * kMinute);
    EXPECT_NE(answer.marks, nullptr);
}

TEST(ChangePast, AnswersEveryWindowOfABusyHourCloseToTheTimeAskedFor)
{
    constexpr std::int64_t kEnd = 500 * kMinute;
    const ChangePast past = busyPast(kEnd, 90 * kMinute);
    EXPECT_LE(past.moments.size(), kPastMoments);
    for (const std::int64_t minutes : {5, 15, 60}) {
        const std::int64_t wanted = kEnd - minutes * kMinute;
        const PastAnswer answer = pastAt(past, wanted);
        ASSERT_NE(answer.marks, nullptr);
        EXPECT_FALSE(answer.shorter) << minutes;
        EXPECT_LE(answer.seenNs, wanted);
        EXPECT_GE(answer.seenNs,
                  wanted
                      - (minutes == 5        ? 35 * kSecond
                             : minutes == 15 ? 65 * kSecond
                                             : 3 * kMinute + 5 * kSecond))
            << minutes;
        EXPECT_EQ(answer.marks->keys[0], static_cast<std::uint64_t>(answer.seenNs / kSecond)) << "of that very moment";
    }
}

TEST(ChangePast, StretchesOfAFewMinutesBeginHalfAMinuteApart)
{
    // Far below the limits of number and bytes: what is kept is kept by age alone.
    constexpr std::int64_t kEnd = 500 * kMinute;
    for (const std::int64_t length : {25 * kSecond, 2 * kMinute, 7 * kMinute}) {
        const ChangePast past = busyPast(kEnd, length);
        EXPECT_EQ(past.moments.size(),
                  static_cast<std::size_t>(length / (30 * kSecond)) + (length < 30 * kSecond ? 2 : 1));
        for (std::size_t i = 1; i + 1 < past.moments.size(); ++i) {
            EXPECT_EQ(past.moments[i].fromNs - past.moments[i - 1].fromNs, 30 * kSecond) << i;
        }
        EXPECT_EQ(past.moments.front().fromNs, kEnd - length) << "what it began with stays";
        EXPECT_EQ(past.moments.back().fromNs, kEnd);
    }
}

TEST(ChangePast, KeepsWithinItsBytesAndStillKnowsTheOldest)
{
    constexpr std::int64_t kEnd = 500 * kMinute;
    constexpr std::size_t kLarge = kPastBytes / 8;
    const ChangePast past = busyPast(kEnd, 30 * kMinute, kLarge);
    EXPECT_LE(past.memoryBytes(), kPastBytes);
    EXPECT_EQ(past.moments.front().fromNs, kEnd - 30 * kMinute);
    EXPECT_EQ(past.moments.back().fromNs, kEnd);
}

TEST(ChangePast, BeyondTheHourOnlyTheNewestStays)
{
    ChangePast past = withMoment({}, marksNumber(1), kMinute);
    past = withMoment(past, marksNumber(2), 2 * kMinute);
    past = withMoment(past, marksNumber(3), 200 * kMinute);
    ASSERT_EQ(past.moments.size(), 2U);
    EXPECT_EQ(past.moments[0].marks->keys[0], 2U);
    EXPECT_EQ(pastAt(past, 140 * kMinute).marks->keys[0], 2U);
}

TEST(ChangePast, AClockThatWentBackBeginsAnew)
{
    ChangePast past = withMoment({}, marksNumber(1), 100 * kMinute);
    past = withMoment(past, marksNumber(2), 50 * kMinute);
    ASSERT_EQ(past.moments.size(), 1U);
    EXPECT_EQ(past.moments[0].fromNs, 50 * kMinute);
}

} // namespace
} // namespace tracedeck
