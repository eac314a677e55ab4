// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_context.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

using namespace tracedeck;

namespace {

using Kind = QueryContext::Kind;

/// `text` has a `|` where the cursor stands and `[` `]` around what a candidate replaces.
struct ContextCase {
    const char* text;
    Kind kind;
    const char* typed;
    const char* field;
};

} // namespace

TEST(QueryContext, knowsWhatIsTypedAndWhatItReplaces)
{
    const std::vector<ContextCase> cases{
        {"[|]", Kind::Term, "", ""},
        {"[we|b]", Kind::Term, "we", ""},
        {"[WE|B]", Kind::Term, "we", ""},
        {"web [|]", Kind::Term, "", ""},
        {"web,[|]", Kind::Term, "", ""},
        {"([|])", Kind::Term, "", ""},
        {"-[ta|g]", Kind::Term, "ta", ""},
        {"web [an|]", Kind::Term, "an", ""},
        {"web [and|]", Kind::Term, "and", ""},
        {"[cp|u]>5", Kind::Term, "cp", ""},
        {"tag:[|]", Kind::Value, "", "tag"},
        {"TAG:[Pr|od]", Kind::Value, "pr", "tag"},
        {"cpu> [|]", Kind::Value, "", "cpu"},
        {"cpu >= [8|0]", Kind::Value, "8", "cpu"},
        {"tag:a,[|]", Kind::Value, "", "tag"},
        {"tag:a,[b|c] web", Kind::Value, "b", "tag"},
        {"tag:a, [|]", Kind::Term, "", ""},
        {"os:[\"deb|ian 12\"] x", Kind::Value, "deb", "os"},
        {"os:[\"deb|]", Kind::Value, "deb", "os"},
        {"tag:a,[\"b|]", Kind::Value, "b", "tag"},
        {"x (tag:[p|])", Kind::Value, "p", "tag"},
        {"has:[c|pu]", Kind::Value, "c", "has"},
    };
    for (const ContextCase& c : cases) {
        std::string text = c.text;
        const auto take = [&](char sign) {
            const std::size_t at = text.find(sign);
            text.erase(at, 1);
            return static_cast<std::uint32_t>(at);
        };
        const std::uint32_t begin = take('[');
        const std::uint32_t cursor = take('|');
        const std::uint32_t end = take(']');
        const QueryContext context = queryContext(text, cursor);
        EXPECT_EQ(context.kind, c.kind) << c.text;
        EXPECT_EQ(context.typed, c.typed) << c.text;
        EXPECT_EQ(context.field, c.field) << c.text;
        EXPECT_EQ(context.replace, (TextSpan{begin, end})) << c.text;
    }
}

TEST(QueryContext, nothingIsTypedInsidePhrasesAndExpressions)
{
    for (const char* text : {"\"ph", "\"phrase\"", "x \"ph", "name~/re", "name~/re/", "os:\"debian\""}) {
        EXPECT_EQ(queryContext(text, std::string(text).size()).kind, Kind::Nothing) << text;
    }
}

TEST(QueryContext, saysWhetherAnotherTermStandsBefore)
{
    EXPECT_FALSE(queryContext("", 0).afterTerm);
    EXPECT_FALSE(queryContext("web", 3).afterTerm);
    EXPECT_TRUE(queryContext("web ", 4).afterTerm);
    EXPECT_TRUE(queryContext("web d", 5).afterTerm);
    EXPECT_TRUE(queryContext("cpu>5 ", 6).afterTerm);
    EXPECT_TRUE(queryContext("(a) ", 4).afterTerm);
    EXPECT_FALSE(queryContext("a or ", 5).afterTerm);
    EXPECT_FALSE(queryContext("(", 1).afterTerm);
    EXPECT_TRUE(queryContext("cpu>5", 2).operatorFollows);
    EXPECT_FALSE(queryContext("cpu 5", 2).operatorFollows);
}
