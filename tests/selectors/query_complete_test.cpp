// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_complete.h"

#include "tests/support/query_tables.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <string>
#include <vector>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

/// Completes at the `|` of the text.
QueryCompletions complete(std::string text, std::size_t limit = 100)
{
    static const WorkloadTable table = sampleWorkloads();
    const std::size_t cursor = text.find('|');
    text.erase(cursor, 1);
    return completeQuery(text, cursor, table, limit);
}

std::vector<std::string> texts(const QueryCompletions& completions)
{
    std::vector<std::string> out;
    for (const QueryCandidate& candidate : completions.candidates) {
        out.push_back(candidate.text);
    }
    return out;
}

bool offers(const QueryCompletions& completions, const std::string& text)
{
    const auto all = texts(completions);
    return std::find(all.begin(), all.end(), text) != all.end();
}

/// The text after the candidate was taken.
std::string accepted(std::string text, const std::string& candidate)
{
    const QueryCompletions completions = complete(text);
    EXPECT_TRUE(offers(completions, candidate)) << text << " does not offer " << candidate;
    text.erase(text.find('|'), 1);
    return text.replace(completions.replace.begin, completions.replace.end - completions.replace.begin, candidate);
}

} // namespace

TEST(QueryComplete, offersFieldsAndKeywordsForATerm)
{
    EXPECT_TRUE(offers(complete("|"), "cpu>"));
    EXPECT_TRUE(offers(complete("|"), "name:"));
    EXPECT_FALSE(offers(complete("|"), "or ")) << "nothing to join yet";
    EXPECT_TRUE(offers(complete("web |"), "or "));
    EXPECT_EQ(texts(complete("web or na|")), (std::vector<std::string>{"name:", "ns:"}));
    EXPECT_EQ(texts(complete("-tag|")).front(), "tag:");
    EXPECT_EQ(texts(complete("restart|")),
              (std::vector<std::string>{"restarts>", "restarts>=", "restarts<", "restarts<=", "restarts="}));
    EXPECT_TRUE(texts(complete("zzz|")).empty());
    EXPECT_EQ(complete("|", 3).candidates.size(), 3U);
}

TEST(QueryComplete, offersOperatorsBehindACompleteField)
{
    const QueryCompletions number = complete("web cpu|");
    EXPECT_EQ(texts(number), (std::vector<std::string>{"cpu>", "cpu>=", "cpu<", "cpu<=", "cpu=", "cpus>"}));
    EXPECT_EQ(number.replace, (TextSpan{4, 7}));
    EXPECT_EQ(texts(complete("status|")), (std::vector<std::string>{"status:"}));
    EXPECT_EQ(texts(complete("cp|u>5")), (std::vector<std::string>{"cpu", "cpus"})) << "the operator is there";
}

TEST(QueryComplete, offersValuesOfTheTable)
{
    EXPECT_EQ(texts(complete("node:|")), (std::vector<std::string>{"pve-west-a", "node-1"})) << "frequent ones first";
    EXPECT_EQ(complete("node:|").candidates[0].detail, "2 rows");
    EXPECT_EQ(texts(complete("name:e|")),
              (std::vector<std::string>{"edge-proxy", "M\xC3\xBCller-API", "checkout-web", "session-cache"}))
        << "beginnings before insides";
    EXPECT_EQ(accepted("tag:PRO|", "prod"), "tag:prod");
    EXPECT_EQ(accepted("tag:prod,d| web", "dev"), "tag:prod,dev web");
    EXPECT_EQ(accepted("tag:prod,|", "edge"), "tag:prod,edge");
    EXPECT_EQ(accepted("os:Deb|", "\"Debian 12\""), "os:\"Debian 12\"");
    EXPECT_EQ(accepted("os:\"debian |", "\"Debian 12\""), "os:\"Debian 12\"");
    EXPECT_EQ(accepted("image:re|", "\"redis:7\""), "image:\"redis:7\"") << "a bare colon could start a clause";
}

TEST(QueryComplete, countsRowsAndNotHowOftenTheyHoldAValue)
{
    const TraceListTable traces = sampleTraces(); // the root's service is among the services, too
    const QueryCompletions services = completeQuery("service:front", 13, traces);
    ASSERT_FALSE(services.candidates.empty());
    EXPECT_EQ(services.candidates[0].text, "frontend");
    EXPECT_EQ(services.candidates[0].detail, "2 rows");
}

TEST(QueryComplete, offersWordsUnitsAndFieldsOfHas)
{
    EXPECT_EQ(texts(complete("status:|")), (std::vector<std::string>{"running", "degraded", "stopped"}));
    EXPECT_EQ(texts(complete("status:running,de|")), (std::vector<std::string>{"degraded"}));
    EXPECT_EQ(texts(complete("mem>2|")), (std::vector<std::string>{"2%", "2KiB", "2MiB", "2GiB", "2TiB"}));
    EXPECT_EQ(texts(complete("net> 10|")), (std::vector<std::string>{"10kB/s", "10MB/s", "10GB/s", "10Mbit/s"}));
    EXPECT_EQ(complete("uptime<|").candidates[0].label, "a duration such as 250ms, 1h30m or 2d");
    EXPECT_EQ(texts(complete("has:cp|")), (std::vector<std::string>{"cpu", "cpus"}));
}

TEST(QueryComplete, isSilentInsidePhrasesAndExpressions)
{
    for (const char* text : {"\"exact ph|", "\"exact\"|", "name~/we|", "name~/we/|", "nope:x|", "a\"b|"}) {
        EXPECT_TRUE(complete(text).candidates.empty()) << text;
    }
}

TEST(QueryComplete, replacesInsideTheTextWhateverIsTyped)
{
    static const WorkloadTable table = sampleWorkloads();
    EXPECT_TRUE(rc::check([] {
        const auto text =
            *rc::gen::container<std::string>(rc::gen::elementOf(std::string("\" ,:()=<>~/-\\cputagne1\xC3\xBC")));
        const auto cursor = *rc::gen::inRange<std::size_t>(0, text.size() + 3);
        const QueryCompletions completions = completeQuery(text, cursor, table);
        RC_ASSERT(completions.replace.begin <= completions.replace.end);
        RC_ASSERT(completions.replace.end <= text.size());
        RC_ASSERT(completions.replace.begin <= cursor);
        RC_ASSERT(completions.candidates.size() <= 12U);
    }));
}
