// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_chars.h"

#include "core/utf8_text.h"
#include "selectors/query_lexer.h"

#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

using namespace tracedeck;

TEST(QueryChars, wordsEndAtBlanksAndDelimiters)
{
    const std::vector<std::pair<std::string, std::size_t>> cases{
        {"web", 3},    {"web db", 3},  {"web,db", 3},      {"web(x", 3},   {"web)x", 3},
        {"web\"x", 3}, {"web\tdb", 3}, {"web\ndb", 3},     {"a:b=c>d", 7}, {"-x", 2},
        {"", 0},       {" x", 0},      {"m\xC3\xBC r", 3}, {"50%", 3},     {"\xFF\xFE", 2}};
    for (const auto& [text, end] : cases) {
        EXPECT_EQ(queryWordEnd(text, 0), end) << text;
    }
    EXPECT_EQ(queryWordEnd("a bc d", 2), 4U);
    EXPECT_EQ(queryWordEnd("abc", 3), 3U);
}

TEST(QueryChars, fieldsAreNamesThatBeginWithALetter)
{
    const std::vector<std::pair<std::string, std::size_t>> cases{
        {"cpu>80", 3}, {"http.route:x", 10}, {"a-b:c", 3}, {"_x=1", 2}, {"x9>1", 2},      {"9x>1", 0},
        {".x:1", 0},   {"-x:1", 0},          {"", 0},      {":x", 0},   {"\xC3\xBC:x", 0}};
    for (const auto& [text, end] : cases) {
        EXPECT_EQ(queryFieldEnd(text, 0), end) << text;
    }
    EXPECT_EQ(queryFieldEnd("a cpu>1", 2), 5U);
    EXPECT_EQ(queryFieldEnd("cpu", 7), 7U) << "behind the end there is nothing";
}

TEST(QueryChars, quotesKnowTwoEscapes)
{
    EXPECT_EQ(queryQuoteEnd("\"ab\" c", 0), 4U);
    EXPECT_EQ(queryQuoteEnd("x\"\"", 1), 3U);
    EXPECT_EQ(queryQuoteEnd(R"("a\"b")", 0), 6U);
    EXPECT_EQ(queryQuoteEnd(R"("a\\" b")", 0), 5U);
    EXPECT_EQ(queryQuoteEnd(R"("C:\temp")", 0), 9U);
    EXPECT_EQ(queryQuoteEnd(R"("open\")", 0), std::nullopt);
    EXPECT_EQ(queryQuoteEnd("\"", 0), std::nullopt);
    EXPECT_EQ(unquoteQueryText(R"("a\"b\\c\d")", {0, 11}), R"(a"b\c\d)");
    EXPECT_EQ(unquoteQueryText("\"\"", {0, 2}), "");
}

TEST(QueryChars, keywordsAreWholeWordsOfAnyCase)
{
    EXPECT_EQ(queryKeyword("and"), QueryKeyword::And);
    EXPECT_EQ(queryKeyword("OR"), QueryKeyword::Or);
    EXPECT_EQ(queryKeyword("Not"), QueryKeyword::Not);
    for (const char* word : {"", "an", "andy", "nor", "not:", "or,"}) {
        EXPECT_EQ(queryKeyword(word), QueryKeyword::None) << word;
    }
}

TEST(QueryMessages, piecesOfUserTextAreShortAndPrintable)
{
    EXPECT_EQ(quoteForMessage("cpu>"), "\"cpu>\"");
    EXPECT_EQ(quoteForMessage("a\x01\x7F\xFF"
                              "b"),
              "\"a???b\"");
    EXPECT_EQ(quoteForMessage("m\xC3\xBCller"), "\"m\xC3\xBCller\"");
    const std::string cut = quoteForMessage(std::string(1000, 'x'));
    EXPECT_LT(cut.size(), 60U);
    EXPECT_EQ(cut.substr(cut.size() - 4), "\xE2\x80\xA6\"");
    const std::string wide = quoteForMessage(std::string(39, 'x') + "\xF0\x9F\x90\xB3\xF0\x9F\x90\xB3");
    for (std::size_t i = 0; i < wide.size(); i += utf8CharLength(wide, i)) {
        ASSERT_NE(utf8CharLength(wide, i), 0U) << "never cut inside a character";
    }
}
