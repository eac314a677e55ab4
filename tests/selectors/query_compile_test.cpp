// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_compile.h"

#include "selectors/query_print.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

using namespace tracedeck;

namespace {

struct CompileErrorCase {
    QueryTable table;
    const char* query;
    const char* message;
};

} // namespace

TEST(QueryCompile, errorsNameTheColumnAndWhatWasExpected)
{
    const auto workloads = QueryTable::Workloads;
    const auto traces = QueryTable::Traces;
    const std::vector<CompileErrorCase> cases{
        {workloads, "a cpx>3", "column 3: there is no field \"cpx\" here; expected cpu"},
        {workloads, "memroy>3", "column 1: there is no field \"memroy\" here; expected memory"},
        {workloads, "frobnicate:3",
         "column 1: there is no field \"frobnicate\" here; expected a field of this table, or quotes around the text"},
        {workloads, "has:cpu,xyzzy",
         "column 9: there is no field \"xyzzy\" here; expected a field of this table, or quotes around the text"},
        {workloads, "cpu>2GiB",
         "column 6: cpu: \"GiB\" is not a unit of this field; expected a percentage such as 80%"},
        {workloads, "mem>2parsec",
         "column 6: mem: \"parsec\" is not a unit of this field; expected a percentage such as 80% or a size such as "
         "2GiB or 500MB"},
        {workloads, "net>10Mb/s",
         "column 7: net: \"Mb/s\" is not a unit of this field (B means bytes, bit means bits); expected a rate such as "
         "10MB/s or 100Mbit/s"},
        {workloads, "net>10MB",
         "column 7: net: \"MB\" is not a unit of this field; expected a rate such as 10MB/s or 100Mbit/s"},
        {workloads, "cpu>abc", "column 5: cpu: \"abc\" is not a number; expected a percentage such as 80%"},
        {workloads, "cpu>nan", "column 5: cpu: \"nan\" is not a number; expected a percentage such as 80%"},
        {workloads, "cpu>1e999", "column 5: cpu: \"1e999\" is not a number; expected a percentage such as 80%"},
        {workloads, "uptime<2parsec",
         "column 9: uptime: \"parsec\" is not a unit of this field; expected a duration such as 250ms, 1h30m or 2d"},
        {workloads, "uptime<1h30",
         "column 12: uptime: \"\" is not a unit of this field; expected a duration such as 250ms, 1h30m or 2d"},
        {workloads, "vmid:1k", "column 7: vmid: \"k\" is not a unit of this field; expected a number without a unit"},
        {workloads, "mem=50%,2GiB", "column 9: the list mixes units; expected values of one kind, as in mem=1GiB,2GiB"},
        {workloads, "name>5", "column 1: name is text; expected : contains, = equals or ~/expression/"},
        {workloads, "cpu~/5/", "column 1: cpu is a number; expected > >= < <= or ="},
        {workloads, "status>running", "column 1: status is a fixed set of words; expected : or ="},
        {workloads, "status:xyz", "column 8: status is never \"xyz\"; expected one of running, degraded, stopped"},
        {workloads, "status=run", "column 8: status is never \"run\"; expected one of running, degraded, stopped"},
        {workloads, "name~/(/", "column 6: the expression is not valid (missing ): (); expected a regular expression"},
        {traces, "cpu>3",
         "column 1: there is no field \"cpu\" here; expected a field of this table, or quotes around "
         "the text"},
        {traces, "start>yesterday",
         "column 7: start: \"yesterday\" is not a date or time; expected a date or time such as 2026-11-21 or "
         "2026-11-21T10:42:07Z"},
    };
    for (const CompileErrorCase& c : cases) {
        const QueryOutcome outcome = compileQuery(c.query, c.table);
        ASSERT_EQ(outcome.errors.size(), 1U) << c.query;
        EXPECT_EQ(describeQueryError(c.query, outcome.errors[0]), c.message) << c.query;
        EXPECT_TRUE(outcome.query.matchesAll()) << c.query;
    }
}

TEST(QueryCompile, reportsEveryClauseThatDoesNotFit)
{
    const QueryOutcome outcome = compileQuery("cpu>x or (nope:1 -mem<5TB/s) uptime>3q", QueryTable::Workloads);
    ASSERT_EQ(outcome.errors.size(), 4U);
    EXPECT_EQ(outcome.errors[0].where, (TextSpan{4, 5}));
    EXPECT_EQ(outcome.errors[1].where, (TextSpan{10, 14}));
    EXPECT_EQ(outcome.errors[2].where, (TextSpan{23, 27}));
    EXPECT_EQ(outcome.errors[3].where, (TextSpan{37, 38}));
}

TEST(QueryCompile, refusesExpressionsThatWouldNeedTooMuchMemory)
{
    const QueryOutcome outcome = compileQuery("name~/((a{100}){100}){100}/", QueryTable::Workloads);
    ASSERT_EQ(outcome.errors.size(), 1U);
    EXPECT_TRUE(compileQuery("name~/(a+)+b/", QueryTable::Workloads).ok());
}

TEST(QueryFields, namesAndAliasesAreUniquePerTable)
{
    for (const QueryTable table : {QueryTable::Infrastructure, QueryTable::Workloads, QueryTable::Traces}) {
        for (const QueryField& field : queryFields(table)) {
            std::string names = std::string(field.name) + " " + std::string(field.aliases);
            while (!names.empty()) {
                const std::size_t end = std::min(names.find(' '), names.size());
                const std::string name = names.substr(0, end);
                EXPECT_EQ(findQueryField(table, name), &field) << name;
                EXPECT_FALSE(name == "and" || name == "or" || name == "not" || name == "has");
                names.erase(0, end + 1);
            }
            EXPECT_FALSE(field.basis.empty()) << field.name;
        }
    }
    EXPECT_NE(findQueryField(QueryTable::Workloads, "CPU"), nullptr);
    EXPECT_EQ(findQueryField(QueryTable::Workloads, ""), nullptr);
    EXPECT_EQ(suggestQueryField(QueryTable::Workloads, "abc"), "");
}

TEST(QueryFields, everyEnumFieldHasWordsAndNoOtherDoes)
{
    for (const QueryTable table : {QueryTable::Infrastructure, QueryTable::Workloads, QueryTable::Traces}) {
        for (const QueryField& field : queryFields(table)) {
            EXPECT_EQ(queryEnumValues(table, field.id).empty(), field.type != QueryFieldType::Enum) << field.name;
        }
    }
}
