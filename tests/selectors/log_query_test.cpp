// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/log_query.h"

#include <gtest/gtest.h>

namespace tracedeck {
namespace {

bool matchesLine(const std::string& query, const LogQueryLine& line)
{
    const LogQuery compiled = LogQuery::compile(query);
    EXPECT_TRUE(compiled.ok()) << query << ": " << (compiled.ok() ? "" : compiled.errors()[0].what);
    return compiled.matches(line);
}

const LogQueryLine kLine{"GET /api/users 500 in 12 ms", "error", true};

TEST(LogQuery, WordsPhrasesAndLogic)
{
    EXPECT_TRUE(matchesLine("", kLine));
    EXPECT_TRUE(matchesLine("users GET", kLine)) << "in any order";
    EXPECT_TRUE(matchesLine("\"/api/users 500\"", kLine));
    EXPECT_FALSE(matchesLine("\"500 /api\"", kLine));
    EXPECT_TRUE(matchesLine("-health", kLine));
    EXPECT_FALSE(matchesLine("not get", kLine)) << "case does not count";
    EXPECT_TRUE(matchesLine("(nothing or users) and 500", kLine));
    EXPECT_FALSE(matchesLine("users and nothing", kLine));
}

TEST(LogQuery, Fields)
{
    EXPECT_TRUE(matchesLine("level:error", kLine));
    EXPECT_TRUE(matchesLine("level:warn,err", kLine));
    EXPECT_FALSE(matchesLine("level:warning", kLine));
    EXPECT_TRUE(matchesLine("level>=warn", kLine));
    EXPECT_TRUE(matchesLine("level>=error", kLine));
    EXPECT_FALSE(matchesLine("level>error", kLine));
    EXPECT_TRUE(matchesLine("level<=error", kLine));
    EXPECT_FALSE(matchesLine("level<error", kLine));
    EXPECT_FALSE(matchesLine("level<warn", kLine));
    EXPECT_FALSE(matchesLine("level<=fatal", {"no level named", "", false}));
    EXPECT_TRUE(matchesLine("has:level", kLine));
    EXPECT_FALSE(matchesLine("has:level", {"plain", "", false}));
    for (const char* words : {"stream:err", "stream:error", "stream:stderr", "stream:STDERR", "stream:out,err"}) {
        EXPECT_TRUE(matchesLine(words, kLine)) << words;
    }
    EXPECT_FALSE(matchesLine("stream:stdout", kLine));
    EXPECT_FALSE(matchesLine("stream:out", kLine));
    EXPECT_TRUE(matchesLine("text~/ 5\\d\\d /", kLine));
    EXPECT_FALSE(matchesLine("text~/ 4\\d\\d /", kLine));
    EXPECT_TRUE(matchesLine("text:users,orders", kLine));
}

class BadLogQuery : public testing::TestWithParam<const char*> { };

TEST_P(BadLogQuery, SaysWhatWasExpectedAndHidesNothing)
{
    const LogQuery query = LogQuery::compile(GetParam());
    ASSERT_FALSE(query.ok());
    EXPECT_FALSE(query.errors()[0].what.empty());
    EXPECT_TRUE(query.matches(kLine)) << "a filter that does not parse filters nothing";
}

INSTANTIATE_TEST_SUITE_P(Texts, BadLogQuery,
                         testing::Values("cpu>80", "level:loud", "stream:sideways", "text>5", "text~/(/", "(open",
                                         "has:name"));

} // namespace
} // namespace tracedeck
