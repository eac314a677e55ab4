// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/reader_pool.h"
#include "collector/trace_list_scan.h"
#include "tests/collector/summary_model.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace tracedeck::test {
namespace {

constexpr TraceOrder kOrders[] = {TraceOrder::StartDescending,    TraceOrder::StartAscending,
                                  TraceOrder::DurationDescending, TraceOrder::DurationAscending,
                                  TraceOrder::SpansDescending,    TraceOrder::ErrorsDescending};

std::int64_t valueOf(TraceOrder order, const TraceListTable& table, std::size_t row)
{
    switch (order) {
    case TraceOrder::DurationDescending:
    case TraceOrder::DurationAscending:
        return table.durationNs[row];
    case TraceOrder::SpansDescending:
        return table.spanCount[row];
    case TraceOrder::ErrorsDescending:
        return table.errorCount[row];
    default:
        return table.startNs[row];
    }
}

/// 300 traces with many equal values in every order; a third of them own, a fifth with errors.
void fill(StoreFixture& fixture)
{
    std::mt19937 random(11);
    for (std::uint64_t i = 1; i <= 300; ++i) {
        std::vector<SpanSpec> spans;
        const std::int64_t start = static_cast<std::int64_t>(1'000 + random() % 40);
        for (std::uint64_t span = 1; span <= 1 + random() % 3; ++span) {
            spans.push_back({traceIdOf(i), span, span - 1, start, start + static_cast<std::int64_t>(random() % 10),
                             i % 2 == 0 ? "web" : "db", "op", i % 5 == 0, i % 3 == 0});
        }
        ASSERT_TRUE(fixture.submitTraces(traceBody(spans)));
    }
}

TEST(TraceList, everyOrderPagesThroughAllTracesOnceAndInOrder)
{
    StoreFixture fixture;
    fill(fixture);
    for (const bool includeOwn : {false, true}) {
        for (const TraceOrder order : kOrders) {
            TraceListRequest request;
            request.order = order;
            request.includeOwn = includeOwn;
            request.limit = 7;
            std::vector<std::int64_t> values;
            std::vector<TraceId> ids;
            for (const TraceListPage& page : fixture.pages(request)) {
                EXPECT_LE(page.traces.rows(), 7U);
                EXPECT_EQ(page.matching, includeOwn ? 300U : 200U);
                for (std::size_t row = 0; row < page.traces.rows(); ++row) {
                    values.push_back(valueOf(order, page.traces, row));
                    ids.push_back(page.traces.traceId[row]);
                }
            }
            if (order == TraceOrder::StartAscending || order == TraceOrder::DurationAscending) {
                EXPECT_TRUE(std::is_sorted(values.begin(), values.end()));
            } else {
                EXPECT_TRUE(std::is_sorted(values.rbegin(), values.rend()));
            }
            EXPECT_EQ(ids.size(), includeOwn ? 300U : 200U);
            std::sort(ids.begin(), ids.end());
            EXPECT_EQ(std::unique(ids.begin(), ids.end()), ids.end());
        }
    }
}

TEST(TraceList, rangeAndErrorsOnlyHoldInEveryOrder)
{
    StoreFixture fixture;
    fill(fixture);
    std::size_t expected = 0;
    TraceListRequest all;
    for (const TraceListPage& page : fixture.pages(all)) {
        for (std::size_t row = 0; row < page.traces.rows(); ++row) {
            const bool inside = page.traces.startNs[row] >= 1'010 && page.traces.startNs[row] < 1'020;
            expected += inside && page.traces.errorCount[row] > 0 ? 1 : 0;
        }
    }
    ASSERT_GT(expected, 0U);
    for (const TraceOrder order : kOrders) {
        TraceListRequest request;
        request.order = order;
        request.fromNs = 1'010;
        request.toNs = 1'020;
        request.errorsOnly = true;
        request.limit = 3;
        std::size_t rows = 0;
        for (const TraceListPage& page : fixture.pages(request)) {
            rows += page.traces.rows();
            EXPECT_TRUE(page.matchingKnown);
            EXPECT_EQ(page.matching, expected);
        }
        EXPECT_EQ(rows, expected);
    }
}

TEST(TraceList, queriesFilterWithTheSharedLanguage)
{
    StoreFixture fixture;
    fill(fixture);
    const auto count = [&](const std::string& query) {
        TraceListRequest request;
        request.query = query;
        request.limit = 9;
        std::size_t rows = 0;
        for (const TraceListPage& page : fixture.pages(request)) {
            rows += page.traces.rows();
        }
        return rows;
    };
    EXPECT_EQ(count("service=web") + count("not service=web"), 200U);
    EXPECT_EQ(count("errors>0"), count("status:error"));
    EXPECT_EQ(count("own:yes"), 100U); // asking for own traces shows them
    EXPECT_EQ(count("duration<1ns or duration>=1ns"), 200U);
    EXPECT_EQ(count(traceIdOf(4).toHex()), 1U);
    EXPECT_EQ(count("start<1970-01-01 errors>0 errors<1"), 0U);
}

TEST(TraceList, aWrongQueryNamesTheColumnAndWhatWasExpected)
{
    StoreFixture fixture;
    TraceListRequest request;
    request.query = "web duration>12parsecs";
    const Result<TraceListPage> page = fixture.store().listTraces(request);
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::InvalidArgument);
    EXPECT_NE(page.error().what.find("column "), std::string::npos) << page.error().what;
    EXPECT_FALSE(page.error().hint.empty());
}

TEST(TraceList, cursorsAreBoundToTheirOrderAndSurviveNewTraces)
{
    StoreFixture fixture;
    fill(fixture);
    TraceListRequest request;
    request.limit = 50;
    const Result<TraceListPage> first = fixture.store().listTraces(request);
    request.cursor = first->nextCursor;
    const TraceListTable before = fixture.store().listTraces(request)->traces;
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(9'999), 1, 0, 900'000, 900'001}})));
    EXPECT_EQ(fixture.store().listTraces(request)->traces, before); // new ones go before, nothing shifts
    request.order = TraceOrder::SpansDescending;
    EXPECT_EQ(fixture.store().listTraces(request).error().code, ErrorCode::InvalidArgument);
    for (const char* bad : {"x", "0", "0.1", "0.1.2.3", "0.1.", "..", "99999999999999999999.1.1", "0.1.2 "}) {
        TraceListRequest wrong;
        wrong.cursor = bad;
        EXPECT_FALSE(fixture.store().listTraces(wrong)) << bad;
    }
}

TEST(TraceList, theLimitIsClamped)
{
    StoreFixture fixture;
    fill(fixture);
    TraceListRequest request;
    request.limit = 0;
    EXPECT_EQ(fixture.store().listTraces(request)->traces.rows(), 1U);
    request.limit = 4'000'000'000U;
    EXPECT_EQ(fixture.store().listTraces(request)->traces.rows(), 200U);
}

TEST(TraceList, extremeTimesNeitherOverflowNorDisappear)
{
    StoreFixture fixture;
    constexpr std::int64_t kMost = INT64_MAX;
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(1), 1, 0, 0, 0},
                                                {traceIdOf(2), 1, 0, kMost, kMost},
                                                {traceIdOf(3), 1, 0, 500, 100},
                                                {traceIdOf(4), 1, 0, 0, kMost}})));
    for (const TraceOrder order : kOrders) {
        TraceListRequest request;
        request.order = order;
        request.limit = 1;
        std::size_t rows = 0;
        for (const TraceListPage& page : fixture.pages(request)) {
            rows += page.traces.rows();
            for (const std::int64_t duration : page.traces.durationNs) {
                EXPECT_GE(duration, 0);
            }
        }
        EXPECT_EQ(rows, 4U) << static_cast<int>(order);
    }
}

