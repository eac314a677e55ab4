// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/span_builder.h"
#include "views/waterfall_state.h"

#include <gtest/gtest.h>

using namespace tracedeck;
using testing_support::SpanBuilder;

namespace {

/// 1 ─┬ 2 ── 3
///    └ 4
/// 5
SpanBuilder sample()
{
    SpanBuilder b;
    b.span(1, 0, 0, 100).span(2, 1, 10, 40).span(3, 2, 15, 10).span(4, 1, 60, 20).span(5, 0, 90, 10);
    return b;
}

WaterfallState stateOf(const SpanTable& table)
{
    WaterfallState state;
    state.setTrace(std::make_shared<const SpanTable>(table), std::make_shared<const SpanLayout>(layoutSpans(table)));
    return state;
}

} // namespace

TEST(WaterfallState, foldingHidesTheSubtreeAndMovesTheCurrentSpanOutOfIt)
{
    WaterfallState state = stateOf(sample().table());
    EXPECT_EQ(state.rows(), 5U);
    state.setCurrent(2);
    state.setCollapsed(0, true);
    EXPECT_EQ(state.rows(), 2U);
    EXPECT_EQ(state.current(), 0U);
    EXPECT_EQ(state.rowOf(3), WaterfallState::kNone);
    state.reveal(2);
    EXPECT_EQ(state.rows(), 5U);
    state.collapseAll();
    EXPECT_EQ(state.rows(), 2U);
    state.expandAll();
    EXPECT_EQ(state.rows(), 5U);
}

TEST(WaterfallState, keysWalkTheTree)
{
    WaterfallState state = stateOf(sample().table());
    state.moveCurrent(1);
    EXPECT_EQ(state.current(), 0U);
    state.expandOrChild();
    EXPECT_EQ(state.current(), 1U);
    state.moveToSibling(false);
    EXPECT_EQ(state.current(), 3U);
    state.moveToSibling(false);
    EXPECT_EQ(state.current(), 3U);
    state.moveToSibling(true);
    EXPECT_EQ(state.current(), 1U);
    state.collapseOrParent();
    EXPECT_TRUE(state.isCollapsed(1));
    state.collapseOrParent();
    EXPECT_EQ(state.current(), 0U);
    state.moveCurrent(1000);
    EXPECT_EQ(state.current(), 4U);
    state.moveToSibling(true);
    EXPECT_EQ(state.current(), 0U);
    state.moveCurrent(-1000);
    EXPECT_EQ(state.current(), 0U);
}

TEST(WaterfallState, aLongerVersionOfTheSameTraceKeepsFoldsZoomAndCurrentSpan)
{
    SpanBuilder b = sample();
    WaterfallState state = stateOf(b.table());
    state.setCollapsed(1, true);
    state.setCurrent(3);
    state.zoom(0.5, state.limits().beginNs);
    const TimeWindow zoomed = state.window();
    b.span(6, 1, 5, 3);
    state.setTrace(std::make_shared<const SpanTable>(b.table()),
                   std::make_shared<const SpanLayout>(layoutSpans(b.table())));
    EXPECT_EQ(state.window(), zoomed);
    EXPECT_TRUE(state.isCollapsed(2));
    EXPECT_EQ(state.current(), 4U);
    EXPECT_EQ(state.spans().spanId[state.layout().row[state.current()]].value, 4U);
}

TEST(WaterfallState, anEmptyTraceAnswersEverything)
{
    WaterfallState state = stateOf(SpanTable{});
    state.moveCurrent(1);
    state.collapseOrParent();
    state.expandOrChild();
    state.moveToSibling(true);
    state.collapseAll();
    state.zoom(0.5, 0);
    EXPECT_TRUE(state.empty());
    EXPECT_EQ(state.current(), WaterfallState::kNone);
}
