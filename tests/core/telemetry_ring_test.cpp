// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry_ring.h"

#include <gtest/gtest.h>
#include <thread>

namespace tracedeck {
namespace {

StageRecord recordOf(std::uint64_t number)
{
    return {Stage::Derive,
            static_cast<std::uint16_t>(number % 7),
            number,
            static_cast<std::int64_t>(number) + 10,
            -5,
            static_cast<std::uint32_t>(number * 3),
            number % 2 == 1};
}

void expectIs(const StageRecord& record, std::uint64_t number)
{
    const StageRecord expected = recordOf(number);
    EXPECT_EQ(record.stage, expected.stage);
    EXPECT_EQ(record.source, expected.source);
    EXPECT_EQ(record.cycle, expected.cycle);
    EXPECT_EQ(record.startNs, expected.startNs);
    EXPECT_EQ(record.durationNs, expected.durationNs);
    EXPECT_EQ(record.rows, expected.rows);
    EXPECT_EQ(record.changed, expected.changed);
}

TEST(TelemetryRing, DrainsWhatWasPushedOnceInOrder)
{
    TelemetryRing ring(8);
    std::vector<StageRecord> out;
    EXPECT_EQ(ring.drain(out), 0U);
    EXPECT_TRUE(out.empty());
    for (std::uint64_t i = 0; i < 5; ++i) {
        ring.push(recordOf(i));
    }
    EXPECT_EQ(ring.drain(out), 0U);
    ASSERT_EQ(out.size(), 5U);
    for (std::uint64_t i = 0; i < 5; ++i) {
        expectIs(out[i], i);
    }
    EXPECT_EQ(ring.drain(out), 0U);
    EXPECT_EQ(out.size(), 5U);
    EXPECT_EQ(ring.pushed(), 5U);
}

TEST(TelemetryRing, OverwritesTheOldestAndCountsThem)
{
    TelemetryRing ring(4);
    std::vector<StageRecord> out;
    for (std::uint64_t i = 0; i < 11; ++i) {
        ring.push(recordOf(i));
    }
    EXPECT_EQ(ring.drain(out), 7U);
    ASSERT_EQ(out.size(), 4U);
    expectIs(out.front(), 7);
    expectIs(out.back(), 10);
}

TEST(TelemetryRing, ZeroCapacityStillHoldsOne)
{
    TelemetryRing ring(0);
    std::vector<StageRecord> out;
    ring.push(recordOf(1));
    EXPECT_EQ(ring.drain(out), 0U);
    ASSERT_EQ(out.size(), 1U);
}

TEST(TelemetryRing, ManyWritersNeverTearARecord)
{
    TelemetryRing ring(64);
    constexpr std::uint64_t kEach = 20000;
    constexpr std::uint64_t kWriters = 3;
    std::vector<std::thread> writers;
    for (std::uint64_t writer = 0; writer < kWriters; ++writer) {
        writers.emplace_back([&ring, writer] {
            for (std::uint64_t i = 0; i < kEach; ++i) {
                ring.push(recordOf(writer * kEach + i));
            }
        });
    }
    std::vector<StageRecord> out;
    std::uint64_t lost = 0;
    while (ring.pushed() < kWriters * kEach) {
        lost += ring.drain(out);
    }
    for (std::thread& writer : writers) {
        writer.join();
    }
    lost += ring.drain(out); // the second call gives up a record whose writer was overtaken
    lost += ring.drain(out);
    for (const StageRecord& record : out) {
        expectIs(record, record.cycle);
    }
    EXPECT_LE(out.size() + lost, kWriters * kEach);
    EXPECT_GT(out.size(), 0U);
}

} // namespace
} // namespace tracedeck
