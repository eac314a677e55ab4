// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_trace_stream.h"

#include "formats/otlp_encode.h"
#include "tests/formats/otlp_table_text.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace tracedeck::test {
namespace {

std::string bodyOf(std::uint32_t seed, std::size_t spans)
{
    const SpanTable table = arbitrarySpans(seed, spans);
    return encodeOtlpTraces(table, allRows(table.rows()), OtlpEncoding::Protobuf);
}

RC_GTEST_PROP(OtlpTraceStreamProperty, PiecesCutAnywhereGiveWhatTheWholeGives, (std::uint32_t seed))
{
    // Bodies follow each other without a mark between them, as the collector sends those of one trace.
    std::string body = bodyOf(seed, seed % 12) + bodyOf(seed + 1, seed % 7);
    if (*rc::gen::arbitrary<bool>()) {
        body += std::string("\x12\x03zzz", 5); // a field this version does not know
    }
    OtlpTraces whole;
    RC_ASSERT(decodeOtlpTraces(body, OtlpEncoding::Protobuf, whole).ok());
    OtlpTraceStream stream;
    for (std::size_t at = 0; at < body.size();) {
        const std::size_t length = *rc::gen::inRange<std::size_t>(1, 400);
        RC_ASSERT(stream.add(std::string_view(body).substr(at, length)).ok());
        at += length;
    }
    RC_ASSERT(stream.finish().ok());
    const OtlpTraces back = stream.take();
    RC_ASSERT(describeSpans(back.spans) == describeSpans(whole.spans));
    RC_ASSERT(back.rejected == whole.rejected);
}

RC_GTEST_PROP(OtlpTraceStreamProperty, ABodyThatEndsTooEarlyIsMalformed, (std::uint32_t seed))
{
    const std::string body = bodyOf(seed, 1 + seed % 5);
    const std::size_t length = *rc::gen::inRange<std::size_t>(1, body.size());
    OtlpTraceStream stream;
    const Result<void> added = stream.add(std::string_view(body).substr(0, length));
    const Result<void> end = added.ok() ? stream.finish() : added;
    const bool onBoundary = completeFieldBytes(std::string_view(body).substr(0, length)) == length;
    RC_ASSERT(end.ok() == onBoundary);
    RC_ASSERT((end.ok() || end.error().code == ErrorCode::Malformed));
}

TEST(OtlpTraceStream, GivesBytesBackAsSoonAsARecordIsComplete)
{
    const std::string body = bodyOf(3, 4);
    OtlpTraceStream stream;
    ASSERT_TRUE(stream.add(body + body.substr(0, 10)).ok());
    EXPECT_LE(stream.waitingBytes(), body.size());
    ASSERT_TRUE(stream.add(body.substr(10)).ok());
    EXPECT_EQ(stream.waitingBytes(), 0U);
    EXPECT_EQ(stream.take().spans.rows(), 8U);
}

TEST(OtlpTraceStream, KeepsTheSpansOfTheOneTrace)
{
    const SpanTable table = arbitrarySpans(5, 30);
    OtlpTraceStream stream(table.traceId[0]);
    ASSERT_TRUE(stream.add(encodeOtlpTraces(table, allRows(table.rows()), OtlpEncoding::Protobuf)).ok());
    ASSERT_TRUE(stream.finish().ok());
    const SpanTable kept = stream.take().spans;
    ASSERT_GT(kept.rows(), 0U);
    for (const TraceId& id : kept.traceId) {
        EXPECT_EQ(id, table.traceId[0]);
    }
}

TEST(OtlpTraceStream, WhatIsNoProtobufIsSaidAtOnce)
{
    OtlpTraceStream stream;
    const Result<void> added = stream.add("{\"resourceSpans\":[]}");
    ASSERT_FALSE(added.ok());
    EXPECT_EQ(added.error().code, ErrorCode::Malformed);
}

} // namespace
} // namespace tracedeck::test
