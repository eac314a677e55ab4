// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query.h"
#include "selectors/query_print.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <string>
#include <vector>

using namespace tracedeck;

namespace {

std::string repeated(const std::string& piece, std::size_t times)
{
    std::string out;
    out.reserve(piece.size() * times);
    for (std::size_t i = 0; i < times; ++i) {
        out += piece;
    }
    return out;
}

QueryNode term(QueryNode::Kind kind, std::string text)
{
    QueryNode node;
    node.kind = kind;
    node.texts = {std::move(text)};
    return node;
}

QueryNode randomLeaf()
{
    const auto anyText = rc::gen::nonEmpty(rc::gen::string<std::string>());
    const auto word = rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange('a', 'z')));
    switch (*rc::gen::inRange(0, 5)) {
    case 0:
        return term(QueryNode::Kind::Word, "w" + *word);
    case 1:
        return term(QueryNode::Kind::Phrase, *anyText);
    case 2: {
        QueryNode node = term(QueryNode::Kind::Has, "cpu");
        node.field = "has";
        return node;
    }
    case 3: {
        QueryNode node = term(QueryNode::Kind::Field, *word);
        node.field = "name";
        node.op = QueryOp::Regex;
        return node;
    }
    default: {
        QueryNode node = term(QueryNode::Kind::Field, *anyText);
        node.field = "f" + *word;
        node.op = *rc::gen::element(QueryOp::Contains, QueryOp::Equals, QueryOp::Greater, QueryOp::LessEqual);
        if (node.op == QueryOp::Contains || node.op == QueryOp::Equals) {
            node.texts.push_back(*anyText);
        }
        return node;
    }
    }
}

/// Flat trees as the parser makes them: no And in And, no Or in Or, at least two operands.
QueryNode randomTree(int depth, QueryNode::Kind above)
{
    const int kind = depth == 0 ? 0 : *rc::gen::inRange(0, 4);
    if (kind == 1) {
        QueryNode node;
        node.kind = QueryNode::Kind::Not;
        node.children.push_back(randomTree(depth - 1, QueryNode::Kind::Not));
        return node;
    }
    const auto wanted = kind == 2 ? QueryNode::Kind::And : QueryNode::Kind::Or;
    if (kind == 0 || wanted == above) {
        return randomLeaf();
    }
    QueryNode node;
    node.kind = wanted;
    const int operands = *rc::gen::inRange(2, 5);
    for (int i = 0; i < operands; ++i) {
        node.children.push_back(randomTree(depth - 1, wanted));
    }
    return node;
}

} // namespace

TEST(QueryRobust, acceptsSixtyFourLevelsAndRefusesMore)
{
    for (const auto& [open, close] : {std::pair<std::string, std::string>{"(", ")"}, {"not ", ""}, {"-(", ")"}}) {
        const std::size_t levels = open == "-(" ? 32 : 64;
        EXPECT_TRUE(parseQuery(repeated(open, levels) + "x" + repeated(close, levels)).ok()) << open;
        const ParsedQuery deep = parseQuery(repeated(open, levels + 1) + "x" + repeated(close, levels + 1));
        ASSERT_EQ(deep.errors.size(), 1U) << open;
        EXPECT_EQ(deep.errors[0].what, "the query is nested too deep");
    }
}

TEST(QueryRobust, takesAMegabyteOfAnything)
{
    constexpr std::size_t kSize = 1U << 20U;
    for (const std::string piece :
         {"(", "not ", "-", "a ", "a,", "\"", "tag:a,", "a:", "x>", "/", "\\", "\xFF", "~/", "a or "}) {
        const std::string text = repeated(piece, kSize / piece.size());
        const ParsedQuery parsed = parseQuery(text);
        for (const QueryError& error : parsed.errors) {
            ASSERT_LE(error.where.begin, error.where.end);
            ASSERT_LE(error.where.end, text.size());
        }
    }
    EXPECT_EQ(parseQuery(repeated("a ", kMaxQueryTerms + 1)).errors.at(0).what, "the query has too many terms");
    EXPECT_TRUE(parseQuery(repeated("a ", kMaxQueryTerms)).ok());
    EXPECT_TRUE(parseQuery("tag:" + repeated("x", kSize)).ok());
}

TEST(QueryRobust, anyBytesGiveOrderedTokensInsideTheText)
{
    EXPECT_TRUE(rc::check([] {
        const auto text = *rc::gen::container<std::string>(rc::gen::weightedOneOf<char>(
            {{3, rc::gen::arbitrary<char>()}, {7, rc::gen::elementOf(std::string(R"x( ()",:=~<>/\-!abnotrd0)x"))}}));
        const ParsedQuery parsed = parseQuery(text);
        std::uint32_t last = 0;
        for (const QueryToken& token : parsed.tokens) {
            RC_ASSERT(token.where.begin >= last);
            RC_ASSERT(token.where.end > token.where.begin);
            RC_ASSERT(token.where.end <= text.size());
            last = token.where.end;
        }
        if (parsed.ok()) {
            const ParsedQuery again = parseQuery(queryToText(parsed.root));
            RC_ASSERT(again.ok());
            RC_ASSERT(sameQuery(again.root, parsed.root));
        }
    }));
}

TEST(QueryRobust, printedTreeParsesToTheSameTree)
{
    EXPECT_TRUE(rc::check([] {
        const QueryNode tree = randomTree(4, QueryNode::Kind::All);
        const std::string text = queryToText(tree);
        const ParsedQuery parsed = parseQuery(text);
        RC_LOG() << text;
        RC_ASSERT(parsed.ok());
        RC_ASSERT(sameQuery(parsed.root, tree));
    }));
}
