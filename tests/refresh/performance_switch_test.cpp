// SPDX-License-Identifier: GPL-3.0-or-later
// Every switch is a way back: off must give the results of on.
#include "core/performance_switches.h"
#include "refresh/equality_gate.h"
#include "refresh/query_cache.h"
#include "refresh/refresh_policy.h"
#include "scripted_fleet.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tracedeck {
namespace {

/// Turns a switch off for the life of the object.
class Off {
public:
    explicit Off(std::atomic<bool>& flag) : m_flag(flag) { m_flag = false; }
    ~Off() { m_flag = true; }
    Off(const Off&) = delete;
    Off& operator=(const Off&) = delete;

private:
    std::atomic<bool>& m_flag;
};

RC_GTEST_PROP(PerformanceSwitch, GateOffAdmitsTheSameRows, (const std::vector<std::uint8_t>& polls))
{
    EqualityGate with;
    EqualityGate without;
    for (const std::uint8_t poll : polls) {
        FleetSnapshot first = snapshotOf("a", 3, poll % 3);
        FleetSnapshot second = snapshotOf("a", 3, poll % 3);
        (void)with.admit(first);
        const Off off(performanceSwitches().gate);
        RC_ASSERT(without.admit(second).changed()); // everything is worked through
        RC_ASSERT(*first.infrastructure == *second.infrastructure);
        RC_ASSERT(*first.workloads == *second.workloads);
        RC_ASSERT(!without.sameBytes("abc"));
    }
}

TEST(PerformanceSwitch, QueryCacheOffAsksEveryTimeAndAnswersTheSame)
{
    using Cache = QueryCache<std::string>;
    for (const bool on : {true, false}) {
        performanceSwitches().queryCache = on;
        Cache cache;
        std::vector<std::string> got;
        int requests = 0;
        for (int i = 0; i < 4; ++i) {
            const auto waiter = [&got](const Result<Cache::Pointer>& result) { got.push_back(**result); };
            const Cache::Decision decision = cache.ask("k", i, QueryReach::Kept, 0, waiter);
            if (decision.kind == Cache::Decision::Kind::Fresh) {
                got.push_back(*decision.value);
                continue;
            }
            ++requests;
            EXPECT_TRUE(on || decision.etag.empty());
            cache.complete("k", decision.flight, i,
                           Cache::Answer{std::make_shared<const std::string>("value"), "etag"});
        }
        EXPECT_EQ(got, std::vector<std::string>(4, "value"));
        EXPECT_EQ(requests, on ? 1 : 4);
    }
    performanceSwitches().queryCache = true;
}

TEST(RefreshPace, SlowdownStretchesEveryDelayButTheSecondSample)
{
    using std::chrono::seconds;
    RefreshConditions conditions;
    RefreshHistory history;
    history.fetches = 5;
    const std::int64_t usual = *nextFetchNs(seconds(5), seconds(1), conditions, history);
    conditions.slowdown = 4;
    EXPECT_EQ(*nextFetchNs(seconds(5), seconds(1), conditions, history), 4 * usual);
    conditions.slowdown = 0;
    EXPECT_EQ(*nextFetchNs(seconds(5), seconds(1), conditions, history), usual) << "nonsense counts as 1";
    conditions.slowdown = 4;
    history.fetches = 1;
    EXPECT_EQ(*nextFetchNs(seconds(5), seconds(1), conditions, history), 1'000'000'000) << "rates come at once";
    conditions.autoRefresh = false;
    EXPECT_FALSE(nextFetchNs(seconds(5), seconds(1), conditions, history).has_value());
}

} // namespace
} // namespace tracedeck
