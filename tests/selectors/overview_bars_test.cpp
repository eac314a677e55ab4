// SPDX-License-Identifier: GPL-3.0-or-later
// The overview of random traces against painting every span.
#include "selectors/span_window.h"
#include "tests/support/random_spans.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <utility>
#include <vector>

namespace tracedeck {
namespace {

using testing_support::endOf;
using testing_support::randomSpans;

/// The overview by painting every span on every pixel it covers: what overviewBars must show.
std::vector<OverviewBar> paintedBars(const SpanTable& spans, const SpanLayout& layout, int width, int lanes)
{
    struct Pixel {
        std::uint32_t rowPlusOne = 0;
        bool error = false;
        bool joined = false;
    };
    std::vector<OverviewBar> bars;
    const std::size_t used = std::min<std::size_t>(layout.size(), static_cast<std::size_t>(lanes));
    const std::int64_t length = std::max<std::int64_t>(layout.endNs - layout.startNs, 1);
    const double scale = width / static_cast<double>(length);
    for (std::size_t lane = 0; lane < used; ++lane) {
        std::vector<Pixel> pixels(static_cast<std::size_t>(width));
        for (std::size_t position = 0; position < layout.size(); ++position) {
            if (position * used / layout.size() != lane) {
                continue;
            }
            const std::uint32_t row = layout.row[position];
            const auto at = [&](std::int64_t time) { return static_cast<double>(time - layout.startNs) * scale; };
            const int begin = std::clamp(static_cast<int>(at(spans.startNs[row])), 0, width - 1);
            const int end = std::clamp(static_cast<int>(at(endOf(spans, row))) + 1, begin + 1, width);
            for (int x = begin; x < end; ++x) {
                Pixel& pixel = pixels[static_cast<std::size_t>(x)];
                if (pixel.rowPlusOne == 0 || spans.durationNs[pixel.rowPlusOne - 1] < spans.durationNs[row]) {
                    pixel.rowPlusOne = row + 1;
                }
                pixel.error = pixel.error || spans.status[row] == SpanStatus::Error;
                pixel.joined = pixel.joined || x > begin;
            }
        }
        for (int x = 0; x < width; ++x) {
            const Pixel& pixel = pixels[static_cast<std::size_t>(x)];
            if (pixel.rowPlusOne == 0) {
                continue;
            }
            const bool goesOn =
                pixel.joined && x > 0 && pixels[static_cast<std::size_t>(x) - 1].rowPlusOne == pixel.rowPlusOne;
            if (!goesOn) {
                bars.push_back(
                    {static_cast<std::uint16_t>(lane), static_cast<std::uint16_t>(x), 0, pixel.rowPlusOne - 1, false});
            }
            bars.back().endPixel = static_cast<std::uint16_t>(x + 1);
            bars.back().error = bars.back().error || pixel.error;
        }
    }
    return bars;
}

RC_GTEST_PROP(OverviewProperty, EverySpanIsUnderABarOfItsLane, (std::uint32_t seed))
{
    const SpanTable spans = randomSpans(seed, 60);
    const SpanLayout layout = layoutSpans(spans);
    const int width = *rc::gen::inRange(1, 50);
    const int lanes = *rc::gen::inRange(1, 12);
    const auto bars = overviewBars(spans, layout, width, lanes);
    RC_ASSERT(bars.size() <= static_cast<std::size_t>(width * lanes));
    RC_ASSERT(bars.empty() == (layout.size() == 0));
    std::map<std::pair<int, int>, const OverviewBar*> cells;
    std::uint32_t last = 0;
    for (const OverviewBar& bar : bars) {
        RC_ASSERT(bar.beginPixel < bar.endPixel);
        RC_ASSERT(bar.endPixel <= width);
        RC_ASSERT(bar.lane < lanes);
        for (int pixel = bar.beginPixel; pixel < bar.endPixel; ++pixel) {
            RC_ASSERT(cells.emplace(std::pair(int{bar.lane}, pixel), &bar).second);
        }
        const std::uint32_t order = bar.lane * 100'000U + bar.beginPixel;
        RC_ASSERT((&bar == &bars.front() || order > last));
        last = order;
    }
    const std::size_t used = std::min<std::size_t>(layout.size(), static_cast<std::size_t>(lanes));
    bool anyError = false;
    for (std::size_t position = 0; position < layout.size(); ++position) {
        const std::uint32_t row = layout.row[position];
        const auto lane = static_cast<int>(position * used / layout.size());
        const double share = static_cast<double>(spans.startNs[row] - layout.startNs)
            / static_cast<double>(std::max<std::int64_t>(layout.endNs - layout.startNs, 1));
        const int pixel = std::clamp(static_cast<int>(share * width), 0, width - 1);
        // One pixel to either side for what rounding does.
        const bool covered =
            cells.count({lane, pixel}) + cells.count({lane, pixel - 1}) + cells.count({lane, pixel + 1}) > 0;
        RC_ASSERT(covered);
        anyError = anyError || spans.status[row] == SpanStatus::Error;
    }
    RC_ASSERT(anyError == std::any_of(bars.begin(), bars.end(), [](const OverviewBar& bar) { return bar.error; }));
}

RC_GTEST_PROP(OverviewProperty, ShowsWhatPaintingEverySpanWouldShow, (std::uint32_t seed))
{
    const SpanTable spans = randomSpans(seed, 80);
    const SpanLayout layout = layoutSpans(spans);
    const int width = *rc::gen::inRange(1, 70);
    const int lanes = *rc::gen::inRange(1, 8);
    RC_ASSERT(overviewBars(spans, layout, width, lanes) == paintedBars(spans, layout, width, lanes));
}

} // namespace
} // namespace tracedeck
