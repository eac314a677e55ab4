// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/store_retention.h"
#include "collector/trace_store_impl.h"
#include "tests/collector/summary_model.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <random>

namespace tracedeck::test {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;

/// Runs retention to the end of a pass, as the writer does when nothing else waits.
void retain(StoreFixture& fixture)
{
    fixture.store().impl().writer->runAndWait([](WriterState& state) {
        StoreRetention retention;
        while (retention.step(state, true)) { }
    });
}

bool has(StoreFixture& fixture, std::uint64_t number)
{
    return fixture.read(traceIdOf(number)).ok();
}

std::string randomText(std::mt19937& random, std::size_t size)
{
    std::string text(size, ' ');
    for (char& letter : text) {
        letter = static_cast<char>('!' + random() % 90);
    }
    return text;
}

/// A body that does not compress.
std::string bulkyBody(std::uint64_t number, std::mt19937& random, bool own)
{
    SpanSpec span{traceIdOf(number), 1, 0, 1, 2, "bulk", randomText(random, 40'000), false, own};
    return traceBody({span});
}

TEST(StoreRetention, removesByAgeOfReceiptAndKeepsPinnedTraces)
{
    StoreFixture fixture;
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(1), 1}, {traceIdOf(2), 1}})));
    ASSERT_TRUE(fixture.submit(OtlpSignal::Logs, logBody({traceIdOf(1), TraceId{}}, "old")));
    fixture.store().setPinned(traceIdOf(2), true);
    fixture.nowNs += 4 * kDay;
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(3), 1}})));
    fixture.nowNs += 4 * kDay;
    retain(fixture);
    EXPECT_FALSE(has(fixture, 1));
    EXPECT_TRUE(has(fixture, 2));
    EXPECT_TRUE(has(fixture, 3));
    EXPECT_EQ(fixture.store().status().traces, 2U);
    EXPECT_EQ(fixture.store().status().logs, 0U);
    expectSummariesMatchSpans(fixture);
    fixture.store().setPinned(traceIdOf(2), false);
    retain(fixture);
    EXPECT_FALSE(has(fixture, 2));
    EXPECT_TRUE(has(fixture, 3));
}

TEST(StoreRetention, keepsATraceWholeWhileItStillGrows)
{
    StoreFixture fixture;
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(1), 1}, {traceIdOf(2), 1}})));
    fixture.nowNs += 6 * kDay;
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(1), 2, 1}})));
    fixture.nowNs += 2 * kDay;
    retain(fixture);
    EXPECT_EQ(fixture.read(traceIdOf(1))->spans.rows(), 2U);
    EXPECT_FALSE(has(fixture, 2));
    fixture.nowNs += 6 * kDay;
    retain(fixture);
    EXPECT_FALSE(has(fixture, 1));
    const Result<std::int64_t> left = [&] {
        Result<std::int64_t> rows = 0;
        fixture.store().impl().writer->runAndWait([&](WriterState& state) {
            rows = state.database.integerOf("SELECT (SELECT count(*) FROM body) + (SELECT count(*) FROM request)");
        });
        return rows;
    }();
    EXPECT_EQ(*left, 0);
}

TEST(StoreRetention, ownTracesGoAfterADay)
{
    StoreFixture fixture;
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(1), 1, 0, 1, 2, "tracedeck", "poll", false, true}})));
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(2), 1}})));
    fixture.nowNs += kDay + kSecond;
    retain(fixture);
    EXPECT_FALSE(has(fixture, 1));
    EXPECT_TRUE(has(fixture, 2));
    EXPECT_EQ(fixture.store().status().ownTraces, 0U);
}

