// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/collector/otlp_body.h"
#include "tests/collector/store_fixture.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace tracedeck::test {
namespace {

std::string serviceOf(const TraceListTable& table, std::size_t row)
{
    return std::string(table.strings.view(table.rootService[row]));
}

TEST(TraceStore, storesOneTraceAndListsIt)
{
    StoreFixture fixture;
    const TraceId id = traceIdOf(7);
    const std::string body = traceBody({{id, 1, 0, 1'000, 9'000, "web", "GET /", false, false},
                                        {id, 2, 1, 2'000, 3'000, "db", "select", true, false}});
    const Result<IngestOutcome> outcome = fixture.submitTraces(body);
    ASSERT_TRUE(outcome) << outcome.error().what;
    EXPECT_EQ(outcome->accepted, 2U);
    EXPECT_FALSE(outcome->duplicate);

    const Result<TraceListPage> page = fixture.store().listTraces({});
    ASSERT_TRUE(page) << page.error().what;
    ASSERT_EQ(page->traces.rows(), 1U);
    EXPECT_EQ(page->traces.traceId[0], id);
    EXPECT_EQ(page->traces.startNs[0], 1'000);
    EXPECT_EQ(page->traces.durationNs[0], 8'000);
    EXPECT_EQ(page->traces.spanCount[0], 2U);
    EXPECT_EQ(page->traces.errorCount[0], 1U);
    EXPECT_EQ(page->traces.exact[0], 1U);
    EXPECT_EQ(serviceOf(page->traces, 0), "web");
    EXPECT_EQ(page->traces.strings.view(page->traces.rootName[0]), "GET /");
    ASSERT_EQ(page->traces.services.row(0).size(), 2U);
    EXPECT_EQ(page->traces.strings.view(page->traces.services.row(0)[1]), "db");
    EXPECT_EQ(page->traces.serviceSpans, (std::vector<std::uint32_t>{1, 1}));
    EXPECT_TRUE(page->matchingKnown);
    EXPECT_EQ(page->matching, 1U);
    EXPECT_TRUE(page->nextCursor.empty());
}

TEST(TraceStore, readsBackEverySpanOfATraceSpreadOverRequests)
{
    StoreFixture fixture;
    const TraceId id = traceIdOf(1);
    const TraceId other = traceIdOf(2);
    for (std::uint64_t span = 1; span <= 5; ++span) {
        ASSERT_TRUE(
            fixture.submitTraces(traceBody({{other, span}, {id, span, span == 1 ? 0U : 1U}, {other, span + 90}})));
    }
    const Result<OtlpTraces> read = fixture.read(id);
    ASSERT_TRUE(read) << read.error().what;
    ASSERT_EQ(read->spans.rows(), 5U);
    for (std::size_t row = 0; row < 5; ++row) {
        EXPECT_EQ(read->spans.traceId[row], id);
        EXPECT_EQ(read->spans.spanId[row].value, row + 1);
        EXPECT_EQ(read->spans.strings.view(read->spans.name[row]), "GET /cart");
        EXPECT_EQ(read->spans.attributes[row].size(), 1U);
    }
    EXPECT_EQ(fixture.read(traceIdOf(3)).error().code, ErrorCode::NotFound);
}

TEST(TraceStore, acknowledgesAnExactRetryWithoutStoringItAlsoAfterRestart)
{
    StoreFixture fixture;
    const std::string body = traceBody({{traceIdOf(1), 1}});
    ASSERT_TRUE(fixture.submitTraces(body));
    const Result<IngestOutcome> again = fixture.submitTraces(body);
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->duplicate);
    EXPECT_EQ(again->accepted, 1U);
    fixture.reopen();
    EXPECT_TRUE(fixture.submitTraces(body)->duplicate);
    EXPECT_EQ(fixture.store().status().spans, 1U);
    EXPECT_EQ(fixture.store().status().duplicateRequests, 2U);
    fixture.nowNs += std::int64_t{601} * 1'000'000'000;
    EXPECT_FALSE(fixture.submitTraces(body)->duplicate);
    EXPECT_EQ(fixture.store().status().spans, 2U); // provisional until the trace is read
    EXPECT_EQ(fixture.read(traceIdOf(1))->spans.rows(), 1U);
}

TEST(TraceStore, countsAreExactOnceATraceWithRepeatedSpansWasRead)
{
    StoreFixture fixture;
    const TraceId id = traceIdOf(4);
    const SpanSpec root{id, 1, 0, 10, 50, "web", "root", true, false};
    ASSERT_TRUE(fixture.submitTraces(traceBody({root, {id, 2, 1}})));
    ASSERT_TRUE(fixture.submitTraces(traceBody({{id, 3, 1}, root})));
    TraceListPage page = *fixture.store().listTraces({});
    EXPECT_EQ(page.traces.spanCount[0], 4U);
    EXPECT_EQ(page.traces.exact[0], 0U);

    EXPECT_EQ(fixture.read(id)->spans.rows(), 3U);
    fixture.settle();
    page = *fixture.store().listTraces({});
    EXPECT_EQ(page.traces.spanCount[0], 3U);
    EXPECT_EQ(page.traces.errorCount[0], 1U);
    EXPECT_EQ(page.traces.exact[0], 1U);
    EXPECT_EQ(fixture.store().status().spans, 3U);
    const std::vector<ServiceSummary> services = *fixture.store().services(false);
    ASSERT_EQ(services.size(), 2U);
    EXPECT_EQ(services[0].name, "shop");
    EXPECT_EQ(services[0].spans, 2U);
    EXPECT_EQ(services[1].name, "web");
    EXPECT_EQ(services[1].spans, 1U);
    EXPECT_EQ(services[1].errors, 1U);
}

TEST(TraceStore, jsonAndProtobufGiveEqualRows)
{
    const std::vector<SpanSpec> spans{{traceIdOf(9), 1, 0, 100, 900, "api", "POST /pay", true, false},
                                      {traceIdOf(9), 2, 1, 200, 300, "db", "insert", false, false}};
    StoreFixture protobuf;
    StoreFixture json;
    ASSERT_TRUE(protobuf.submitTraces(traceBody(spans)));
    const Result<IngestOutcome> outcome = json.submit(OtlpSignal::Traces, traceJson(spans), OtlpEncoding::Json);
    ASSERT_TRUE(outcome) << outcome.error().what;
    EXPECT_EQ(protobuf.store().listTraces({})->traces, json.store().listTraces({})->traces);
}

TEST(TraceStore, keepsOwnTracesApart)
{
    StoreFixture fixture;
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(1), 1}})));
    const StoreStatus before = fixture.store().status();
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(2), 1, 0, 1, 2, "tracedeck", "poll", false, true}})));
    const StoreStatus after = fixture.store().status();
    EXPECT_EQ(after.otherGeneration, before.otherGeneration);
    EXPECT_GT(after.ownGeneration, before.ownGeneration);
    EXPECT_EQ(after.ownTraces, 1U);
    EXPECT_EQ(after.traces, 2U);
    TraceListRequest request;
    EXPECT_EQ(fixture.store().listTraces(request)->traces.rows(), 1U);
    EXPECT_EQ(fixture.store().listTraces(request)->total, 1U);
    request.includeOwn = true;
    EXPECT_EQ(fixture.store().listTraces(request)->traces.rows(), 2U);
    EXPECT_EQ(fixture.store().services(false)->size(), 1U);
    EXPECT_EQ(fixture.store().services(true)->size(), 2U);
    // A span of somebody else in an own trace makes it everybody's.
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(2), 7, 1}})));
    EXPECT_EQ(fixture.store().status().ownTraces, 0U);
}

