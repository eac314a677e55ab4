// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/refresh_policy.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tracedeck {
namespace {

using std::chrono::seconds;
constexpr std::int64_t kPolicySecond = 1'000'000'000;

std::optional<std::int64_t> dueAfter(const RefreshConditions& conditions, const RefreshHistory& history)
{
    return nextFetchNs(seconds(5), seconds(1), conditions, history);
}

TEST(RefreshPolicy, CountsFromStartToStart)
{
    EXPECT_EQ(dueAfter({}, {10 * kPolicySecond, 0, 0, 0}), 10 * kPolicySecond);
    EXPECT_EQ(dueAfter({}, {10 * kPolicySecond, 1, 0, 0}), 11 * kPolicySecond);
    EXPECT_EQ(dueAfter({}, {10 * kPolicySecond, 2, 0, 0}), 15 * kPolicySecond);
}

TEST(RefreshPolicy, OffIsNever)
{
    EXPECT_FALSE(dueAfter({false, true, false, false}, {0, 0, 0, 0}));
    EXPECT_FALSE(dueAfter({false, true, false, false}, {0, 9, 3, 0}));
}

TEST(RefreshPolicy, HiddenIdleAndBatteryAreSlower)
{
    EXPECT_EQ(dueAfter({true, false, false, false}, {0, 5, 0, 0}), 30 * kPolicySecond);
    EXPECT_EQ(dueAfter({true, true, true, false}, {0, 5, 0, 0}), 10 * kPolicySecond);
    EXPECT_EQ(dueAfter({true, true, false, true}, {0, 5, 0, 0}), 10 * kPolicySecond);
    EXPECT_EQ(dueAfter({true, false, true, true}, {0, 5, 0, 0}), 120 * kPolicySecond);
    EXPECT_EQ(nextFetchNs(seconds(100), seconds(1), {true, false, true, true}, {0, 5, 0, 0}), 300 * kPolicySecond);
}

TEST(RefreshPolicy, AFailedFirstFetchIsNotRepeatedAsSecondSample)
{
    EXPECT_GE(*dueAfter({}, {0, 1, 1, 0}), 8 * kPolicySecond);
}

RC_GTEST_PROP(RefreshPolicy, BackOffGrowsStaysBoundedAndRepeatable, (std::uint64_t seed))
{
    const auto failures = *rc::gen::inRange<std::uint32_t>(1, 1000);
    const RefreshHistory history{0, 7, failures, seed};
    const std::int64_t delay = *dueAfter({}, history);
    const double plain = failures < 6 ? 5.0 * (1U << failures) : 300.0;
    RC_ASSERT(delay == *dueAfter({}, history));
    RC_ASSERT(delay >= static_cast<std::int64_t>(plain * 0.79 * kPolicySecond));
    RC_ASSERT(delay <= static_cast<std::int64_t>(plain * 1.21 * kPolicySecond));
}

RC_GTEST_PROP(RefreshPolicy, SourcesThatFailTogetherDoNotRetryTogether, (std::uint64_t seed))
{
    RC_ASSERT(*dueAfter({}, {0, 7, 4, seed}) != *dueAfter({}, {0, 7, 4, seed + 1}));
}

} // namespace
} // namespace tracedeck
