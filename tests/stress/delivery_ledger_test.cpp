// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/stress/delivery_ledger.h"

#include "perf/stress/latency_summary.h"
#include "perf/stress/stress_body.h"

#include "formats/otlp_decode.h"

#include <gtest/gtest.h>
#include <numeric>

namespace tracedeck::stress {
namespace {

TraceChangeMessage messageWith(std::uint64_t sequence, const std::vector<std::uint64_t>& numbers)
{
    TraceChangeMessage message;
    message.sequence = sequence;
    for (const std::uint64_t number : numbers)
        message.changes.push_back({stressTraceId(number), true, false});
    return message;
}

class Ledger : public testing::Test {
protected:
    void take(const TraceChangeMessage& message)
    {
        ledger.take(message, [this](std::uint64_t number) { firsts.push_back(number); });
    }
    DeliveryLedger ledger{100};
    std::vector<std::uint64_t> firsts;
};

TEST_F(Ledger, BalancesWhatWasDeliveredAndWhatWasToldToBeMissing)
{
    EXPECT_FALSE(ledger.opened());
    take({0, true, {}, 2});
    EXPECT_TRUE(ledger.opened());
    take(messageWith(1, {3, 4, 5}));
    EXPECT_EQ(ledger.delivered(), 3U);
    EXPECT_EQ(ledger.dropped(), 2U);
    EXPECT_TRUE(ledger.settled(5));
    EXPECT_FALSE(ledger.settled(6));
    EXPECT_TRUE(ledger.has(4));
    EXPECT_FALSE(ledger.has(6));
    EXPECT_FALSE(ledger.has(100'000));
    EXPECT_EQ(firsts, (std::vector<std::uint64_t>{3, 4, 5}));
    EXPECT_EQ(ledger.duplicates() + ledger.gaps() + ledger.strangers(), 0U);
}

TEST_F(Ledger, SeesDuplicatesGapsAndStrangers)
{
    take(messageWith(0, {1, 2, 2}));
    EXPECT_EQ(ledger.duplicates(), 1U);
    take(messageWith(2, {1}));
    EXPECT_EQ(ledger.gaps(), 1U);
    EXPECT_EQ(ledger.duplicates(), 2U);
    take(messageWith(3, {101, 0}));
    EXPECT_EQ(ledger.strangers(), 2U);
    TraceChangeMessage foreign;
    foreign.sequence = 4;
    foreign.changes.resize(1);
    take(foreign);
    EXPECT_EQ(ledger.strangers(), 3U);
    EXPECT_EQ(ledger.gaps(), 1U);
    EXPECT_EQ(ledger.delivered(), 2U);
}

TEST(StressBody, IdsComeBackAndBodiesHoldWhatTheySay)
{
    for (const std::uint64_t number : {std::uint64_t{1}, std::uint64_t{255}, std::uint64_t{256}, ~std::uint64_t{0}})
        EXPECT_EQ(stressTraceNumber(stressTraceId(number)), number);
    EXPECT_EQ(stressTraceNumber(TraceId{}), 0U);
    OtlpTraces decoded;
    ASSERT_TRUE(decodeOtlpTraces(stressBody(7, 3, 4, 2), OtlpEncoding::Protobuf, decoded).ok());
    EXPECT_EQ(decoded.spans.rows(), 12U);
    EXPECT_EQ(decoded.rejected, 2U);
    EXPECT_EQ(decoded.spans.traceId.front(), stressTraceId(7));
    EXPECT_EQ(decoded.spans.traceId.back(), stressTraceId(9));
}

TEST(LatencySummary, TakesTheNearestRank)
{
    std::vector<std::int64_t> samples(100);
    std::iota(samples.rbegin(), samples.rend(), 1);
    for (std::int64_t& sample : samples)
        sample *= 1'000'000;
    const LatencySummary summary = summarizeLatency(samples);
    EXPECT_EQ(summary.samples, 100U);
    EXPECT_EQ(summary.p50, 50);
    EXPECT_EQ(summary.p95, 95);
    EXPECT_EQ(summary.p99, 99);
    EXPECT_EQ(summary.max, 100);
    EXPECT_EQ(summarizeLatency({2'500'000}).p50, 2.5);
    EXPECT_EQ(summarizeLatency({}).samples, 0U);
}

} // namespace
} // namespace tracedeck::stress