TEST(StoreRetention, removesTheOldestWhenTheStoreIsTooLarge)
{
    StoreFixture fixture;
    fixture.options.retentionBytes = std::uint64_t{4} << 20U;
    fixture.options.ownRetentionBytes = std::uint64_t{1} << 20U;
    fixture.reopen();
    std::mt19937 random(3);
    for (std::uint64_t i = 1; i <= 200; ++i) {
        ASSERT_TRUE(fixture.submitTraces(bulkyBody(i, random, i <= 60)));
        fixture.nowNs += kSecond;
    }
    retain(fixture);
    std::uint64_t used = 0;
    fixture.store().impl().writer->runAndWait([&](WriterState& state) { used = usedBytes(state.database); });
    EXPECT_LE(used, std::uint64_t{4} << 20U);
    EXPECT_GT(used, std::uint64_t{2} << 20U);
    EXPECT_FALSE(has(fixture, 1)); // own, beyond 1 MiB of own traces
    EXPECT_FALSE(has(fixture, 61));
    EXPECT_TRUE(has(fixture, 200));
    EXPECT_LE(fixture.store().status().ownTraces, 40U);
    expectSummariesMatchSpans(fixture);
}

TEST(StoreRetention, newLimitsHoldAtOnceWhileTheStoreRuns)
{
    StoreFixture fixture;
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(1), 1}})));
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(2), 1, 0, 1, 2, "tracedeck", "poll", false, true}})));
    fixture.nowNs += 2 * kDay;
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(3), 1}})));
    retain(fixture);
    ASSERT_TRUE(has(fixture, 1));
    RetentionLimits limits;
    limits.retentionNs = kDay;
    limits.retentionBytes = std::uint64_t{5} << 30U;
    fixture.store().setRetention(limits);
    fixture.settle();
    EXPECT_EQ(fixture.store().status().retentionNs, kDay);
    EXPECT_EQ(fixture.store().status().retentionBytes, std::uint64_t{5} << 30U);
    // The clock stands: only the change itself can have begun another pass.
    for (int i = 0; i < 1000 && has(fixture, 1); ++i) {
        fixture.settle();
    }
    EXPECT_FALSE(has(fixture, 1));
    EXPECT_TRUE(has(fixture, 3));
}

TEST(StoreRetention, everythingPinnedEndsThePass)
{
    StoreFixture fixture;
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(1), 1}})));
    fixture.store().setPinned(traceIdOf(1), true);
    fixture.settle();
    fixture.options.retentionBytes = 1; // only now: the first pass begins with the store
    fixture.reopen();
    retain(fixture);
    EXPECT_TRUE(has(fixture, 1));
}

TEST(StoreClear, removesEverythingButPinnedAndGivesTheSpaceBack)
{
    StoreFixture fixture;
    std::mt19937 random(5);
    for (std::uint64_t i = 1; i <= 60; ++i) {
        ASSERT_TRUE(fixture.submitTraces(bulkyBody(i, random, false)));
    }
    ASSERT_TRUE(fixture.submit(OtlpSignal::Logs, logBody({traceIdOf(5), traceIdOf(6)}, "kept with its trace")));
    ASSERT_TRUE(fixture.submit(OtlpSignal::Logs, logBody({traceIdOf(7)}, "gone")));
    const std::uint64_t before = fixture.store().status().databaseBytes;
    fixture.store().setPinned(traceIdOf(5), true);
    const std::uint64_t generation = fixture.store().status().otherGeneration;
    ASSERT_TRUE(fixture.store().clear(false));
    EXPECT_EQ(fixture.store().status().traces, 1U);
    EXPECT_EQ(fixture.store().status().logs, 2U);
    EXPECT_TRUE(has(fixture, 5));
    EXPECT_GT(fixture.store().status().otherGeneration, generation);
    EXPECT_LT(std::filesystem::file_size(fixture.databasePath()), before / 4);
    expectSummariesMatchSpans(fixture);
    ASSERT_TRUE(fixture.store().clear(true));
    EXPECT_EQ(fixture.store().status().traces, 0U);
    EXPECT_EQ(fixture.store().status().logs, 0U);
    EXPECT_TRUE(fixture.store().services(true)->empty());
    EXPECT_EQ(fixture.store().listTraces({})->traces.rows(), 0U);
}

TEST(StoreClear, whatWasClearedMayBeSentAgain)
{
    StoreFixture fixture;
    const std::string body = traceBody({{traceIdOf(1), 1}});
    ASSERT_TRUE(fixture.submitTraces(body));
    ASSERT_TRUE(fixture.store().clear(true));
    EXPECT_FALSE(fixture.submitTraces(body)->duplicate);
    EXPECT_EQ(fixture.store().status().traces, 1U);
}

} // namespace
} // namespace tracedeck::test
