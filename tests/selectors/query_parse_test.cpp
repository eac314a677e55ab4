// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query.h"
#include "selectors/query_print.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

using namespace tracedeck;

namespace {

/// Tree as text with explicit kinds, so that a table test can say what it expects.
std::string shape(const QueryNode& node)
{
    const auto list = [&](const std::string& name) {
        std::string out = name + "(";
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            out += (i == 0 ? "" : " ") + shape(node.children[i]);
        }
        return out + ")";
    };
    const auto texts = [&] {
        std::string out;
        for (std::size_t i = 0; i < node.texts.size(); ++i) {
            out += (i == 0 ? "" : "|") + node.texts[i];
        }
        return out;
    };
    constexpr const char* kOps[] = {":", "=", "~", ">", ">=", "<", "<="};
    switch (node.kind) {
    case QueryNode::Kind::All:
        return "all";
    case QueryNode::Kind::And:
        return list("and");
    case QueryNode::Kind::Or:
        return list("or");
    case QueryNode::Kind::Not:
        return list("not");
    case QueryNode::Kind::Word:
        return texts();
    case QueryNode::Kind::Phrase:
        return "'" + texts() + "'";
    case QueryNode::Kind::Field:
        return node.field + kOps[static_cast<int>(node.op)] + texts();
    case QueryNode::Kind::Has:
        return "has " + texts();
    }
    return {};
}

struct ParseCase {
    const char* text;
    const char* tree;
};

struct ErrorCase {
    const char* text;
    std::uint32_t begin;
    std::uint32_t end;
    const char* what;
};

} // namespace

TEST(QueryParse, readsTheGrammar)
{
    const std::vector<ParseCase> cases{
        {"", "all"},
        {"  \t ", "all"},
        {",,", "all"},
        {"web", "web"},
        {"web db", "and(web db)"},
        {"web,db", "and(web db)"},
        {"web, db,", "and(web db)"},
        {"web and db", "and(web db)"},
        {"a or b c", "or(a and(b c))"},
        {"a b or c and d", "or(and(a b) and(c d))"},
        {"(a or b) c", "and(or(a b) c)"},
        {"((a b)) c", "and(a b c)"},
        {"\"exact phrase\"", "'exact phrase'"},
        {R"("say \"hi\" \\ C:\temp")", R"('say "hi" \ C:\temp')"},
        {"-word", "not(word)"},
        {"not word", "not(word)"},
        {"NOT a AND b OR c", "or(and(not(a) b) c)"},
        {"-(a b)", "not(and(a b))"},
        {"--x", "not(-x)"},
        {"not -x", "not(not(x))"},
        {"\"and\" notable", "and('and' notable)"},
        {"name:web", "name:web"},
        {"Name=Web-1", "name=Web-1"},
        {"name~/re/", "name~re"},
        {R"(name~/a\/b\d/,/c/)", R"(name~a/b\d|c)"},
        {"tag:prod,dev", "tag:prod|dev"},
        {"tag:prod, dev", "and(tag:prod dev)"},
        {"tag:prod,cpu>80", "and(tag:prod cpu>80)"},
        {"status:running,type:vm", "and(status:running type:vm)"},
        {"tag:prod,-web", "and(tag:prod not(web))"},
        {"tag:a,not b", "and(tag:a not(b))"},
        {"temp=-5,-3", "temp=-5|-3"},
        {"cpu>80,90", "and(cpu>80 90)"},
        {"tag:\"a b\",c", "tag:a b|c"},
        {"image:\"nginx:1\",\"redis:7\"", "image:nginx:1|redis:7"},
        {"image:nginx:1", "image:nginx:1"},
        {"cpu>80 mem>=2GiB net<10MB/s up<=2h", "and(cpu>80 mem>=2GiB net<10MB/s up<=2h)"},
        {"cpu > 80 or name = x", "or(cpu>80 name=x)"},
        {"cpu>\n80", "cpu>80"},
        {"has:cpu", "has cpu"},
        {"has:CPU,mem", "has cpu|mem"},
        {"-has:ip", "not(has ip)"},
        {"10.0.0.1:80", "10.0.0.1:80"},
        {"ip:fe80::1", "ip:fe80::1"},
        {"http.route:/x", "http.route:/x"},
        {"name:and", "name:and"},
        {"not:x", "not:x"},
        {"web\"x y\"", "and(web 'x y')"},
        {"wow! 50%", "and(wow! 50%)"},
    };
    for (const ParseCase& c : cases) {
        const ParsedQuery parsed = parseQuery(c.text);
        EXPECT_TRUE(parsed.ok()) << c.text << ": "
                                 << (parsed.ok() ? "" : describeQueryError(c.text, parsed.errors.front()));
        EXPECT_EQ(shape(parsed.root), c.tree) << c.text;
    }
}

