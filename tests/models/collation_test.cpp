// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/collation.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
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

} // namespace
} // namespace tracedeck
