// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_match.h"

#include "selectors/query_explain.h"
#include "selectors/query_print.h"
#include "tests/support/query_tables.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

using Rows = std::vector<std::uint8_t>;

struct MatchCase {
    const char* query;
    Rows rows;
};

void expectMatches(const QueryTableView& table, const std::vector<MatchCase>& cases)
{
    for (const MatchCase& c : cases) {
        const QueryOutcome outcome = compileQuery(c.query, table.kind());
        ASSERT_TRUE(outcome.ok()) << c.query << ": " << describeQueryError(c.query, outcome.errors.front());
        EXPECT_EQ(matchRows(outcome.query, table, kTestNow), c.rows) << c.query;
        for (std::size_t row = 0; row < table.rows(); ++row) {
            EXPECT_EQ(matchesRow(outcome.query, table, row, kTestNow), c.rows[row] != 0) << c.query << " row " << row;
            EXPECT_EQ(explainMiss(outcome.query, table, row, kTestNow).empty(), c.rows[row] != 0) << c.query;
        }
    }
}

} // namespace

TEST(QueryMatch, workloads)
{
    const WorkloadTable table = sampleWorkloads();
    expectMatches(table,
                  {{"", {1, 1, 1, 1}},
                   {"WEB", {1, 0, 0, 0}},
                   {"m\xC3\x9CLLER", {0, 0, 0, 1}},
                   {"pve edge", {1, 1, 0, 0}},
                   {"\"session-c\"", {0, 0, 1, 0}},
                   {"-pve", {0, 0, 1, 1}},
                   {"name:web", {1, 0, 0, 0}},
                   {"name=Checkout-WEB", {1, 0, 0, 0}},
                   {"name=checkout", {0, 0, 0, 0}},
                   {"name~/^(edge|session)-/", {0, 1, 1, 0}},
                   {"name~/M\xC3\xBC.LER/", {0, 0, 0, 1}},
                   {"tag:prod", {1, 1, 0, 0}},
                   {"tags=prod,dev", {1, 1, 0, 1}},
                   {"-tag:prod", {0, 0, 1, 1}},
                   {"cpu>80", {1, 0, 0, 0}},
                   {"cpu>=20%", {1, 1, 0, 0}},
                   {"cpu<50", {0, 1, 0, 1}},
                   {"-cpu>80", {0, 1, 1, 1}},
                   {"cpu=86", {1, 0, 0, 0}},
                   {"cpu=86.0", {0, 0, 0, 0}},
                   {"cpu=0,20", {0, 1, 0, 1}},
                   {"mem>50", {0, 1, 0, 0}},
                   {"memory>=2GiB", {1, 0, 0, 0}},
                   {"mem>2GiB", {0, 0, 0, 0}},
                   {"mem<2147484kB", {1, 0, 0, 0}},
                   {"net>10MB/s", {1, 1, 0, 0}},
                   {"net>11MB/s", {0, 1, 0, 0}},
                   {"rx>1Gbit/s", {0, 1, 0, 0}},
                   {"uptime<2h", {1, 0, 0, 1}},
                   {"uptime>=1h", {1, 1, 0, 0}},
                   {"up=1d", {0, 1, 0, 0}},
                   {"vmid:107", {1, 0, 0, 0}},
                   {"vmid:107,128", {1, 1, 0, 0}},
                   {"restarts>2", {0, 0, 1, 0}},
                   {"status:running", {1, 1, 0, 0}},
                   {"status:run", {1, 1, 0, 0}},
                   {"status:stopped,degraded", {0, 0, 1, 1}},
                   {"state:exited", {0, 0, 1, 0}},
                   {"state=warning", {0, 0, 0, 1}},
                   {"has:cpu", {1, 1, 0, 1}},
                   {"has:mem", {1, 1, 0, 0}},
                   {"not has:ip", {0, 1, 1, 1}},
                   {"has:vmid,restarts", {1, 1, 1, 0}},
                   {"type:vm", {1, 0, 0, 0}},
                   {"type:container", {0, 1, 1, 0}},
                   {"type:lxc,pod", {0, 1, 0, 1}},
                   {"source:pve", {1, 1, 0, 0}},
                   {"platform:k8s", {0, 0, 0, 1}},
                   {"source:proxmox", {1, 1, 0, 0}},
                   {"node:west", {1, 1, 0, 0}},
                   {"host:edge-01", {0, 0, 1, 0}},
                   {"cluster:eu", {0, 0, 0, 1}},
                   {"ns:kube-system", {0, 0, 0, 1}},
                   {"namespace=kube", {0, 0, 0, 0}},
                   {"image:redis:7", {0, 0, 1, 0}},
                   {"container:4bf9", {0, 0, 1, 0}},
                   {"runtime:docker", {0, 0, 1, 0}},
                   {"project:shop", {0, 0, 1, 0}},
                   {"os:debian", {1, 0, 0, 0}},
                   {"ip:10.0", {1, 0, 0, 0}},
                   {"ip:fe80::1", {1, 0, 0, 0}},
                   {"cpu>20% and tag:prod not ns:kube-system", {1, 0, 0, 0}},
                   {"(type:vm or type:pod) -status:degraded", {1, 0, 0, 0}},
                   {"web or type:pod", {1, 0, 0, 1}}});
}