/// Details of EXPLAIN QUERY PLAN, one line per step.
std::vector<std::string> planOf(Database& database, const std::string& sql)
{
    Result<Statement> plan = database.prepare("EXPLAIN QUERY PLAN " + sql);
    EXPECT_TRUE(plan) << plan.error().what;
    std::vector<std::string> steps;
    while (plan && plan.value().next()) {
        steps.emplace_back(plan.value().text(3));
    }
    return steps;
}

bool scansATable(const std::vector<std::string>& steps)
{
    return std::any_of(steps.begin(), steps.end(), [](const std::string& step) {
        return (step.rfind("SCAN ", 0) == 0 && step != "SCAN (subquery-1)")
            || step.find("TEMP B-TREE") != std::string::npos;
    });
}

TEST(TraceList, noReadScansATableOrSorts)
{
    StoreFixture fixture;
    Result<std::unique_ptr<StoreReader>> reader = StoreReader::open(fixture.databasePath());
    ASSERT_TRUE(reader);
    Database& database = reader.value()->database();
    std::vector<std::string> statements{"SELECT * FROM trace WHERE trace_id = ?",
                                        "SELECT parts FROM trace_part WHERE trace = ? ORDER BY sequence",
                                        "SELECT packed, bytes FROM body WHERE id = ?",
                                        "SELECT request FROM log_part WHERE trace_id = ? ORDER BY request"};
    for (const TraceOrder order : kOrders) {
        for (const bool errorsOnly : {false, true}) {
            const std::vector<std::string> own = TraceListScan::statements(order, errorsOnly);
            statements.insert(statements.end(), own.begin(), own.end());
        }
    }
    for (const std::string& sql : statements) {
        EXPECT_FALSE(scansATable(planOf(database, sql))) << sql << "\n"
                                                         << ::testing::PrintToString(planOf(database, sql));
    }
    EXPECT_TRUE(scansATable(planOf(database, "SELECT * FROM trace ORDER BY root_name"))); // the test can fail
}

} // namespace
} // namespace tracedeck::test
