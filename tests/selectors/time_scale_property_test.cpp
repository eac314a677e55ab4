// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/time_scale.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

constexpr std::int64_t kNow = 1'800'000'000'000'000'000;

TimeWindow anyWindow(const TimeWindow& limits)
{
    const auto begin = *rc::gen::inRange(limits.beginNs, limits.endNs);
    return {begin, *rc::gen::inRange(begin + 1, limits.endNs + 1)};
}

TimeWindow anyLimits()
{
    return {kNow, kNow + *rc::gen::inRange<std::int64_t>(1, 3'600'000'000'000)};
}

} // namespace

RC_GTEST_PROP(TimeScaleProperty, PanningKeepsTheLengthAndStaysInside, ())
{
    const TimeWindow limits = anyLimits();
    const TimeWindow window = anyWindow(limits);
    const TimeWindow moved =
        panBy(window, *rc::gen::inRange<std::int64_t>(-7'200'000'000'000, 7'200'000'000'000), limits);
    RC_ASSERT(moved.lengthNs() == window.lengthNs());
    RC_ASSERT(moved.beginNs >= limits.beginNs);
    RC_ASSERT(moved.endNs <= limits.endNs);
}

RC_GTEST_PROP(TimeScaleProperty, PanningThereAndBackIsNothingWhileThereIsRoom, ())
{
    const TimeWindow limits = anyLimits();
    const TimeWindow window = anyWindow(limits);
    const auto delta = *rc::gen::inRange<std::int64_t>(0, limits.endNs - window.endNs + 1);
    RC_ASSERT(panBy(panBy(window, delta, limits), -delta, limits) == window);
}

RC_GTEST_PROP(TimeScaleProperty, APixelAndItsTimeAreWithinOnePixel, ())
{
    const TimeWindow limits = anyLimits();
    const TimeWindow window = anyWindow(limits);
    const double width = *rc::gen::inRange(1, 4000);
    const double pixel = *rc::gen::inRange(0, static_cast<int>(width) + 1);
    const double back = pixelOfTime(window, width, timeOfPixel(window, width, pixel));
    const double nsPerPixel = static_cast<double>(window.lengthNs()) / width;
    RC_ASSERT(std::abs(back - pixel)
              <= std::max(1.0, 1.0 / nsPerPixel) + 1e-6); // short windows have fewer ns than pixels
}

RC_GTEST_PROP(TimeScaleProperty, ZoomingInAndOutAgainAtOnePlaceComesBack, ())
{
    const TimeWindow limits{kNow, kNow + 1'000'000'000};
    const auto anchor = *rc::gen::inRange(limits.beginNs, limits.endNs);
    TimeWindow window = limits;
    const int steps = *rc::gen::inRange(1, 20);
    for (int i = 0; i < steps; ++i) {
        window = zoomAround(window, 0.8, anchor, limits);
        RC_ASSERT(window.beginNs <= anchor);
        RC_ASSERT(window.endNs >= anchor);
    }
    for (int i = 0; i < steps + 2; ++i) {
        window = zoomAround(window, 1 / 0.8, anchor, limits);
    }
    RC_ASSERT(window == limits);
}

RC_GTEST_PROP(TimeScaleProperty, TicksAscendEvenlyInsideTheWindow, ())
{
    const TimeWindow limits = anyLimits();
    const TimeWindow window = anyWindow(limits);
    const auto ticks = timeTicks(window, limits.beginNs, *rc::gen::inRange(2, 20));
    RC_ASSERT(std::is_sorted(ticks.begin(), ticks.end()));
    for (std::size_t i = 0; i < ticks.size(); ++i) {
        RC_ASSERT(ticks[i] >= window.beginNs);
        RC_ASSERT(ticks[i] <= window.endNs);
        RC_ASSERT((i < 2 || ticks[i] - ticks[i - 1] == ticks[1] - ticks[0]));
    }
}
