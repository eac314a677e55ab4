// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/span_builder.h"
#include "tests/views/theme_switch.h"
#include "views/theme.h"
#include "views/waterfall_view.h"

#include <QApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;
using testing_support::SpanBuilder;

namespace {

/// 1 ─┬ 2 ── 3
///    └ 4
/// 5
void showSample(WaterfallView& view)
{
    SpanBuilder b;
    b.span(1, 0, 0, 100).span(2, 1, 10, 40).span(3, 2, 15, 10).span(4, 1, 60, 20).span(5, 0, 90, 10);
    view.resize(900, 300);
    view.setTrace(std::make_shared<const SpanTable>(b.table()),
                  std::make_shared<const SpanLayout>(layoutSpans(b.table())));
}

struct Walk {
    const char* name;
    std::vector<std::pair<int, Qt::KeyboardModifiers>> keys;
    std::uint32_t current;
    std::uint32_t rows;
};

void PrintTo(const Walk& walk, std::ostream* out)
{
    *out << walk.name;
}

class WaterfallKeys : public testing::TestWithParam<Walk> { };

TEST_P(WaterfallKeys, MoveAndFold)
{
    WaterfallView view;
    showSample(view);
    for (const auto& [key, modifiers] : GetParam().keys) {
        QTest::keyClick(&view, static_cast<Qt::Key>(key), modifiers);
    }
    EXPECT_EQ(view.state().current(), GetParam().current);
    EXPECT_EQ(view.state().rows(), GetParam().rows);
}

constexpr std::pair<int, Qt::KeyboardModifiers> kDown{Qt::Key_J, Qt::NoModifier};
constexpr std::pair<int, Qt::KeyboardModifiers> kEnd{Qt::Key_End, Qt::NoModifier};

INSTANTIATE_TEST_SUITE_P(
    Table, WaterfallKeys,
    testing::Values(Walk{"firstKeyGoesToTheFirstRow", {kDown}, 0, 5}, Walk{"downTwice", {kDown, kDown}, 1, 5},
                    Walk{"arrowsTheSame", {{Qt::Key_Down, {}}, {Qt::Key_Down, {}}, {Qt::Key_Up, {}}}, 0, 5},
                    Walk{"end", {kEnd}, 4, 5}, Walk{"home", {kEnd, {Qt::Key_Home, {}}}, 0, 5},
                    Walk{"shiftG", {{Qt::Key_G, Qt::ShiftModifier}}, 4, 5}, Walk{"g", {kEnd, {Qt::Key_G, {}}}, 0, 5},
                    Walk{"pageDownStopsAtTheEnd", {{Qt::Key_PageDown, {}}, {Qt::Key_PageDown, {}}}, 4, 5},
                    Walk{"pageUpStopsAtTheStart", {kEnd, {Qt::Key_PageUp, {}}}, 0, 5},
                    Walk{"hFolds", {kDown, {Qt::Key_H, {}}}, 0, 2},
                    Walk{
                        "lUnfoldsThenGoesToTheChild", {kDown, {Qt::Key_H, {}}, {Qt::Key_L, {}}, {Qt::Key_L, {}}}, 1, 5},
                    Walk{"hOnALeafGoesToTheParent", {kDown, kDown, kDown, {Qt::Key_Left, {}}}, 1, 5},
                    Walk{"nextSibling", {kDown, kDown, {Qt::Key_BracketRight, {}}}, 3, 5},
                    Walk{"previousSibling", {kEnd, {Qt::Key_BracketLeft, {}}}, 0, 5},
                    Walk{"controlKeysAreForTheWindow",
                         {{Qt::Key_J, Qt::ControlModifier}, {Qt::Key_J, Qt::AltModifier}},
                         WaterfallState::kNone,
                         5}),
    [](const testing::TestParamInfo<Walk>& named) { return std::string(named.param.name); });

} // namespace

TEST(WaterfallCommands, FoldAllZoomAndFitAndLeaveOthersAlone)
{
    WaterfallView view;
    showSample(view);
    QSignalSpy windows(&view, &WaterfallView::windowChanged);
    EXPECT_TRUE(view.runCommand(QStringLiteral("trace.foldAll")));
    EXPECT_EQ(view.state().rows(), 2U);
    EXPECT_TRUE(view.runCommand(QStringLiteral("trace.unfoldAll")));
    EXPECT_EQ(view.state().rows(), 5U);
    EXPECT_TRUE(windows.isEmpty()) << "folding is no change of time";
    EXPECT_TRUE(view.runCommand(QStringLiteral("trace.zoomIn")));
    EXPECT_TRUE(view.runCommand(QStringLiteral("trace.zoomOut")));
    EXPECT_TRUE(view.runCommand(QStringLiteral("trace.fit")));
    EXPECT_EQ(view.state().window(), view.state().limits());
    EXPECT_EQ(windows.count(), 2) << "fitting what fits already says nothing";
    EXPECT_FALSE(view.runCommand(QStringLiteral("trace.timeline")));
    EXPECT_FALSE(view.runCommand({}));
}

TEST(WaterfallCommands, EnterOpensOnlyASpanThatIsChosen)
{
    WaterfallView view;
    showSample(view);
    const QSignalSpy opened(&view, &WaterfallView::positionActivated);
    QTest::keyClick(&view, Qt::Key_Return);
    EXPECT_TRUE(opened.isEmpty());
    QTest::keyClick(&view, Qt::Key_J);
    QTest::keyClick(&view, Qt::Key_Enter);
    ASSERT_EQ(opened.count(), 1);
    EXPECT_EQ(opened.first().first().toUInt(), 0U);
}

TEST(WaterfallCommands, LargerTextMakesLargerRows)
{
    WaterfallView view;
    showSample(view);
    const int before = view.rowRect(1).height();
    {
        const tests::ThemeSwitch larger(ThemeKind::Dark, 1.5);
        EXPECT_GT(view.rowRect(1).height(), before);
    }
    EXPECT_EQ(view.rowRect(1).height(), before);
}

RC_GTEST_PROP(WaterfallKeysProperty, theCurrentSpanIsAlwaysAVisibleRow, ())
{
    static const std::vector<Qt::Key> keys{Qt::Key_J,    Qt::Key_K,   Qt::Key_H,           Qt::Key_L,
                                           Qt::Key_Home, Qt::Key_End, Qt::Key_BracketLeft, Qt::Key_BracketRight,
                                           Qt::Key_Plus, Qt::Key_0};
    WaterfallView view;
    showSample(view);
    const auto pressed = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 10));
    for (const int index : pressed) {
        QTest::keyClick(&view, keys[static_cast<std::size_t>(index)]);
        const std::uint32_t current = view.state().current();
        RC_ASSERT((current == WaterfallState::kNone || view.state().rowOf(current) != WaterfallState::kNone));
        RC_ASSERT(view.state().window().beginNs >= view.state().limits().beginNs);
        RC_ASSERT(view.state().window().endNs <= view.state().limits().endNs);
    }
}
