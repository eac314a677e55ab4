// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/span_layout.h"
#include "selectors/span_window.h"
#include "tests/support/span_builder.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck.h>

using namespace tracedeck;
using testing_support::SpanBuilder;

namespace {

std::vector<std::uint64_t> ids(const SpanTable& spans, const SpanLayout& layout)
{
    std::vector<std::uint64_t> out;
    for (const std::uint32_t row : layout.row) {
        out.push_back(spans.spanId[row].value);
    }
    return out;
}

} // namespace

TEST(SpanLayout, putsChildrenUnderParentsByStartWhateverTheOrderOfArrival)
{
    SpanBuilder b;
    b.span(4, 2, 40, 5).span(3, 1, 60, 10).span(2, 1, 10, 40).span(1, 0, 0, 100);
    const SpanLayout layout = layoutSpans(b.table());
    EXPECT_EQ(ids(b.table(), layout), (std::vector<std::uint64_t>{1, 2, 4, 3}));
    EXPECT_EQ(layout.depth, (std::vector<std::uint32_t>{0, 1, 2, 1}));
    EXPECT_EQ(layout.subtreeEnd, (std::vector<std::uint32_t>{4, 3, 3, 4}));
    EXPECT_EQ(layout.parent, (std::vector<std::uint32_t>{SpanLayout::kNoParent, 0, 1, 0}));
    EXPECT_EQ(layout.selfNs[0], 50 * SpanBuilder::kMs);
    EXPECT_EQ(layout.selfNs[1], 35 * SpanBuilder::kMs);
    EXPECT_EQ(layout.endNs - layout.startNs, 100 * SpanBuilder::kMs);
}

TEST(SpanLayout, overlappingChildrenCountOnceInSelfTime)
{
    SpanBuilder b;
    b.span(1, 0, 0, 100).span(2, 1, 10, 40).span(3, 1, 20, 10).span(4, 1, 30, 40).span(5, 1, 90, 50);
    const SpanLayout layout = layoutSpans(b.table());
    EXPECT_EQ(layout.selfNs[0], 30 * SpanBuilder::kMs);
    EXPECT_NE(layout.marks[4] & kSpanOutsideParent, 0);
}

TEST(SpanLayout, marksOrphansDuplicatesLoopsAndBackwardsSpans)
{
    SpanBuilder b;
    b.span(1, 99, 0, 10).span(2, 3, 5, 10).span(3, 2, 6, 10).span(4, 4, 7, 10).span(1, 0, 8, -3);
    const SpanLayout layout = layoutSpans(b.table());
    ASSERT_EQ(layout.size(), 5U);
    EXPECT_EQ(layout.orphans, 1U);
    const auto marksOfRow = [&](std::uint32_t row) {
        const auto at = std::find(layout.row.begin(), layout.row.end(), row) - layout.row.begin();
        return layout.marks[static_cast<std::size_t>(at)];
    };
    EXPECT_NE(marksOfRow(0) & kSpanOrphan, 0);
    EXPECT_NE(marksOfRow(1) & kSpanCycle, 0);
    EXPECT_EQ(marksOfRow(2) & kSpanCycle, 0);
    EXPECT_NE(marksOfRow(3) & kSpanCycle, 0);
    EXPECT_NE(marksOfRow(4) & kSpanDuplicate, 0);
    EXPECT_NE(marksOfRow(4) & kSpanBackwards, 0);
}

TEST(SpanLayout, anErrorShowsOnEveryAncestor)
{
    SpanBuilder b;
    b.span(1, 0, 0, 100).span(2, 1, 1, 50).span(3, 2, 2, 10, "x", "db", SpanStatus::Error).span(4, 1, 60, 10);
    const SpanLayout layout = layoutSpans(b.table());
    EXPECT_EQ(layout.errors, 1U);
    EXPECT_NE(layout.marks[0] & kSpanErrorBelow, 0);
    EXPECT_NE(layout.marks[1] & kSpanErrorBelow, 0);
    EXPECT_EQ(layout.marks[2] & kSpanErrorBelow, 0);
    EXPECT_EQ(layout.marks[3] & kSpanErrorBelow, 0);
    EXPECT_EQ(nextError(b.table(), layout, 0, false), 2U);
    EXPECT_EQ(nextError(b.table(), layout, 2, true), 2U);
}

