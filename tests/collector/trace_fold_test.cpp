// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/trace_fold.h"

#include "collector/log_subset.h"
#include "collector/store_schema.h"
#include "formats/otlp_decode.h"
#include "otlp_body.h"
#include "store_fixture.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace tracedeck::test {
namespace {

class Fold : public testing::Test {
protected:
    void SetUp() override
    {
        Result<Database> opened = openStoreDatabase(m_directory.file("traces.db"), false);
        ASSERT_TRUE(opened.ok());
        ASSERT_TRUE(services.load(opened.value()).ok());
        ASSERT_TRUE(resources.load(opened.value()).ok());
    }
    Result<RequestFold> fold(const std::string& body) { return foldTraces(body, services, resources, 1); }

    ServiceRegistry services;
    ResourceRegistry resources;

private:
    TemporaryDirectory m_directory;
};

TEST_F(Fold, SumsEachTraceOfARequest)
{
    const Result<RequestFold> folded = fold(traceBody({{traceIdOf(1), 1, 0, 10, 90, "web", "root", true, false},
                                                       {traceIdOf(2), 1, 0, 20, 30, "web", "other"},
                                                       {traceIdOf(1), 2, 1, 5, 50, "db", "select"}}));
    ASSERT_TRUE(folded.ok());
    ASSERT_EQ(folded->traces.items().size(), 2U);
    EXPECT_EQ(folded->scan.accepted, 3U);
    EXPECT_EQ(folded->errors, 1);
    EXPECT_FALSE(folded->own);
    const TraceDelta& first = folded->traces.items()[0];
    EXPECT_EQ(first.traceId, traceIdOf(1));
    EXPECT_EQ(first.summary.spans, 2U);
    EXPECT_EQ(first.summary.errors, 1U);
    EXPECT_EQ(first.summary.startNs, 5);
    EXPECT_EQ(first.summary.endNs, 90);
    EXPECT_EQ(first.summary.rootName, "root");
    EXPECT_EQ(services.nameOf(first.summary.rootService), "web");
    ASSERT_EQ(first.parts.size(), 1U);
    EXPECT_EQ(first.parts[0].offset, 0U);
    EXPECT_TRUE(first.distinct);
}

TEST_F(Fold, RemembersWhereInTheBodyATraceBegins)
{
    const std::string body = traceBody({{traceIdOf(1), 1, 0, 1, 2, "a"}, {traceIdOf(2), 1, 0, 1, 2, "b"}});
    const Result<RequestFold> folded = fold(body);
    ASSERT_TRUE(folded.ok());
    const std::uint32_t offset = folded->traces.items()[1].parts.at(0).offset;
    EXPECT_GT(offset, 0U);
    OtlpTraces decoded;
    const TraceId wanted = traceIdOf(2);
    ASSERT_TRUE(decodeOtlpTraces(body.substr(offset), OtlpEncoding::Protobuf, decoded, &wanted).ok());
    EXPECT_EQ(decoded.spans.rows(), 1U); // decoding may start there
}

TEST_F(Fold, ASpanThatOccursTwiceTakesTheDistinctionFromItsTraceOnly)
{
    const Result<RequestFold> folded = fold(traceBody({{traceIdOf(1), 5}, {traceIdOf(2), 5}, {traceIdOf(1), 5}}));
    ASSERT_TRUE(folded.ok());
    EXPECT_FALSE(folded->traces.items()[0].distinct);
    EXPECT_TRUE(folded->traces.items()[1].distinct); // the same number in another trace is another span
}

TEST_F(Fold, TwoRequestsTogetherAreNeverDistinct)
{
    TraceDeltas all;
    for (int request = 1; request <= 2; ++request) {
        const Result<RequestFold> folded =
            fold(traceBody({{traceIdOf(1), static_cast<std::uint64_t>(request)}, {traceIdOf(7), 100}}));
        for (const TraceDelta& delta : folded->traces.items()) {
            if (request == 1 || delta.traceId == traceIdOf(1))
                all.add(delta);
        }
    }
    EXPECT_EQ(all.of(traceIdOf(1)).summary.spans, 2U);
    EXPECT_EQ(all.of(traceIdOf(1)).parts.size(), 2U);
    EXPECT_FALSE(all.of(traceIdOf(1)).distinct); // they may repeat each other
    EXPECT_TRUE(all.of(traceIdOf(7)).distinct);
    all.clear();
    EXPECT_TRUE(all.items().empty());
    EXPECT_EQ(all.of(traceIdOf(7)).summary.spans, 0U);
}

TEST_F(Fold, BrokenBodiesCountNothing)
{
    std::string body = traceBody({{traceIdOf(1), 1}, {traceIdOf(1), 2}});
    body.resize(body.size() - 1);
    EXPECT_EQ(fold(body).error().code, ErrorCode::Malformed);
    EXPECT_TRUE(services.list(true).empty());
    const Result<RequestFold> nothing = fold("");
    ASSERT_TRUE(nothing.ok());
    EXPECT_TRUE(nothing->traces.items().empty());
    EXPECT_TRUE(nothing->own); // of nothing, everything is
}

TEST(LogSubset, KeepsTheRecordsOfOneTraceWithTheirTexts)
{
    const std::string body = logBody({traceIdOf(1), traceIdOf(2), TraceId{}, traceIdOf(1)}, "hello");
    const Result<OtlpLogs> logs = decodeOtlpLogs(body, OtlpEncoding::Protobuf);
    ASSERT_TRUE(logs.ok());
    ASSERT_EQ(logs->logs.rows(), 4U);
    const LogTable subset = logsOfTrace(logs->logs, traceIdOf(1));
    ASSERT_EQ(subset.rows(), 2U);
    EXPECT_TRUE(std::all_of(subset.traceId.begin(), subset.traceId.end(),
                            [](const TraceId& id) { return id == traceIdOf(1); }));
    EXPECT_EQ(subset.strings.view(subset.body[1]), logs->logs.strings.view(logs->logs.body[3]));
    EXPECT_EQ(subset.attributes.size(), 2U);
    EXPECT_EQ(subset.droppedAttributes.size(), 2U);
    EXPECT_EQ(logsOfTrace(logs->logs, traceIdOf(9)).rows(), 0U);
}

} // namespace
} // namespace tracedeck::test
