// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/trace_scatter.h"

#include "selectors/query_compile.h"
#include "selectors/query_match.h"

#include <gtest/gtest.h>
#include <limits>
#include <numeric>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

constexpr std::int64_t kMs = 1'000'000;
constexpr std::int64_t kNoon = 1'795'000'000'000'000'000; ///< some moment of 2026

struct Dot {
    std::int64_t startNs;
    std::int64_t durationNs;
    std::uint32_t errors = 0;
};

TraceListTable tableOf(const std::vector<Dot>& dots)
{
    TraceListTable table;
    table.resize(dots.size());
    for (std::size_t row = 0; row < dots.size(); ++row) {
        table.traceId[row].bytes[15] = static_cast<std::uint8_t>(row);
        table.startNs[row] = dots[row].startNs;
        table.durationNs[row] = dots[row].durationNs;
        table.errorCount[row] = dots[row].errors;
        table.services.endRow();
    }
    table.finish();
    return table;
}

std::vector<std::uint32_t> allRows(const TraceListTable& table)
{
    std::vector<std::uint32_t> rows(table.rows());
    std::iota(rows.begin(), rows.end(), 0U);
    return rows;
}

} // namespace

TEST(TraceScatter, TheFrameHoldsExactlyTheRowsAskedFor)
{
    const TraceListTable table = tableOf({{100, 5}, {300, 50}, {900, 500}});
    EXPECT_FALSE(scatterFrame(table, {}).has_value());
    EXPECT_EQ(scatterFrame(table, allRows(table)), (ScatterFrame{100, 900, 5, 500}));
    const std::vector<std::uint32_t> some{0, 1};
    EXPECT_EQ(scatterFrame(table, some), (ScatterFrame{100, 300, 5, 50}));
}

