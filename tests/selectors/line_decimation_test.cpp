// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/line_decimation.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

HistoryPoint point(std::int64_t second, float value)
{
    return {second * 1'000'000'000, value, value};
}

std::vector<HistoryPoint> wave(int count)
{
    std::vector<HistoryPoint> points;
    for (int i = 0; i < count; ++i) {
        points.push_back(point(i, static_cast<float>(50 + 40 * std::sin(i / 9.0))));
    }
    return points;
}

std::size_t gapsIn(const std::vector<HistoryPoint>& points)
{
    return static_cast<std::size_t>(
        std::count_if(points.begin(), points.end(), [](const HistoryPoint& p) { return p.isGap(); }));
}

bool rising(const std::vector<HistoryPoint>& points)
{
    return std::is_sorted(points.begin(), points.end(),
                          [](const HistoryPoint& a, const HistoryPoint& b) { return a.timeNs < b.timeNs; });
}

/// Points with random values, steps and gaps.
std::vector<HistoryPoint> anyPoints()
{
    const auto raw = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-20, 100));
    std::vector<HistoryPoint> points;
    std::int64_t second = 0;
    for (const int value : raw) {
        second += 1 + std::abs(value) % 7;
        points.push_back(value < 0 ? HistoryPoint{second * 1'000'000'000, kHistoryGap, kHistoryGap}
                                   : point(second, static_cast<float>(value)));
    }
    return points;
}

} // namespace

TEST(LinePointBudget, shrinksAsLinesGrow)
{
    EXPECT_EQ(linePointBudget(1), 180U);
    EXPECT_EQ(linePointBudget(79), 180U);
    EXPECT_EQ(linePointBudget(80), 150U);
    EXPECT_EQ(linePointBudget(120), 120U);
    EXPECT_EQ(linePointBudget(250), 80U);
    EXPECT_EQ(linePointBudget(400), 64U);
    EXPECT_EQ(linePointBudget(600), 48U);
    EXPECT_EQ(linePointBudget(100'000), 48U);
}

TEST(LargestTriangles, keepsEndsAndTheSpike)
{
    std::vector<HistoryPoint> points = wave(1'000);
    points[437].value = 900;
    const auto thin = largestTriangles(points, 60);
    EXPECT_EQ(thin.size(), 60U);
    EXPECT_EQ(thin.front().timeNs, points.front().timeNs);
    EXPECT_EQ(thin.back().timeNs, points.back().timeNs);
    EXPECT_TRUE(std::any_of(thin.begin(), thin.end(), [](const HistoryPoint& p) { return p.value == 900; }));
    EXPECT_TRUE(rising(thin));
}

TEST(LargestTriangles, fewPointsPassUnchanged)
{
    const auto points = wave(20);
    EXPECT_EQ(largestTriangles(points, 20).size(), 20U);
    EXPECT_EQ(largestTriangles(points, 500).size(), 20U);
    EXPECT_TRUE(largestTriangles({}, 10).empty());
    EXPECT_EQ(largestTriangles({point(1, 2)}, 1).size(), 1U);
}

TEST(LargestTriangles, gapsStayGaps)
{
    std::vector<HistoryPoint> points = wave(300);
    points[100] = {points[100].timeNs, kHistoryGap, kHistoryGap};
    points[200] = {points[200].timeNs, kHistoryGap, kHistoryGap};
    const auto thin = largestTriangles(points, 30);
    EXPECT_EQ(gapsIn(thin), 2U);
    EXPECT_TRUE(rising(thin));
    // The ends of every run stay, so a gap is drawn as wide as it is.
    for (const std::size_t end : {std::size_t{99}, std::size_t{101}, std::size_t{199}, std::size_t{201}}) {
        EXPECT_TRUE(std::any_of(thin.begin(), thin.end(), [&](const HistoryPoint& p) {
            return p.timeNs == points[end].timeNs;
        })) << end;
    }
}

TEST(MinMaxPoints, aPeakOfOneSampleSurvives)
{
    std::vector<HistoryPoint> points = wave(2'000);
    points[1'234].peak = 5'000;
    const auto thin = minMaxPoints(points, 80);
    EXPECT_LE(thin.size(), 80U);
    EXPECT_TRUE(std::any_of(thin.begin(), thin.end(), [](const HistoryPoint& p) { return p.value == 5'000; }));
    EXPECT_TRUE(rising(thin));
}

RC_GTEST_PROP(LineDecimationProperty, staysWithinTheBudgetInOrderAndOnKnownPoints, ())
{
    const auto points = anyPoints();
    const auto budget = *rc::gen::inRange<std::size_t>(4, 60);
    const std::size_t runs = gapsIn(points) + 1;
    for (const auto& thin : {largestTriangles(points, budget), minMaxPoints(points, budget)}) {
        RC_ASSERT(thin.size() <= points.size());
        RC_ASSERT(thin.size() - gapsIn(thin) <= budget + 2 * runs);
        RC_ASSERT(rising(thin));
        for (const HistoryPoint& p : thin) {
            RC_ASSERT((p.isGap() || std::any_of(points.begin(), points.end(), [&](const HistoryPoint& from) {
                           return from.timeNs == p.timeNs && (from.value == p.value || from.peak == p.value);
                       })));
        }
        // No line leads over a gap: between two known neighbours of the result lies no gap of the input.
        for (std::size_t i = 1; i < thin.size(); ++i) {
            const bool over = !thin[i - 1].isGap() && !thin[i].isGap()
                && std::any_of(points.begin(), points.end(), [&](const HistoryPoint& from) {
                       return from.isGap() && from.timeNs > thin[i - 1].timeNs && from.timeNs < thin[i].timeNs;
                   });
            RC_ASSERT(!over);
        }
    }
}
