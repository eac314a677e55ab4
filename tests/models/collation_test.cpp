// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/collation.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {
namespace {

std::vector<std::string> sorted(const std::vector<std::string>& texts,
                                const QLocale& locale = QLocale(QLocale::English, QLocale::UnitedStates))
{
    StringPool pool;
    std::vector<StringId> ids;
    for (const std::string& text : texts) {
        ids.push_back(pool.intern(text));
    }
    const CollationRanks ranks = collationRanks(pool, locale);
    std::sort(ids.begin(), ids.end(), [&ranks](StringId a, StringId b) { return ranks[a] < ranks[b]; });
    std::vector<std::string> out;
    for (const StringId id : ids) {
        out.emplace_back(pool.view(id));
    }
    return out;
}

TEST(Collation, NumbersSortByValue)
{
    EXPECT_THAT(sorted({"web-10", "web-9", "web-2"}), testing::ElementsAre("web-2", "web-9", "web-10"));
}

TEST(Collation, CaseDoesNotMatterAndTiesGoByBytes)
{
    EXPECT_THAT(sorted({"beta", "alpha", "Alpha", "BETA"}), testing::ElementsAre("Alpha", "alpha", "BETA", "beta"));
}

TEST(Collation, WithoutALocaleCaseAndNumbersCountAsEverywhere)
{
    const std::vector<std::string> texts{"Xvfb", "bash", "web-10", "Bravo", "web-9"};
    EXPECT_THAT(sorted(texts, QLocale::c()), testing::ElementsAre("bash", "Bravo", "web-9", "web-10", "Xvfb"));
    EXPECT_EQ(sorted(texts, QLocale::c()), sorted(texts));
}

TEST(Collation, TheEmptyTextIsFirstAndInvalidUtf8IsHarmless)
{
    const auto texts = sorted({"z", "", "\xff\xfe", "a"});
    EXPECT_EQ(texts.front(), "");
    EXPECT_EQ(texts.size(), 4U);
}

TEST(Collation, RanksAreDistinctAndDense)
{
    StringPool pool;
    for (int i = 0; i < 300; ++i) {
        pool.intern(std::to_string(i * 7919 % 300) + "x");
    }
    CollationRanks ranks = collationRanks(pool, QLocale::c());
    std::sort(ranks.rank.begin(), ranks.rank.end());
    for (std::uint32_t i = 0; i < ranks.rank.size(); ++i) {
        ASSERT_EQ(ranks.rank[i], i);
    }
}

/// Texts of a small alphabet, so that equal ones, ties and numbers are common.
std::string randomText(std::mt19937& random)
{
    static constexpr std::string_view kLetters = "aAbB019-";
    std::string text;
    for (std::uint32_t left = 1 + random() % 5; left > 0; --left) {
        text += kLetters[random() % kLetters.size()];
    }
    return text;
}

RC_GTEST_PROP(CollationProperty, RanksFromAnEarlierPoolAreThoseFromNothing, (std::uint32_t seed))
{
    std::mt19937 random(seed);
    StringPool earlier;
    StringPool later;
    for (std::uint32_t left = random() % 60; left > 0; --left) {
        const std::string text = randomText(random);
        if (random() % 8 != 0) {
            earlier.intern(text);
        }
        if (random() % 8 != 0) {
            later.intern(text);
        }
    }
    const QLocale locale(QLocale::English);
    const CollationRanks before = collationRanks(earlier, locale);
    const RankedTexts ranked{earlier, before};
    RC_ASSERT(collationRanks(later, locale, &ranked) == collationRanks(later, locale));
    RC_ASSERT(collationRanks(earlier, locale, &ranked) == before);
}

} // namespace
} // namespace tracedeck
