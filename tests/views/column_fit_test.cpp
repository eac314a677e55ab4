// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/column_fit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <numeric>
#include <rapidcheck.h>

namespace tracedeck {
namespace {

using testing::ElementsAre;

TEST(FitColumns, SpareWidthGoesToThoseThatStretch)
{
    EXPECT_THAT(fitColumns({{.width = 100, .stretch = 3}, {.width = 100}, {.width = 100, .stretch = 1}}, 380),
                ElementsAre(160, 100, 120));
}

TEST(FitColumns, ShrinksBeforeEssentialColumnsHide)
{
    EXPECT_THAT(fitColumns({{.width = 100, .minWidth = 50}, {.width = 100, .minWidth = 100, .givesWay = 5}}, 160),
                ElementsAre(60, 100));
}

TEST(FitColumns, ExtrasHideBeforeOthersAreSqueezed)
{
    EXPECT_THAT(fitColumns({{.width = 200, .minWidth = 50}, {.width = 100, .givesWay = 80}}, 260), ElementsAre(200, 0));
    EXPECT_THAT(fitColumns({{.width = 200, .minWidth = 50}, {.width = 100, .givesWay = 80}}, 296),
                ElementsAre(197, 99));
}

TEST(FitColumns, HidesInTheStatedOrder)
{
    const std::vector<FitColumn> columns{{.width = 100, .minWidth = 100},
                                         {.width = 100, .minWidth = 100, .givesWay = 60},
                                         {.width = 100, .minWidth = 100, .givesWay = 80},
                                         {.width = 100, .minWidth = 100, .givesWay = 70}};
    EXPECT_THAT(fitColumns(columns, 400), ElementsAre(100, 100, 100, 100));
    EXPECT_THAT(fitColumns(columns, 320), ElementsAre(100, 100, 0, 100));
    EXPECT_THAT(fitColumns(columns, 220), ElementsAre(100, 100, 0, 0));
    EXPECT_THAT(fitColumns(columns, 110), ElementsAre(100, 0, 0, 0));
    EXPECT_THAT(fitColumns(columns, 10), ElementsAre(100, 0, 0, 0)) << "the name never hides";
}

TEST(FitColumns, WidthsSetByHandAreKept)
{
    EXPECT_THAT(fitColumns({{.width = 250, .fixed = true}, {.width = 100, .stretch = 1}}, 400), ElementsAre(250, 150));
    EXPECT_THAT(fitColumns({{.width = 250, .fixed = true}, {.width = 100, .minWidth = 40}}, 300), ElementsAre(250, 50));
}

TEST(FitColumns, HiddenByTheUserStaysHidden)
{
    EXPECT_THAT(fitColumns({{.width = 100, .stretch = 1}, {.width = 100, .hidden = true}}, 500), ElementsAre(500, 0));
}

TEST(FitColumnsProperty, NeverWiderThanTheViewWhileAnythingCanGiveWay)
{
    EXPECT_TRUE(rc::check([] {
        std::vector<FitColumn> columns(static_cast<std::size_t>(*rc::gen::inRange(1, 12)));
        for (FitColumn& column : columns) {
            column.width = *rc::gen::inRange(40, 300);
            column.minWidth = *rc::gen::inRange(30, 200);
            column.stretch = *rc::gen::inRange(0, 4);
            column.givesWay = *rc::gen::inRange(1, 100);
        }
        columns.front().givesWay = 0;
        const int available = *rc::gen::inRange(0, 3000);
        const std::vector<int> widths = fitColumns(columns, available);
        const int sum = std::accumulate(widths.begin(), widths.end(), 0);
        const bool onlyTheFirst = std::all_of(widths.begin() + 1, widths.end(), [](int width) { return width == 0; });
        RC_ASSERT((sum <= available || onlyTheFirst));
        for (std::size_t i = 0; i < columns.size(); ++i) {
            RC_ASSERT((widths[i] == 0 || widths[i] >= std::min(columns[i].minWidth, columns[i].width)));
        }
    }));
}

} // namespace
} // namespace tracedeck