TEST(QueryParse, saysWhereAndWhatIsWrong)
{
    const std::vector<ErrorCase> cases{
        {"a \"open", 2, 7, "the quote is not closed"},
        {"name:\"open", 5, 10, "the quote is not closed"},
        {"\"\"", 0, 2, "the quotes are empty"},
        {"x name:\"\"", 7, 9, "the quotes are empty"},
        {"(a", 0, 1, "the parenthesis is not closed"},
        {"(a (b)", 0, 1, "the parenthesis is not closed"},
        {"a)", 1, 2, "no ( stands before this )"},
        {"()", 0, 2, "the parentheses are empty"},
        {"a and", 5, 5, "the query ends here"},
        {"and a", 0, 3, "\"and\" has nothing before it"},
        {"a and or b", 6, 8, "a term is missing here"},
        {"a or", 4, 4, "the query ends here"},
        {"or a", 0, 2, "a term is missing here"},
        {"a not", 2, 5, "there is nothing to negate"},
        {"a -", 2, 3, "nothing stands after -"},
        {"cpu>", 0, 4, "no value stands after \"cpu>\""},
        {"tag: ", 0, 4, "no value stands after \"tag:\""},
        {"cpu> and x", 0, 4, "no value stands after \"cpu>\""},
        {"name~", 0, 5, "no value stands after \"name~\""},
        {"name~abc", 5, 8, "the expression does not start with /"},
        {"name~\"x\"", 5, 6, "the expression does not start with /"},
        {"name~/abc", 5, 9, "the expression is not closed"},
        {"name~//", 5, 7, "the expression is empty"},
        {"a >80", 3, 3, ""},
        {">80", 0, 3, "no field stands before \">\""},
        {"cpu!=5", 3, 5, "! is not an operator"},
        {"cpu==5", 4, 5, "\"=\" does not fit here"},
        {"tag:(a b)", 4, 5, "a group cannot be a value"},
        {"has>3", 0, 4, "has takes no comparison"},
    };
    for (const ErrorCase& c : cases) {
        const ParsedQuery parsed = parseQuery(c.text);
        if (std::string(c.what).empty()) {
            EXPECT_TRUE(parsed.ok()) << c.text;
            continue;
        }
        ASSERT_GE(parsed.errors.size(), 1U) << c.text;
        EXPECT_EQ(parsed.errors[0].where, (TextSpan{c.begin, c.end})) << c.text;
        EXPECT_EQ(parsed.errors[0].what, c.what) << c.text;
        EXPECT_FALSE(parsed.errors[0].expected.empty()) << c.text;
        EXPECT_EQ(parsed.root.kind, QueryNode::Kind::All) << "no half tree: " << c.text;
    }
}

TEST(QueryParse, colouringGoesOnAfterAnError)
{
    const ParsedQuery parsed = parseQuery("cpu> ) tag:a,b \"x");
    using Token = QueryToken::Kind;
    const std::vector<QueryToken> expected{
        {Token::Field, {0, 3}},   {Token::Operator, {3, 4}},   {Token::Parenthesis, {5, 6}},
        {Token::Field, {7, 10}},  {Token::Operator, {10, 11}}, {Token::Value, {11, 12}},
        {Token::Comma, {12, 13}}, {Token::Value, {13, 14}},    {Token::Error, {15, 17}}};
    EXPECT_EQ(parsed.tokens, expected);
    EXPECT_EQ(parsed.errors.size(), 2U);
}

TEST(QueryParse, keepsPositionsOfNodesFieldsAndValues)
{
    const ParsedQuery parsed = parseQuery("x not (tag:prod,\"a b\")");
    ASSERT_TRUE(parsed.ok());
    const QueryNode& negation = parsed.root.children.at(1);
    EXPECT_EQ(negation.where, (TextSpan{2, 22}));
    const QueryNode& field = negation.children.at(0);
    EXPECT_EQ(field.fieldAt, (TextSpan{7, 10}));
    EXPECT_EQ(field.valueAt, (TextSpan{11, 21}));
    EXPECT_EQ(field.textsAt, (std::vector<TextSpan>{{11, 15}, {16, 21}}));
}

TEST(QueryError, countsColumnsInCharacters)
{
    const std::string text = "m\xC3\xBCller \xF0\x9F\x90\xB3 cpu>";
    const ParsedQuery parsed = parseQuery(text);
    ASSERT_EQ(parsed.errors.size(), 1U);
    EXPECT_EQ(describeQueryError(text, parsed.errors[0]),
              "column 10: no value stands after \"cpu>\"; expected a value after \"cpu>\"");
    EXPECT_EQ(queryColumn("\xFF\xFFx", 2), 3U) << "broken bytes count one each";
}