TEST(SpanLayout, emptyTraceGivesEmptyLayout)
{
    const SpanLayout layout = layoutSpans(SpanTable{});
    EXPECT_EQ(layout.size(), 0U);
    EXPECT_TRUE(visiblePositions(layout, {}).empty());
    EXPECT_TRUE(overviewBars(SpanTable{}, layout, 100, 10).empty());
    EXPECT_EQ(nextError(SpanTable{}, layout, 0, false), SpanLayout::kNoParent);
}

TEST(SpanLayout, aChainOfAHundredThousandSpansNeedsNoStack)
{
    SpanBuilder b;
    for (std::uint64_t i = 1; i <= 100'000; ++i) {
        b.span(i, i - 1, static_cast<std::int64_t>(i), 1);
    }
    const SpanLayout layout = layoutSpans(b.table());
    EXPECT_EQ(layout.maxDepth, 99'999U);
    EXPECT_EQ(layout.subtreeEnd[0], 100'000U);
    EXPECT_EQ(visiblePositions(layout, {10}).size(), 11U);
}

TEST(SpanLayout, everySpanAppearsOnceAndSubtreesNest)
{
    EXPECT_TRUE(rc::check("layout of random parent links", [] {
        const auto parents = *rc::gen::container<std::vector<std::uint64_t>>(rc::gen::inRange<std::uint64_t>(0, 40));
        SpanBuilder b;
        for (std::size_t i = 0; i < parents.size(); ++i) {
            b.span(i + 1, parents[i], *rc::gen::inRange<std::int64_t>(-50, 50),
                   *rc::gen::inRange<std::int64_t>(-5, 50));
        }
        const SpanLayout layout = layoutSpans(b.table());
        auto rows = layout.row;
        std::sort(rows.begin(), rows.end());
        RC_ASSERT(rows.size() == parents.size());
        RC_ASSERT(std::adjacent_find(rows.begin(), rows.end()) == rows.end());
        for (std::uint32_t p = 0; p < layout.size(); ++p) {
            RC_ASSERT(layout.subtreeEnd[p] > p);
            RC_ASSERT(layout.selfNs[p] >= 0);
            if (layout.parent[p] != SpanLayout::kNoParent) {
                RC_ASSERT(layout.parent[p] < p);
                RC_ASSERT(layout.subtreeEnd[p] <= layout.subtreeEnd[layout.parent[p]]);
                RC_ASSERT(layout.depth[p] == layout.depth[layout.parent[p]] + 1);
            }
        }
        RC_ASSERT(visiblePositions(layout, {}).size() == parents.size());
    }));
}

TEST(SpanWindow, aSpanThatEndsBeforeItStartsIsDrawnToo)
{
    SpanBuilder b;
    b.span(1, 0, 0, -5);
    const auto bars = overviewBars(b.table(), layoutSpans(b.table()), 1, 3);
    ASSERT_EQ(bars.size(), 1U);
    EXPECT_EQ(bars[0].endPixel, 1);
}

TEST(SpanWindow, overviewKeepsErrorsAndStaysBounded)
{
    SpanBuilder b;
    b.span(1, 0, 0, 10'000);
    for (std::uint64_t i = 2; i < 5'000; ++i) {
        b.span(i, 1, static_cast<std::int64_t>(i), 1, "x", "db", i == 2'500 ? SpanStatus::Error : SpanStatus::Ok);
    }
    const SpanLayout layout = layoutSpans(b.table());
    const auto bars = overviewBars(b.table(), layout, 200, 20);
    EXPECT_LE(bars.size(), 200U * 20U);
    EXPECT_TRUE(std::any_of(bars.begin(), bars.end(), [](const OverviewBar& bar) { return bar.error; }));
    for (const OverviewBar& bar : bars) {
        EXPECT_LT(bar.beginPixel, bar.endPixel);
        EXPECT_LE(bar.endPixel, 200);
    }
}
