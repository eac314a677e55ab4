// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_decode.h"
#include "formats/otlp_encode.h"
#include "tests/formats/otlp_table_text.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck.h>

using namespace tracedeck;
using namespace tracedeck::test;

namespace {

std::vector<std::string> sorted(std::vector<std::string> lines)
{
    std::sort(lines.begin(), lines.end());
    return lines;
}

class RoundTrip : public testing::TestWithParam<OtlpEncoding> { };

} // namespace

TEST_P(RoundTrip, spansComeBackRowForRow)
{
    EXPECT_TRUE(rc::check("decode(encode(spans)) = spans", [](std::uint32_t seed) {
        const SpanTable table = arbitrarySpans(seed, seed % 20);
        const std::string body = encodeOtlpTraces(table, allRows(table.rows()), GetParam());
        OtlpTraces back;
        RC_ASSERT(decodeOtlpTraces(body, GetParam(), back).ok());
        RC_ASSERT(back.rejected == 0U);
        RC_ASSERT(describeSpans(back.spans) == describeSpans(table));
    }));
}

TEST_P(RoundTrip, logsComeBackRowForRow)
{
    EXPECT_TRUE(rc::check("decode(encode(logs)) = logs", [](std::uint32_t seed) {
        const LogTable table = arbitraryLogs(seed, seed % 20);
        const Result<OtlpLogs> back = decodeOtlpLogs(encodeOtlpLogs(table, GetParam()), GetParam());
        RC_ASSERT(back.ok());
        RC_ASSERT(back->rejected == 0U);
        RC_ASSERT(describeLogs(back->logs) == describeLogs(table));
    }));
}

TEST_P(RoundTrip, aSubsetOfRowsKeepsItsOwners)
{
    const SpanTable table = arbitrarySpans(7, 40);
    const std::vector<std::uint32_t> rows = {39, 3, 17, 4, 0};
    OtlpTraces back;
    ASSERT_TRUE(decodeOtlpTraces(encodeOtlpTraces(table, rows, GetParam()), GetParam(), back).ok());
    std::vector<std::string> wanted;
    for (const std::uint32_t row : rows) {
        wanted.push_back(describeSpan(table, row));
    }
    EXPECT_EQ(sorted(describeSpans(back.spans)), sorted(wanted));
}

TEST_P(RoundTrip, severalBodiesAppendToOneTable)
{
    const SpanTable first = arbitrarySpans(11, 12);
    const SpanTable second = arbitrarySpans(12, 9);
    OtlpTraces both;
    for (const SpanTable* part : {&first, &second}) {
        ASSERT_TRUE(
            decodeOtlpTraces(encodeOtlpTraces(*part, allRows(part->rows()), GetParam()), GetParam(), both).ok());
    }
    std::vector<std::string> wanted = describeSpans(first);
    for (std::string& line : describeSpans(second)) {
        wanted.push_back(std::move(line));
    }
    EXPECT_EQ(describeSpans(both.spans), wanted);
}

TEST_P(RoundTrip, onlyOneTraceIsKeptWhenAskedFor)
{
    SpanTable table = arbitrarySpans(21, 60);
    const TraceId wantedId = *TraceId::fromHex("00112233445566778899aabbccddeeff");
    std::vector<std::string> wanted;
    for (const std::uint32_t row : {2U, 3U, 31U, 59U}) {
        table.traceId[row] = wantedId;
        wanted.push_back(describeSpan(table, row));
    }
    OtlpTraces one;
    const std::string body = encodeOtlpTraces(table, allRows(table.rows()), GetParam());
    ASSERT_TRUE(decodeOtlpTraces(body, GetParam(), one, &wantedId).ok());
    EXPECT_EQ(describeSpans(one.spans), wanted);
    EXPECT_EQ(one.rejected, 0U);
    EXPECT_LE(one.spans.resources.size(), wanted.size()) << "resources of other traces stayed behind";
    EXPECT_LE(one.spans.scopes.size(), wanted.size());
    OtlpTraces none;
    const TraceId unknown = *TraceId::fromHex("1");
    ASSERT_TRUE(decodeOtlpTraces(body, GetParam(), none, &unknown).ok());
    EXPECT_EQ(none.spans, SpanTable());
}

TEST_P(RoundTrip, emptyBodiesAreEmptyRequests)
{
    const std::string body = encodeOtlpTraces(SpanTable(), {}, GetParam());
    OtlpTraces none;
    ASSERT_TRUE(decodeOtlpTraces(body, GetParam(), none).ok());
    EXPECT_EQ(none.spans, SpanTable());
    EXPECT_EQ(decodeOtlpLogs(encodeOtlpLogs(LogTable(), GetParam()), GetParam())->logs.rows(), 0U);
    EXPECT_EQ(countOtlpMetricPoints(GetParam() == OtlpEncoding::Json ? "{}" : "", GetParam()).value(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Otlp, RoundTrip, testing::Values(OtlpEncoding::Protobuf, OtlpEncoding::Json),
                         [](const auto& tested) {
                             return tested.param == OtlpEncoding::Json ? std::string("Json") : std::string("Protobuf");
                         });
