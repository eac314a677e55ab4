// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/change_debounce.h"
#include "sources/collector_push.h"

#include <gtest/gtest.h>

namespace tracedeck {
namespace {

TraceChange change(std::uint8_t id, bool isNew = false)
{
    TraceChange made;
    made.traceId.bytes[15] = id;
    made.isNew = isNew;
    return made;
}

TEST(ChangeDebounce, HandsABurstOnOnceAndMerged)
{
    ChangeDebounce debounce;
    EXPECT_EQ(debounce.add({change(1)}, false, 1000), 800);
    EXPECT_EQ(debounce.add({change(2), change(1, true)}, false, 1500), 300);
    EXPECT_FALSE(debounce.take(1799).has_value());
    const auto taken = debounce.take(1800);
    ASSERT_TRUE(taken.has_value());
    EXPECT_EQ(taken->traces, (std::vector<TraceChange>{change(1, true), change(2)}));
    EXPECT_FALSE(taken->resync);
    EXPECT_FALSE(debounce.take(9000).has_value());
}

TEST(ChangeDebounce, KeepsItsDistanceUnderConstantChange)
{
    ChangeDebounce debounce;
    std::int64_t last = -ChangeDebounce::kIntervalMs;
    int taken = 0;
    for (std::int64_t now = 0; now <= 60'000; now += 10) {
        debounce.add({change(1)}, false, now);
        if (debounce.take(now)) {
            EXPECT_GE(now - last, taken == 0 ? 0 : ChangeDebounce::kIntervalMs);
            last = now;
            ++taken;
        }
    }
    EXPECT_EQ(taken, 24); // the first after 0.8 s, then one every 2.5 s
}

TEST(ChangeDebounce, TooManyTracesBecomeOneResync)
{
    ChangeDebounce debounce;
    std::vector<TraceChange> many(ChangeDebounce::kMaxTraces + 1);
    for (std::size_t i = 0; i < many.size(); ++i) {
        many[i].traceId.bytes[0] = static_cast<std::uint8_t>(i >> 8U);
        many[i].traceId.bytes[1] = static_cast<std::uint8_t>(i);
    }
    debounce.add(many, false, 0);
    const auto taken = debounce.take(800);
    ASSERT_TRUE(taken.has_value());
    EXPECT_TRUE(taken->resync);
    EXPECT_TRUE(taken->traces.empty());
}

TEST(ReconnectPause, GrowsToACapAndIsNeverLessThanHalf)
{
    EXPECT_EQ(reconnectPauseMs(0, 0.0), 500);
    EXPECT_EQ(reconnectPauseMs(0, 1.0), 250);
    EXPECT_EQ(reconnectPauseMs(3, 0.0), 4000);
    EXPECT_EQ(reconnectPauseMs(1000, 0.0), 30'000);
    EXPECT_EQ(reconnectPauseMs(1000, 1.0), 15'000);
}

} // namespace
} // namespace tracedeck
