// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/text_pattern.h"

#include "core/search_arena.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <string>

using namespace tracedeck;

TEST(TextPattern, agreesWithSearchingTheFoldedText)
{
    EXPECT_TRUE(rc::check([] {
        const auto letters = rc::gen::container<std::string>(rc::gen::elementOf(std::string("aAbB\xC3\x9C\xBC")));
        const std::string text = *letters;
        const std::string needle = *rc::gen::resize(4, letters);
        std::string scratch;
        RC_ASSERT(TextPattern::contains(needle).matches(text, scratch)
                  == (foldCase(text).find(foldCase(needle)) != std::string::npos));
        RC_ASSERT(TextPattern::equals(needle).matches(text, scratch) == (foldCase(text) == foldCase(needle)));
        RC_ASSERT(TextPattern::equals(text).matches(text, scratch));
    }));
}

TEST(TextPattern, expressionsAreLinearAndSayWhatIsWrong)
{
    std::string error;
    std::string scratch;
    const auto nested = TextPattern::regex("(a+)+$", error);
    ASSERT_TRUE(nested.has_value());
    EXPECT_FALSE(nested->matches(std::string(100'000, 'a') + "b", scratch)) << "a backtracking engine would not return";
    EXPECT_FALSE(TextPattern::regex("[", error).has_value());
    EXPECT_FALSE(error.empty());
    EXPECT_TRUE(TextPattern::regex("(?-i)Web", error)->matches("a Web", scratch));
    EXPECT_FALSE(TextPattern::regex("(?-i)Web", error)->matches("a web", scratch));
    EXPECT_FALSE(TextPattern::regex("web", error)->matches("\xFF\xFE", scratch));
}
