// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_edit.h"
#include "selectors/query_print.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

std::vector<std::string> texts(std::string_view query)
{
    std::vector<std::string> out;
    for (const QueryPart& part : queryParts(query)) {
        out.push_back(part.text);
    }
    return out;
}

} // namespace

TEST(QueryEditTest, PartsAreTheOperandsOfTheOutermostAnd)
{
    EXPECT_EQ(texts("cpu>80 and tag:prod web"), (std::vector<std::string>{"cpu>80", "tag:prod", "web"}));
    EXPECT_EQ(texts("a or b"), std::vector<std::string>{"a or b"});
    EXPECT_EQ(texts("(a or b) not c"), (std::vector<std::string>{"(a or b)", "not c"}));
    EXPECT_EQ(texts("\"ü b\" -x"), (std::vector<std::string>{"\"ü b\"", "-x"}));
    EXPECT_EQ(texts("cpu>80"), std::vector<std::string>{"cpu>80"});
    EXPECT_TRUE(texts("").empty());
    EXPECT_TRUE(texts("   ").empty());
    EXPECT_TRUE(texts("(a").empty()) << "what does not parse has no parts";
}

TEST(QueryEditTest, WithoutOnePartTheOthersKeepTheirMeaning)
{
    const std::vector<QueryPart> parts = queryParts("cpu>80 (a or b) not c");
    ASSERT_EQ(parts.size(), 3U);
    const auto same = [](const std::string& a, const char* b) {
        return sameQuery(parseQuery(a).root, parseQuery(b).root);
    };
    EXPECT_TRUE(same(parts[0].without, "(a or b) not c")) << parts[0].without;
    EXPECT_TRUE(same(parts[1].without, "cpu>80 not c")) << parts[1].without;
    EXPECT_TRUE(same(parts[2].without, "cpu>80 (a or b)")) << parts[2].without;
    EXPECT_EQ(queryParts("cpu>80").front().without, "");
}

TEST(QueryEditTest, NestedPartsCollapseTheirConnective)
{
    const std::string_view text = "x (a or b) -(c)";
    EXPECT_EQ(dropQueryPart(text, {3, 4}), "x b not c") << "a tree is printed with the word, whatever sign was written";
    EXPECT_EQ(dropQueryPart("not a", {4, 5}), "") << "a negation of nothing goes too";
    EXPECT_EQ(dropQueryPart(text, {0, 2}), text) << "no such part";
    EXPECT_EQ(dropQueryPart("a (", {0, 1}), "a (");
    EXPECT_EQ(dropQueryPart("", {0, 0}), "");
}

RC_GTEST_PROP(QueryEdit, DroppingAllPartsOneByOneEndsEmpty, ())
{
    const auto pieces = *rc::gen::container<std::vector<std::string>>(
        rc::gen::element<std::string>("web", "cpu>80", "(a or b)", "-c", "tag:x,y", "\"p q\"", "not d"));
    std::string text;
    for (const std::string& piece : pieces) {
        text += (text.empty() ? "" : " ") + piece;
    }
    RC_ASSERT(queryParts(text).size() == pieces.size());
    for (std::size_t left = pieces.size(); left > 0; --left) {
        const std::vector<QueryPart> parts = queryParts(text);
        RC_ASSERT(parts.size() == left);
        text = parts[*rc::gen::inRange<std::size_t>(0, left)].without;
    }
    RC_ASSERT(text.empty());
}
