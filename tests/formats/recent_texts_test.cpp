// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/recent_texts.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <string>

namespace tracedeck {
namespace {

/// Few letters and all lengths around a word, so that ends and middles are often equal.
std::string anyText()
{
    const auto size = *rc::gen::inRange<std::size_t>(1, 40);
    return *rc::gen::container<std::string>(size, rc::gen::element('a', 'b'));
}

bool knows(const RecentTexts& recent, const StringPool& pool, const std::string& text, StringId& id)
{
    return recent.find(pool, text, TextWords(text), id);
}

TEST(TextWords, areEqualExactlyWhenTheTextsAre)
{
    EXPECT_TRUE(rc::check("words", [] {
        const std::string one = anyText().substr(0, 24);
        std::string other = one;
        other[*rc::gen::inRange<std::size_t>(0, other.size())] ^= 1;
        RC_ASSERT(!(TextWords(one) == TextWords(other)));
        RC_ASSERT(TextWords(one) == TextWords(std::string(one)));
        RC_ASSERT(sameText(one, std::string(one)));
        RC_ASSERT(!sameText(one, other));
        RC_ASSERT(!sameText(one, one + "a"));
    }));
}

TEST(RecentTextsTable, answersOnlyWithTheHandleOfTheText)
{
    StringPool pool;
    RecentTexts recent;
    EXPECT_TRUE(rc::check("find after remember", [&] {
        const std::string text = anyText();
        StringId id = 0;
        if (knows(recent, pool, text, id)) {
            RC_ASSERT(pool.view(id) == text);
        }
        const StringId own = pool.intern(text);
        recent.remember(text, TextWords(text), own);
        RC_ASSERT(knows(recent, pool, text, id));
        RC_ASSERT(id == own);
    }));
}

TEST(RecentTextsTable, growsWithoutMixingTexts)
{
    StringPool pool;
    RecentTexts recent;
    for (int number = 0; number < 20'000; ++number) {
        const std::string text = "text " + std::to_string(number);
        StringId id = 0;
        EXPECT_FALSE(knows(recent, pool, text, id));
        recent.remember(text, TextWords(text), pool.intern(text));
        ASSERT_TRUE(knows(recent, pool, text, id));
        EXPECT_EQ(pool.view(id), text);
    }
}

TEST(RecentTextsTable, forgetsShortTextsWhoseHandlesWereTakenBack)
{
    StringPool pool;
    RecentTexts recent;
    for (const std::string& text : {std::string("short"), std::string(30, 'l')}) {
        recent.remember(text, TextWords(text), pool.intern(text));
        pool.truncate(1);
        recent.forget();
        pool.intern("somebody else");
        StringId id = 0;
        EXPECT_FALSE(knows(recent, pool, text, id)) << text;
    }
    for (std::uint32_t round = 0; round < (1U << 27U) + 2; ++round) { // all generations there are, and around
        recent.forget();
    }
    StringId id = 0;
    EXPECT_FALSE(knows(recent, pool, "short", id));
}

} // namespace
} // namespace tracedeck
