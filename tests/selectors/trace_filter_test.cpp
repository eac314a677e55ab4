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

TraceSummaryFields fieldsOf(const TraceListTable& table, std::size_t row, std::vector<std::string_view>& services,
                            ResourceValues& resources)
{
    for (std::size_t key = 0; key < kResourceKeyCount; ++key) {
        resources[key].clear();
        for (const StringId value : table.resources[key].row(row)) {
            resources[key].push_back(table.strings.view(value));
        }
    }
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
            table.own[row] != 0,
            &resources};
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
                                                        "edge-01",
                                                        "7d9f",
                                                        "host:edge",
                                                        "host=edge-02",
                                                        "container:4bf92f3577b3",
                                                        "container=0a1b2c3d4e5f6789",
                                                        "-container:4bf9",
                                                        "pod:checkout ns=shop",
                                                        "pid=4711",
                                                        "has:container",
                                                        "has:host",
                                                        "-has:node",
                                                        "has:instance",
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
        ResourceValues resources;
        for (std::size_t row = 0; row < table.rows(); ++row) {
            const TraceSummaryFields trace = fieldsOf(table, row, services, resources);
            RC_ASSERT(matchesTrace(query, trace, kTestNow) == (rows[row] != 0));
            if (rows[row] != 0) {
                RC_ASSERT(!bounds.empty);
                RC_ASSERT((trace.startNs >= bounds.startFromNs && trace.startNs <= bounds.startToNs));
                RC_ASSERT((trace.durationNs >= bounds.durationFromNs && trace.durationNs <= bounds.durationToNs));
                RC_ASSERT(bounds.errors.value_or(trace.errorCount > 0) == (trace.errorCount > 0));
                RC_ASSERT(bounds.own.value_or(trace.own) == trace.own);
            }
        }
    }));
}

TEST(TraceFilter, matchesContainersByWhicheverIdWasCutShort)
{
    const TraceListTable table = sampleTraces();
    const auto matches = [&](const std::string& text) { return matchRows(compiled(text), table, kTestNow); };
    const std::string whole = "4bf92f3577b34da6a3ce929d0e0e47364bf92f3577b34da6a3ce929d0e0e4736";
    const std::vector<std::uint8_t> first{1, 0, 0};
    EXPECT_EQ(matches("container:" + whole), first);
    EXPECT_EQ(matches("container=" + whole.substr(0, 12)), first) << "the id as engines print it";
    EXPECT_EQ(matches("container=" + whole.substr(0, 11)), (std::vector<std::uint8_t>{0, 0, 0})) << "too short";
    const std::string second = "0a1b2c3d4e5f" + whole.substr(12);
    EXPECT_EQ(matches("container=" + second), (std::vector<std::uint8_t>{0, 1, 0})) << "the sender cut it";
    EXPECT_EQ(matches("container:" + second.substr(0, 11) + "9" + whole.substr(12)),
              (std::vector<std::uint8_t>{0, 0, 0}));
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
