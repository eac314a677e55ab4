// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search_arena.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <string>
#include <utility>
#include <vector>

using namespace tracedeck;

TEST(FoldCase, lowersTheStatedAlphabetsAndNothingElse)
{
    const std::vector<std::pair<const char*, const char*>> cases{
        {"", ""},
        {"WEB-01 @[`{", "web-01 @[`{"},
        {"M\xC3\x9CLLER", "m\xC3\xBCller"}, // Ü
        {"\xC3\x97", "\xC3\x97"}, // × is no letter
        {"\xC5\x81\xC3\xB3\xC5\xB9", "\xC5\x82\xC3\xB3\xC5\xBA"}, // Łóź
        {"\xCE\xA9", "\xCF\x89"}, // Ω
        {"\xD0\x9F\xD0\x81", "\xD0\xBF\xD1\x91"}, // ПЁ
        {"\xC5\xB8", "\xC3\xBF"}, // Ÿ
        {"\xE6\x97\xA5\xF0\x9F\x90\xB3", "\xE6\x97\xA5\xF0\x9F\x90\xB3"}, // 日, whale
        {"A\xC3", "a\xC3"}, // cut in the middle of a letter
        {"\xFF\xC3"
         "A",
         "\xFF\xC3"
         "a"},
    };
    for (const auto& [text, folded] : cases) {
        EXPECT_EQ(foldCase(text), folded) << text;
    }
}

TEST(FoldCase, keepsTheLengthAndIsStable)
{
    EXPECT_TRUE(rc::check([](const std::string& text) {
        const std::string once = foldCase(text);
        RC_ASSERT(once.size() == text.size());
        RC_ASSERT(foldCase(once) == once);
        std::string appended = "x";
        appendFolded(appended, text);
        RC_ASSERT(appended == "x" + once);
    }));
}

TEST(SearchArena, separatesFieldsAndRowsByBytesNoTextCanHold)
{
    SearchArena arena;
    arena.addField("Web");
    arena.addField("");
    arena.addField(std::string("a\0b\x01", 4));
    arena.endRow();
    arena.endRow();
    arena.addField("db");
    arena.endRow();
    ASSERT_EQ(arena.rows(), 3U);
    EXPECT_EQ(arena.row(0),
              std::string_view("web\x01"
                               "a b "));
    EXPECT_EQ(arena.row(1), "");
    EXPECT_EQ(arena.row(2), "db");
    EXPECT_EQ(arena.text().size(), arena.starts().back());
}
