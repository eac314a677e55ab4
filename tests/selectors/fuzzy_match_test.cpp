// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/fuzzy_match.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <string>

using namespace tracedeck;

TEST(FuzzyMatch, EmptyPatternMatchesEverything)
{
    EXPECT_EQ(fuzzyScore("", "anything"), 0);
    EXPECT_EQ(fuzzyScore("  ", ""), 0);
    EXPECT_EQ(fuzzyScore("a", ""), std::nullopt);
}

TEST(FuzzyMatch, OrderMattersCaseDoesNot)
{
    EXPECT_TRUE(fuzzyScore("GTW", "go to workloads").has_value());
    EXPECT_FALSE(fuzzyScore("wtg", "go to workloads").has_value());
}

TEST(FuzzyMatch, WordStartsBeatMiddles)
{
    EXPECT_GT(fuzzyScore("tr", "Go to Traces"), fuzzyScore("tr", "Filter rows"));
    EXPECT_GT(fuzzyScore("work", "Workloads"), fuzzyScore("work", "w-o-r-k"));
}

TEST(FuzzyMatch, AWholeWordBeatsItsLettersInSeveralWords)
{
    EXPECT_GT(fuzzyScore("theme", "High-contrast theme"), fuzzyScore("theme", "Then by memory"));
    EXPECT_GT(fuzzyScore("theme", "Theme of the system"), fuzzyScore("theme", "High-contrast theme"));
}

RC_GTEST_PROP(FuzzyMatch, AnySubsequenceMatches, (const std::string& text, const std::vector<bool>& keep))
{
    std::string pattern;
    for (std::size_t i = 0; i < std::min(text.size(), keep.size()); ++i) {
        if (keep[i]) {
            pattern += text[i];
        }
    }
    RC_ASSERT(fuzzyScore(pattern, text).has_value());
}