TEST(TraceScatter, ATraceOfNothingDoesNotSqueezeTheOthers)
{
    const TraceListTable table = tableOf({{0, 0}, {1, 1'000 * kMs}});
    EXPECT_EQ(scatterFrame(table, allRows(table))->shortestNs, 1'000);
}

TEST(TraceScatter, EarlyIsLeftLongIsHighAndDecadesAreEquallyFar)
{
    const TraceListTable table = tableOf({{0, kMs}, {50, 10 * kMs}, {100, 100 * kMs}});
    const auto frame = *scatterFrame(table, allRows(table));
    const auto points = scatterPoints(table, allRows(table), frame, 101, 101, 1);
    ASSERT_EQ(points.size(), 3U);
    EXPECT_EQ(points[0].at, (ScatterSpot{100, 0}));
    EXPECT_EQ(points[1].at, (ScatterSpot{50, 50}));
    EXPECT_EQ(points[2].at, (ScatterSpot{0, 100}));
    EXPECT_EQ(scatterTicks(frame), (std::vector<std::int64_t>{kMs, 10 * kMs, 100 * kMs}));
}

TEST(TraceScatter, LinesAreFinerWhereDecadesAreFew)
{
    EXPECT_EQ(scatterTicks({0, 1, 1'700 * kMs, 2'500 * kMs}), (std::vector<std::int64_t>{2'000 * kMs}));
    EXPECT_EQ(scatterTicks({0, 1, 9 * kMs, 55 * kMs}), (std::vector<std::int64_t>{10 * kMs, 20 * kMs, 50 * kMs}));
    EXPECT_TRUE(scatterTicks({0, 1, 6, 7}).empty());
    const auto widest = scatterTicks({0, 1, 1, std::numeric_limits<std::int64_t>::max()});
    EXPECT_EQ(widest.size(), 19U) << "1 ns to 10^18 ns";
}

TEST(TraceScatter, OneCellIsOneDotThatSpeaksForItsLongestError)
{
    const TraceListTable table = tableOf({{0, 90}, {0, 91, 1}, {0, 92, 2}, {0, 99}, {1'000, 10}});
    const auto points = scatterPoints(table, allRows(table), *scatterFrame(table, allRows(table)), 400, 40, 8);
    ASSERT_EQ(points.size(), 2U);
    EXPECT_EQ(points[0].row, 4U) << "dots with errors are painted last";
    EXPECT_FALSE(points[0].error);
    EXPECT_EQ(points[1].row, 2U);
    EXPECT_TRUE(points[1].error);
    EXPECT_EQ(points[1].traces, 4U);
}

TEST(TraceScatter, OneTraceAndExtremeTimesStandInThePicture)
{
    const TraceListTable one = tableOf({{kNoon, 7 * kMs}});
    const auto lonely = scatterPoints(one, allRows(one), *scatterFrame(one, allRows(one)), 11, 11, 1);
    ASSERT_EQ(lonely.size(), 1U);
    EXPECT_EQ(lonely[0].at, (ScatterSpot{5, 5}));
    using Limits = std::numeric_limits<std::int64_t>;
    const TraceListTable wide = tableOf({{Limits::min(), -5}, {0, kMs}, {Limits::max(), Limits::max()}});
    const auto frame = *scatterFrame(wide, allRows(wide));
    for (const ScatterPoint& point : scatterPoints(wide, allRows(wide), frame, 100, 50, 3)) {
        EXPECT_LE(point.at.x, 100);
        EXPECT_LE(point.at.y, 51);
        EXPECT_GE(std::min(point.at.x, point.at.y), 0);
    }
    EXPECT_FALSE(scatterQuery(frame, 100, 50, {10, 10}, {20, 20}).empty());
}

TEST(TraceScatter, TheNearestDotWithinReachIsFound)
{
    const std::vector<ScatterPoint> points{{{10, 10}, 0, 1, false}, {{20, 10}, 1, 1, false}, {{10, 10}, 2, 1, true}};
    EXPECT_EQ(scatterPointAt(points, {12, 10}, 5), 2U) << "the one painted on top";
    EXPECT_EQ(scatterPointAt(points, {17, 11}, 5), 1U);
    EXPECT_EQ(scatterPointAt(points, {40, 40}, 5), std::nullopt);
}

TEST(TraceScatter, TheWholePictureIsNoQueryAndEdgesAddNoClause)
{
    const ScatterFrame frame{kNoon, kNoon + 1'000 * kMs, kMs, 1'000 * kMs};
    EXPECT_EQ(scatterQuery(frame, 100, 50, {-5, -5}, {200, 90}), "");
    EXPECT_EQ(scatterQuery(frame, 101, 51, {0, 0}, {50, 51}).find("duration"), std::string::npos);
    const std::string upper = scatterQuery(frame, 101, 31, {-1, 10}, {101, -1});
    EXPECT_EQ(upper.find("start"), std::string::npos);
    EXPECT_EQ(upper, "duration>=89125us") << "a third below the top is 100 ms; half a pixel outwards is 89";
}

/// What stands inside the rectangle on the picture is found by the query, whatever the rounding.
RC_GTEST_PROP(TraceScatter, TheQueryFindsEveryDotInside, ())
{
    const auto dots = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(0, 10'000'000), rc::gen::inRange(0, 2'000'000'000))));
    std::vector<Dot> rows;
    for (const auto& [start, duration] : dots) {
        rows.push_back({kNoon + start * std::int64_t{1'000}, duration});
    }
    const TraceListTable table = tableOf(rows);
    const auto frame = *scatterFrame(table, allRows(table));
    const ScatterSpot from{*rc::gen::inRange(-5, 305), *rc::gen::inRange(-5, 65)};
    const ScatterSpot to{*rc::gen::inRange(-5, 305), *rc::gen::inRange(-5, 65)};
    const std::string text = scatterQuery(frame, 300, 60, from, to);
    const QueryOutcome outcome = compileQuery(text, QueryTable::Traces);
    RC_ASSERT(outcome.ok());
    const auto matches = matchRows(outcome.query, table, kNoon);
    for (const ScatterPoint& point : scatterPoints(table, allRows(table), frame, 300, 60, 1)) {
        const bool inside = point.at.x >= std::min(from.x, to.x) && point.at.x <= std::max(from.x, to.x)
            && point.at.y >= std::min(from.y, to.y) && point.at.y <= std::max(from.y, to.y);
        if (inside) {
            RC_ASSERT(matches[point.row] != 0);
        }
    }
}