TEST(QueryMatch, infrastructure)
{
    const InfrastructureTable table = sampleHosts();
    expectMatches(table,
                  {{"status:online", {1, 0}},
                   {"status:running", {1, 0}},
                   {"status:other", {0, 1}},
                   {"state:resilver", {0, 1}},
                   {"source:docker", {1, 0}},
                   {"source:agent,pbs", {1, 1}},
                   {"type:pbs", {0, 1}},
                   {"host:nas.lan", {1, 0}},
                   {"has:host", {1, 0}},
                   {"os:6.1", {1, 0}},
                   {"load>1", {1, 0}},
                   {"temp<0", {1, 0}},
                   {"temp=-5,70", {1, 0}},
                   {"temp>-10C", {1, 0}},
                   {"disk>90%", {1, 0}},
                   {"has:temp", {1, 0}}});
}

TEST(QueryMatch, traces)
{
    const TraceListTable table = sampleTraces();
    expectMatches(table,
                  {{"duration>250ms", {1, 0, 0}},
                   {"duration>=250", {1, 1, 0}},
                   {"duration=1.84s", {1, 0, 0}},
                   {"service:payments,checkout", {1, 0, 0}},
                   {"service=frontend", {1, 1, 0}},
                   {"root:frontend", {1, 1, 0}},
                   {"name:checkout", {1, 0, 0}},
                   {"name~/^get /", {0, 1, 0}},
                   {"spans>100", {1, 0, 0}},
                   {"errors>0", {1, 0, 0}},
                   {"status:error", {1, 0, 0}},
                   {"status:ok", {0, 1, 1}},
                   {"own:yes", {0, 0, 1}},
                   {"own=no", {1, 1, 0}},
                   {"trace:4bf92f35", {1, 0, 0}},
                   {"trace=00000000000000000000000000000ABC", {0, 1, 0}},
                   {"age<5min", {1, 0, 1}},
                   {"age>1h30m", {0, 1, 0}},
                   {"start>=2026-11-21T10:41:07", {1, 0, 1}},
                   {"start<2026-11-21T11:41:07+01:00", {0, 1, 0}},
                   {"start:2026-11-21", {1, 1, 1}},
                   {"start=2026-11-20", {0, 0, 0}},
                   {"has:root", {1, 1, 0}},
                   {"checkout frontend", {1, 0, 0}}});
}

TEST(QueryMatch, emptyTablesAndForeignTablesMatchNothing)
{
    const QueryOutcome outcome = compileQuery("web cpu>3 tag:a has:ip -status:running", QueryTable::Workloads);
    ASSERT_TRUE(outcome.ok());
    EXPECT_TRUE(matchRows(outcome.query, WorkloadTable{}, kTestNow).empty());
    EXPECT_EQ(matchRows(outcome.query, sampleHosts(), kTestNow), (Rows{0, 0}));
    EXPECT_FALSE(matchesRow(outcome.query, sampleHosts(), 0, kTestNow));
}

TEST(QueryMatch, bytesThatSeparateRowsFindNothingBetweenThem)
{
    const WorkloadTable table = sampleWorkloads();
    const std::string nul("\0", 1);
    for (const std::string& text : {nul, std::string("\x01"), "web" + nul, std::string("\xFF\xFE")}) {
        const QueryOutcome outcome = compileQuery("\"" + text + "\"", QueryTable::Workloads);
        ASSERT_TRUE(outcome.ok());
        EXPECT_EQ(matchRows(outcome.query, table, kTestNow), (Rows{text == nul || text == "\x01", 0, 0, 0}))
            << "as a blank it is found in \"Debian 12\" only";
    }
}

TEST(QueryMatch, saysWhenTheAnswerDependsOnTheTime)
{
    EXPECT_TRUE(compileQuery("web uptime<2h", QueryTable::Workloads).query.dependsOnTime());
    EXPECT_TRUE(compileQuery("not age<2h", QueryTable::Traces).query.dependsOnTime());
    EXPECT_FALSE(compileQuery("web cpu>3 has:uptime", QueryTable::Workloads).query.dependsOnTime());
}

TEST(QueryExplain, namesTheClausesThatKeepARowOut)
{
    const WorkloadTable table = sampleWorkloads();
    const std::string text = "web cpu<50 (tag:dev or restarts>2) -vmid:107 mem>1%";
    const QueryOutcome outcome = compileQuery(text, QueryTable::Workloads);
    ASSERT_TRUE(outcome.ok());
    const auto missed = explainMiss(outcome.query, table, 0, kTestNow);
    std::vector<std::string> parts;
    for (const MissedClause& part : missed) {
        parts.push_back(text.substr(part.where.begin, part.where.end - part.where.begin));
        EXPECT_FALSE(part.missingValue);
    }
    EXPECT_EQ(parts, (std::vector<std::string>{"cpu<50", "(tag:dev or restarts>2)", "-vmid:107"}));

    const auto silent = explainMiss(outcome.query, table, 2, kTestNow);
    ASSERT_EQ(silent.size(), 3U);
    EXPECT_FALSE(silent[0].missingValue) << "a word";
    EXPECT_TRUE(silent[1].missingValue) << "CPU is not reported";
    EXPECT_TRUE(silent[2].missingValue) << "memory neither";
}