TEST(TraceStore, storesLogsByTraceAndCountsMetrics)
{
    StoreFixture fixture;
    const TraceId id = traceIdOf(3);
    ASSERT_TRUE(fixture.submit(OtlpSignal::Logs, logBody({id, TraceId{}, id, traceIdOf(8)}, "paid")));
    EXPECT_EQ(fixture.submit(OtlpSignal::Metrics, metricBody(17))->accepted, 17U);
    EXPECT_EQ(fixture.store().status().logs, 4U);
    EXPECT_EQ(fixture.store().status().metricPoints, 17U);
    std::size_t records = 0;
    ASSERT_TRUE(fixture.store().readLogs(id, [&](std::string_view body) {
        records += decodeOtlpLogs(body, OtlpEncoding::Protobuf)->logs.rows();
        return true;
    }));
    EXPECT_EQ(records, 2U);
    EXPECT_EQ(fixture.store().readLogs(traceIdOf(99), [](std::string_view) { return true; }).error().code,
              ErrorCode::NotFound);
}

TEST(TraceStore, refusesABodyThatDoesNotDecodeAndStoresNothingOfIt)
{
    StoreFixture fixture;
    std::string body = traceBody({{traceIdOf(1), 1}, {traceIdOf(2), 1}});
    body.resize(body.size() - 3);
    const Result<IngestOutcome> outcome = fixture.submitTraces(body);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::Malformed);
    EXPECT_FALSE(outcome.error().retryable);
    const StoreStatus status = fixture.store().status();
    EXPECT_EQ(status.spans, 0U);
    EXPECT_EQ(status.traces, 0U);
    EXPECT_EQ(status.rejected, 1U);
    EXPECT_FALSE(status.lastRejectReason.empty());
    EXPECT_TRUE(status.problem.empty());
}

TEST(TraceStore, anEmptyRequestIsASuccess)
{
    StoreFixture fixture;
    EXPECT_EQ(fixture.submitTraces("")->accepted, 0U);
    EXPECT_EQ(fixture.submit(OtlpSignal::Traces, "{}", OtlpEncoding::Json)->accepted, 0U);
    EXPECT_EQ(fixture.submit(OtlpSignal::Logs, "")->accepted, 0U);
    EXPECT_EQ(fixture.submit(OtlpSignal::Metrics, "")->accepted, 0U);
    EXPECT_EQ(fixture.store().status().requests, 4U);
}

TEST(TraceStore, tellsTheListenerWhatChanged)
{
    StoreFixture fixture;
    std::vector<std::vector<TraceChange>> heard;
    fixture.store().setChangeListener([&](const std::vector<TraceChange>& changes) { heard.push_back(changes); });
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(1), 1}})));
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(1), 2, 1}})));
    ASSERT_TRUE(fixture.submit(OtlpSignal::Metrics, metricBody(1)));
    ASSERT_TRUE(fixture.store().clear(true));
    ASSERT_EQ(heard.size(), 3U);
    EXPECT_EQ(heard[0], (std::vector<TraceChange>{{traceIdOf(1), true, false}}));
    EXPECT_EQ(heard[1], (std::vector<TraceChange>{{traceIdOf(1), false, false}}));
    EXPECT_TRUE(heard[2].empty());
}

TEST(TraceStore, keepsTheDirectoryPrivate)
{
    StoreFixture fixture;
    struct stat info { };
    ASSERT_EQ(::stat(fixture.options.dataDir.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0700U);
    ASSERT_EQ(::stat(fixture.databasePath().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);
}

} // namespace
} // namespace tracedeck::test
