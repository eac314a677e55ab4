// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/demo/demo_trace.h"

#include "formats/otlp_decode.h"

#include <gtest/gtest.h>
#include <set>

namespace tracedeck::demo {
namespace {

constexpr std::int64_t kStart = 1'790'000'000'000'000'000;

TEST(DemoTrace, IsTheSameForTheSameNumber)
{
    EXPECT_EQ(demoTraceBody(7, kStart, "box"), demoTraceBody(7, kStart, "box"));
    EXPECT_NE(demoTraceBody(7, kStart, "box"), demoTraceBody(8, kStart, "box"));
    EXPECT_EQ(demoTraceId(1), demoTraceId(1));
}

TEST(DemoTrace, EveryTraceIsWholeAndAsItsFactsSay)
{
    std::set<TraceId> ids;
    std::size_t failed = 0;
    for (std::uint64_t number = 1; number <= 300; ++number) {
        OtlpTraces decoded;
        ASSERT_TRUE(decodeOtlpTraces(demoTraceBody(number, kStart, "box"), OtlpEncoding::Protobuf, decoded).ok());
        EXPECT_EQ(decoded.rejected, 0U);
        const SpanTable& spans = decoded.spans;
        ASSERT_EQ(spans.rows(), demoTraceFacts(number).spans);
        std::set<std::uint64_t> spanIds;
        std::size_t roots = 0;
        for (std::size_t row = 0; row < spans.rows(); ++row) {
            EXPECT_EQ(spans.traceId[row], demoTraceId(number));
            EXPECT_GE(spans.startNs[row], kStart);
            roots += spans.parentSpanId[row].isZero() ? 1 : 0;
            spanIds.insert(spans.spanId[row].value);
        }
        EXPECT_EQ(roots, 1U);
        EXPECT_EQ(spanIds.size(), spans.rows());
        for (std::size_t row = 0; row < spans.rows(); ++row) {
            const SpanId parent = spans.parentSpanId[row];
            EXPECT_TRUE(parent.isZero() || spanIds.count(parent.value) == 1U);
        }
        ids.insert(demoTraceId(number));
        failed += demoTraceFacts(number).failed ? 1 : 0;
    }
    EXPECT_EQ(ids.size(), 300U);
    EXPECT_GT(failed, 5U);
    EXPECT_LT(failed, 60U);
}

} // namespace
} // namespace tracedeck::demo
