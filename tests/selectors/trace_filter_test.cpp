// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/trace_filter.h"

#include "selectors/query_match.h"
#include "tests/support/query_tables.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <string>
#include <vector>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

TraceSummaryFields fieldsOf(const TraceListTable& table, std::size_t row, std::vector<std::string_view>& services)
{
    services.clear();
    for (const StringId service : table.services.row(row)) {
        services.push_back(table.strings.view(service));
    }
    return {table.traceId[row],
            table.startNs[row],
            table.durationNs[row],
            table.strings.view(table.rootService[row]),
            table.strings.view(table.rootName[row]),
            services,
            table.spanCount[row],
            table.errorCount[row],
            table.own[row] != 0};
}

CompiledQuery compiled(const std::string& text)
{
    QueryOutcome outcome = compileQuery(text, QueryTable::Traces);
    EXPECT_TRUE(outcome.ok()) << text;
    return outcome.query;
}

std::string randomClause()
{
    return *rc::gen::elementOf(std::vector<std::string>{"frontend",
                                                        "4bf9",
                                                        "nothing",
                                                        "\"POST /c\"",
                                                        "service:pay",
                                                        "service=frontend",
                                                        "name~/get|post/",
                                                        "root:search",
                                                        "trace:4bf9",
                                                        "duration>250ms",
                                                        "duration<=250",
                                                        "duration=0",
                                                        "spans>3",
                                                        "errors>0",
                                                        "errors:0",
                                                        "status:error",
                                                        "status:ok",
                                                        "own:yes",
                                                        "own:no",
                                                        "age<5min",
                                                        "age>=1h",
                                                        "age<=0s",
                                                        "start>=2026-11-21T10:41:07",
                                                        "start:2026-11-21",
                                                        "has:root",
                                                        "has:duration",
                                                        "not has:name",
                                                        "-status:error"});
}

} // namespace

TEST(TraceFilter, agreesWithTheTableAndItsBoundsNeverExcludeAMatch)
{
    const TraceListTable table = sampleTraces();
    EXPECT_TRUE(rc::check([&] {
        const std::string glue = *rc::gen::elementOf(std::vector<std::string>{" ", " or ", " and not "});
        const std::string text = randomClause() + glue + randomClause();
        const CompiledQuery query = compiled(text);
        RC_LOG() << text;
        const auto rows = matchRows(query, table, kTestNow);
        const TraceBounds bounds = traceBounds(query, kTestNow);
        std::vector<std::string_view> services;
        for (std::size_t row = 0; row < table.rows(); ++row) {
            const TraceSummaryFields trace = fieldsOf(table, row, services);
            RC_ASSERT(matchesTrace(query, trace, kTestNow) == (rows[row] != 0));
            if (rows[row] != 0) {
                RC_ASSERT(!bounds.empty);
                RC_ASSERT(trace.startNs >= bounds.startFromNs && trace.startNs <= bounds.startToNs);
                RC_ASSERT(trace.durationNs >= bounds.durationFromNs && trace.durationNs <= bounds.durationToNs);
                RC_ASSERT(bounds.errors.value_or(trace.errorCount > 0) == (trace.errorCount > 0));
                RC_ASSERT(bounds.own.value_or(trace.own) == trace.own);
            }
        }
    }));
}

TEST(TraceFilter, narrowsRangesToTheMicrosecond)
{
    const TraceBounds bounds = traceBounds(compiled("duration>250ms duration<1s age<1h status:error own:no"), kTestNow);
    EXPECT_NEAR(static_cast<double>(bounds.durationFromNs), 250e6, 1000);
    EXPECT_NEAR(static_cast<double>(bounds.durationToNs), 1e9, 1000);
    EXPECT_LE(std::abs(bounds.startFromNs - (kTestNow - 3600 * kTestSecond)), 1000);
    EXPECT_EQ(bounds.startToNs, std::numeric_limits<std::int64_t>::max()) << "clocks ahead of ours stay in";
    EXPECT_EQ(bounds.errors, true);
    EXPECT_EQ(bounds.own, false);
    EXPECT_FALSE(bounds.empty);
}

TEST(TraceFilter, alternativesAndNegationsBoundNothing)
{
    EXPECT_EQ(traceBounds(compiled("duration>1s or errors>0"), kTestNow), TraceBounds{});
    EXPECT_EQ(traceBounds(compiled("not (duration>1s errors>0)"), kTestNow), TraceBounds{});
    EXPECT_EQ(traceBounds(compiled(""), kTestNow), TraceBounds{});
}

TEST(TraceFilter, seesConditionsThatExcludeEachOther)
{
    EXPECT_TRUE(traceBounds(compiled("duration>2s duration<1s"), kTestNow).empty);
    EXPECT_TRUE(traceBounds(compiled("status:ok errors>0"), kTestNow).empty);
    EXPECT_TRUE(traceBounds(compileQuery("cpu>3", QueryTable::Workloads).query, kTestNow).empty);
    EXPECT_FALSE(matchesTrace(compileQuery("", QueryTable::Workloads).query, {}, kTestNow));
}
