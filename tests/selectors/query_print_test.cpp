// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_print.h"

#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

using namespace tracedeck;

TEST(QueryPrint, writesOneFormForEqualQueries)
{
    const std::vector<std::pair<const char*, const char*>> cases{
        {"", ""},
        {" , ", ""},
        {"web,db", "web db"},
        {"web AND db", "web db"},
        {"a OR b", "a or b"},
        {"-web", "not web"},
        {"-(a b)", "not (a b)"},
        {"((a or b)) c", "(a or b) c"},
        {"a or (b c)", "a or (b c)"},
        {"a or b c", "a or (b c)"},
        {"NAME:Web", "name:Web"},
        {"cpu > 80 %", "cpu>80 %"},
        {"tag:\"prod\",dev", "tag:prod,dev"},
        {"os:\"Debian 12\"", "os:\"Debian 12\""},
        {"image:nginx:1", "image:\"nginx:1\""},
        {R"(name~/a\/b\d/)", R"(name~/a\/b\d/)"},
        {"HAS:CPU,mem", "has:cpu,mem"},
        {"\"exact phrase\"", "\"exact phrase\""},
        {R"("a\"b\\c")", R"("a\"b\\c")"},
        {"temp>-5", "temp>\"-5\""},
        {"\"and\"", "\"and\""},
        {"name:or", "name:\"or\""},
    };
    for (const auto& [text, printed] : cases) {
        const ParsedQuery parsed = parseQuery(text);
        ASSERT_TRUE(parsed.ok()) << text;
        EXPECT_EQ(queryToText(parsed.root), printed) << text;
        EXPECT_TRUE(sameQuery(parseQuery(printed).root, parsed.root)) << text;
    }
}

TEST(QueryPrint, valuesForMenusAreQuotedWhenNeeded)
{
    const std::vector<std::pair<std::string, std::string>> cases{{"prod", "prod"},
                                                                 {"web-1.example_x", "web-1.example_x"},
                                                                 {"", "\"\""},
                                                                 {"a b", "\"a b\""},
                                                                 {"a,b", "\"a,b\""},
                                                                 {"nginx:1", "\"nginx:1\""},
                                                                 {"a=b", "\"a=b\""},
                                                                 {"not", "\"not\""},
                                                                 {"-x", "\"-x\""},
                                                                 {"(x)", "\"(x)\""},
                                                                 {"say \"hi\"", R"("say \"hi\"")"},
                                                                 {R"(C:\x)", R"("C:\\x")"},
                                                                 {"m\xC3\xBCller", "m\xC3\xBCller"}};
    for (const auto& [value, written] : cases) {
        EXPECT_EQ(queryValueText(value), written);
        if (value.empty()) {
            continue;
        }
        const ParsedQuery parsed = parseQuery("tag:first," + written + ",last");
        ASSERT_TRUE(parsed.ok()) << written;
        EXPECT_EQ(parsed.root.texts, (std::vector<std::string>{"first", value, "last"})) << written;
    }
}

TEST(QueryPrint, sameQueryLooksAtMeaningOnly)
{
    const auto same = [](const char* a, const char* b) { return sameQuery(parseQuery(a).root, parseQuery(b).root); };
    EXPECT_TRUE(same("web db", "  web ,  db "));
    EXPECT_TRUE(same("\"web\"", "web"));
    EXPECT_FALSE(same("web db", "db web")) << "order is kept, so that a saved text stays as written";
    EXPECT_FALSE(same("name:web", "name=web"));
    EXPECT_FALSE(same("tag:a,b", "tag:a"));
    EXPECT_FALSE(same("a or b", "a b"));
    EXPECT_FALSE(same("-a", "a"));
}

TEST(QueryPrint, columnsStayInsideTheText)
{
    EXPECT_EQ(queryColumn("", 0), 1U);
    EXPECT_EQ(queryColumn("abc", 2), 3U);
    EXPECT_EQ(queryColumn("abc", 99), 4U);
    EXPECT_EQ(queryColumn("\xC3\xBC"
                          "b",
                          2),
              2U);
    EXPECT_EQ(describeQueryError("x", {{0, 1}, "what", ""}), "column 1: what");
}
