// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/time_scale.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

using namespace tracedeck;

TEST(TimeScale, pixelAndTimeAreInverse)
{
    const TimeWindow window{1'000, 2'000};
    EXPECT_DOUBLE_EQ(pixelOfTime(window, 500, 1'500), 250);
    EXPECT_EQ(timeOfPixel(window, 500, 250), 1'500);
    EXPECT_DOUBLE_EQ(pixelOfTime({5, 5}, 0, 5), 0);
}

TEST(TimeScale, zoomKeepsTheAnchorAndStaysInside)
{
    const TimeWindow all{0, 1'000'000};
    const TimeWindow in = zoomAround(all, 0.5, 250'000, all);
    EXPECT_EQ(in.lengthNs(), 500'000);
    EXPECT_NEAR(pixelOfTime(in, 1'000, 250'000), pixelOfTime(all, 1'000, 250'000), 1e-6);
    EXPECT_EQ(zoomAround(in, 100, 250'000, all), all);
    EXPECT_EQ(zoomAround(in, 1e-12, 250'000, all).lengthNs(), 100);
    EXPECT_EQ(panBy(in, 10'000'000, all), (TimeWindow{500'000, 1'000'000}));
    EXPECT_EQ(panBy(in, -10'000'000, all), (TimeWindow{0, 500'000}));
}

TEST(TimeScale, ticksAreRoundAndFew)
{
    const auto ticks = timeTicks({0, 2'000'000'000}, 0, 5);
    EXPECT_EQ(ticks, (std::vector<std::int64_t>{0, 500'000'000, 1'000'000'000, 1'500'000'000}));
    EXPECT_TRUE(timeTicks({0, 10}, 0, 0).empty());
    EXPECT_EQ(timeTicks({0, 7'200'000'000'000}, 0, 4).at(1), 1'800'000'000'000);
}

TEST(TimeScale, anyZoomStaysWithinLimits)
{
    EXPECT_TRUE(rc::check("zoom and pan", [] {
        const TimeWindow limits{0, *rc::gen::inRange<std::int64_t>(1, 1'000'000'000)};
        TimeWindow window = limits;
        for (int i = 0; i < 20; ++i) {
            const auto anchor = *rc::gen::inRange<std::int64_t>(window.beginNs, window.endNs);
            window = zoomAround(window, *rc::gen::element(0.1, 0.5, 0.9, 1.5, 10.0), anchor, limits);
            RC_ASSERT(window.beginNs >= limits.beginNs);
            RC_ASSERT(window.endNs <= limits.endNs);
            RC_ASSERT(window.lengthNs() >= 1);
            RC_ASSERT(timeTicks(window, limits.beginNs, 8).size() <= 9U);
        }
    }));
}
