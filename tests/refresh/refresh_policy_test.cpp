// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/refresh_policy.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tracedeck {
namespace {

using std::chrono::seconds;
constexpr std::int64_t kSecond = 1'000'000'000;

std::optional<std::int64_t> next(const RefreshConditions& conditions, const RefreshHistory& history)
{
    return nextFetchNs(seconds(5), seconds(1), conditions, history);
}

TEST(RefreshPolicy, CountsFromStartToStart)
{
    EXPECT_EQ(next({}, {10 * kSecond, 0, 0, 0}), 10 * kSecond);
    EXPECT_EQ(next({}, {10 * kSecond, 1, 0, 0}), 11 * kSecond);
    EXPECT_EQ(next({}, {10 * kSecond, 2, 0, 0}), 15 * kSecond);
}

TEST(RefreshPolicy, OffIsNever)
{
    EXPECT_FALSE(next({false, true, false, false}, {0, 0, 0, 0}));
    EXPECT_FALSE(next({false, true, false, false}, {0, 9, 3, 0}));
}

TEST(RefreshPolicy, HiddenIdleAndBatteryAreSlower)
{
    EXPECT_EQ(next({true, false, false, false}, {0, 5, 0, 0}), 30 * kSecond);
    EXPECT_EQ(next({true, true, true, false}, {0, 5, 0, 0}), 10 * kSecond);
    EXPECT_EQ(next({true, true, false, true}, {0, 5, 0, 0}), 10 * kSecond);
    EXPECT_EQ(next({true, false, true, true}, {0, 5, 0, 0}), 120 * kSecond);
    EXPECT_EQ(nextFetchNs(seconds(100), seconds(1), {true, false, true, true}, {0, 5, 0, 0}), 300 * kSecond);
}

TEST(RefreshPolicy, AFailedFirstFetchIsNotRepeatedAsSecondSample)
{
    EXPECT_GE(*next({}, {0, 1, 1, 0}), 8 * kSecond);
}

RC_GTEST_PROP(RefreshPolicy, BackOffGrowsStaysBoundedAndRepeatable, (std::uint64_t seed))
{
    const auto failures = *rc::gen::inRange<std::uint32_t>(1, 1000);
    const RefreshHistory history{0, 7, failures, seed};
    const std::int64_t delay = *next({}, history);
    const double plain = failures < 6 ? 5.0 * (1U << failures) : 300.0;
    RC_ASSERT(delay == *next({}, history));
    RC_ASSERT(delay >= static_cast<std::int64_t>(plain * 0.79 * kSecond));
    RC_ASSERT(delay <= static_cast<std::int64_t>(plain * 1.21 * kSecond));
}

RC_GTEST_PROP(RefreshPolicy, SourcesThatFailTogetherDoNotRetryTogether, (std::uint64_t seed))
{
    RC_ASSERT(*next({}, {0, 7, 4, seed}) != *next({}, {0, 7, 4, seed + 1}));
}

} // namespace
} // namespace tracedeck
