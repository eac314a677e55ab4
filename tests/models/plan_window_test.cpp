// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/plan_window.h"

#include <gtest/gtest.h>
#include <vector>

namespace tracedeck {
namespace {

using Side = PlanWindow::Side;

std::vector<std::uint32_t> rowsOf(const PlanWindow& window)
{
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = 0; row < window.rows(); ++row) {
        rows.push_back(window.place(row).row);
    }
    return rows;
}

TEST(PlanWindow, ShowsAllRowsOfOneSide)
{
    PlanWindow window;
    EXPECT_EQ(window.rows(), 0U);
    window.showAll(Side::New, 3);
    EXPECT_EQ(rowsOf(window), (std::vector<std::uint32_t>{0, 1, 2}));
    EXPECT_EQ(window.place(0).side, Side::New);
}

TEST(PlanWindow, SkipsUpToFourHiddenRanges)
{
    PlanWindow window;
    const std::vector<RowRange> hidden{{0, 1}, {2, 4}, {5, 6}, {9, 10}};
    window.showExcept(Side::Old, 10, hidden);
    EXPECT_EQ(rowsOf(window), (std::vector<std::uint32_t>{1, 4, 6, 7, 8}));
}

TEST(PlanWindow, ShowsAHeadOfOneSideAndATailOfTheOther)
{
    PlanWindow window;
    window.showHeadAndTail(Side::Old, 2, 4);
    EXPECT_EQ(rowsOf(window), (std::vector<std::uint32_t>{0, 1, 2, 3}));
    EXPECT_EQ(window.place(1).side, Side::Old);
    EXPECT_EQ(window.place(2).side, Side::New);
}

} // namespace
} // namespace tracedeck
