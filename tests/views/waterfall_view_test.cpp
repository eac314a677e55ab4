// SPDX-License-Identifier: GPL-3.0-or-later
// Mouse, wheel, drags and what is read out. Keys: waterfall_keys_test.
#include "tests/support/span_builder.h"
#include "views/theme.h"
#include "views/waterfall_view.h"

#include <QApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>
#include <QWheelEvent>
#include <gtest/gtest.h>

using namespace tracedeck;
using testing_support::SpanBuilder;

namespace {

class WaterfallMouse : public testing::Test {
protected:
    WaterfallMouse()
    {
        SpanBuilder b;
        b.span(1, 0, 0, 1000, "POST /checkout", "frontend");
        for (std::uint64_t i = 2; i <= 100; ++i) {
            b.span(i, 1, static_cast<std::int64_t>(i), 500, "call");
        }
        m_view.resize(1000, 400);
        m_view.setTrace(std::make_shared<const SpanTable>(b.table()),
                        std::make_shared<const SpanLayout>(layoutSpans(b.table())));
        m_view.show();
        m_window.clear();
    }
    /// The names take 42% of what the scroll bar leaves.
    [[nodiscard]] int labelWidth() const { return m_view.viewport()->width() * 42 / 100; }
    void mouse(QEvent::Type type, QPoint at, Qt::MouseButton button, Qt::KeyboardModifiers modifiers = {})
    {
        const Qt::MouseButtons held = type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::MouseButtons(button);
        QMouseEvent event(type, at, m_view.viewport()->mapToGlobal(QPointF(at)), button, held, modifiers);
        QApplication::sendEvent(m_view.viewport(), &event);
    }
    void drag(QPoint from, QPoint to, Qt::MouseButton button, Qt::KeyboardModifiers modifiers = {})
    {
        mouse(QEvent::MouseButtonPress, from, button, modifiers);
        mouse(QEvent::MouseMove, to, button, modifiers);
        mouse(QEvent::MouseButtonRelease, to, button, modifiers);
    }
    void wheel(QPoint delta, Qt::KeyboardModifiers modifiers = {}, int x = 700)
    {
        QWheelEvent event(QPointF(x, 100), m_view.viewport()->mapToGlobal(QPointF(x, 100)), {}, delta, Qt::NoButton,
                          modifiers, Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_view.viewport(), &event);
    }
    [[nodiscard]] const WaterfallState& state() const { return m_view.state(); }
    [[nodiscard]] int scrolled() const { return m_view.verticalScrollBar()->value(); }

    WaterfallView m_view;
    QSignalSpy m_window{&m_view, &WaterfallView::windowChanged};
    QSignalSpy m_selected{&m_view, &WaterfallView::positionSelected};
};

} // namespace

TEST_F(WaterfallMouse, TheWheelScrollsRowsAndEverySmallTurnMoves)
{
    wheel({0, -120});
    EXPECT_EQ(scrolled(), 3);
    wheel({0, -10});
    EXPECT_EQ(scrolled(), 4) << "a fine wheel must not be stuck";
    wheel({0, 10});
    wheel({0, 120});
    EXPECT_EQ(scrolled(), 0);
    EXPECT_TRUE(m_window.isEmpty()) << "scrolling rows is no change of time";
}

TEST_F(WaterfallMouse, ControlAndTheWheelZoomAtThePointer)
{
    const TimeWindow before = state().window();
    wheel({0, 120}, Qt::ControlModifier, labelWidth() + 1);
    EXPECT_EQ(state().window().beginNs, before.beginNs) << "the pointer is at the left end";
    EXPECT_NEAR(static_cast<double>(state().window().lengthNs()), 0.8 * static_cast<double>(before.lengthNs()), 2);
    wheel({0, -120}, Qt::ControlModifier, labelWidth() + 1);
    EXPECT_EQ(state().window(), before) << "never beyond the trace";
    EXPECT_EQ(m_window.count(), 2);
}

TEST_F(WaterfallMouse, ShiftAndTheWheelOrASidewaysWheelPan)
{
    m_view.setWindow({SpanBuilder::kOrigin, SpanBuilder::kOrigin + 200 * SpanBuilder::kMs});
    wheel({0, -120}, Qt::ShiftModifier);
    EXPECT_EQ(state().window().beginNs, SpanBuilder::kOrigin + 20 * SpanBuilder::kMs) << "a tenth to the right";
    wheel({-120, 0});
    EXPECT_EQ(state().window().beginNs, SpanBuilder::kOrigin + 40 * SpanBuilder::kMs);
    wheel({1200, 0});
    EXPECT_EQ(state().window().beginNs, SpanBuilder::kOrigin) << "not before the trace begins";
    EXPECT_EQ(state().window().lengthNs(), 200 * SpanBuilder::kMs);
}

TEST_F(WaterfallMouse, AFoldedSpanSaysHowManyItHides)
{
    const auto folded = [this](std::uint64_t children) {
        SpanBuilder b;
        b.span(1, 0, 0, 1000, "POST /checkout", "frontend");
        for (std::uint64_t i = 0; i < children; ++i) {
            b.span(2 + i, 1, 1, 500, "call");
        }
        m_view.setTrace(std::make_shared<const SpanTable>(b.table()),
                        std::make_shared<const SpanLayout>(layoutSpans(b.table())));
        m_view.runCommand(QStringLiteral("trace.foldAll"));
        return m_view.viewport()->grab(QRect(0, 0, labelWidth(), 60)).toImage();
    };
    const QImage three = folded(3);
    EXPECT_EQ(folded(3), three);
    EXPECT_NE(folded(7), three);
}

TEST_F(WaterfallMouse, AStretchOfTimeSaysItsLengthWhileItIsDragged)
{
    const QRect ruler(labelWidth() + 2, 0, m_view.viewport()->width() - labelWidth() - 4, 20);
    const auto header = [&] { return m_view.viewport()->grab(ruler).toImage(); };
    const QImage before = header();
    const QPoint from(labelWidth() + 100, 100);
    mouse(QEvent::MouseButtonPress, from, Qt::LeftButton, Qt::ShiftModifier);
    mouse(QEvent::MouseMove, from + QPoint(100, 0), Qt::LeftButton, Qt::ShiftModifier);
    const QImage during = header();
    EXPECT_NE(during, before);
    mouse(QEvent::MouseMove, from + QPoint(200, 0), Qt::LeftButton, Qt::ShiftModifier);
    EXPECT_NE(header(), during);
}

TEST_F(WaterfallMouse, AMiddleDragPansWithThePointer)
{
    m_view.setWindow({SpanBuilder::kOrigin + 400 * SpanBuilder::kMs, SpanBuilder::kOrigin + 600 * SpanBuilder::kMs});
    drag({800, 100}, {700, 100}, Qt::MiddleButton);
    EXPECT_GT(state().window().beginNs, SpanBuilder::kOrigin + 400 * SpanBuilder::kMs)
        << "what is held follows the hand: later times come in from the right";
    EXPECT_EQ(state().window().lengthNs(), 200 * SpanBuilder::kMs);
    EXPECT_TRUE(m_selected.isEmpty());
}

TEST_F(WaterfallMouse, ShiftDragOrADragInTheHeaderChoosesATime)
{
    drag({600, 100}, {800, 110}, Qt::LeftButton, Qt::ShiftModifier);
    const TimeWindow chosen = state().window();
    EXPECT_LT(chosen.lengthNs(), 450 * SpanBuilder::kMs);
    m_view.runCommand(QStringLiteral("trace.fit"));
    drag({800, 10}, {600, 10}, Qt::LeftButton);
    EXPECT_EQ(state().window(), chosen) << "backwards and from the header it is the same";
    m_view.runCommand(QStringLiteral("trace.fit"));
    drag({600, 10}, {603, 10}, Qt::LeftButton);
    EXPECT_EQ(state().window(), state().limits()) << "a trembling click is no choice";
}

TEST_F(WaterfallMouse, TheDividerMovesWithinItsBoundsAndStaysWhereItWasPut)
{
    mouse(QEvent::MouseMove, {labelWidth(), 100}, Qt::NoButton);
    EXPECT_EQ(m_view.viewport()->cursor().shape(), Qt::SplitHCursor);
    drag({labelWidth(), 100}, {300, 100}, Qt::LeftButton);
    mouse(QEvent::MouseMove, {300, 100}, Qt::NoButton);
    EXPECT_EQ(m_view.viewport()->cursor().shape(), Qt::SplitHCursor);
    m_view.resize(1100, 400);
    mouse(QEvent::MouseMove, {300, 100}, Qt::NoButton);
    EXPECT_EQ(m_view.viewport()->cursor().shape(), Qt::SplitHCursor) << "chosen by hand, kept";
    drag({300, 100}, {2, 100}, Qt::LeftButton);
    mouse(QEvent::MouseMove, {180, 100}, Qt::NoButton);
    EXPECT_EQ(m_view.viewport()->cursor().shape(), Qt::SplitHCursor) << "names keep some room";
    EXPECT_TRUE(m_selected.isEmpty());
}

TEST_F(WaterfallMouse, ADoubleClickFoldsAndOpens)
{
    const QSignalSpy activated(&m_view, &WaterfallView::positionActivated);
    const QRect row = m_view.rowRect(0);
    mouse(QEvent::MouseButtonDblClick, row.center(), Qt::LeftButton);
    EXPECT_EQ(state().rows(), 1U);
    ASSERT_EQ(activated.count(), 1);
    EXPECT_EQ(activated.first().first().toUInt(), 0U);
    mouse(QEvent::MouseButtonDblClick, {500, 380}, Qt::LeftButton);
    EXPECT_EQ(activated.count(), 1) << "below the last row there is nothing";
}

TEST_F(WaterfallMouse, SelectingOpensAncestorsAndScrollsThere)
{
    m_view.runCommand(QStringLiteral("trace.foldAll"));
    ASSERT_EQ(state().rows(), 1U);
    m_view.selectPosition(90);
    EXPECT_EQ(state().rows(), 100U);
    EXPECT_FALSE(m_view.rowRect(90).isEmpty());
    EXPECT_TRUE(m_view.rowRect(0).isEmpty()) << "it is no longer on screen";
    m_view.selectPosition(100);
    EXPECT_EQ(state().current(), 90U) << "a place beyond the trace changes nothing";
}

TEST_F(WaterfallMouse, TipAndScreenReaderSayServiceNameAndTimes)
{
    const QRect row = m_view.rowRect(0);
    QHelpEvent help(QEvent::ToolTip, row.center(), m_view.viewport()->mapToGlobal(row.center()));
    QApplication::sendEvent(m_view.viewport(), &help);
    EXPECT_TRUE(QToolTip::text().startsWith(QStringLiteral("frontend \u00b7 POST /checkout\nstarts +0")));
    EXPECT_EQ(m_view.accessibleDescription(), u"");
    QTest::mouseClick(m_view.viewport(), Qt::LeftButton, {}, row.center());
    EXPECT_EQ(m_view.accessibleDescription(), QToolTip::text());
    QTest::keyClick(&m_view, Qt::Key_J);
    EXPECT_TRUE(m_view.accessibleDescription().contains(QStringLiteral("call")));
}

TEST(WaterfallEmpty, SaysSoAndTakesEveryHand)
{
    WaterfallView view;
    view.resize(600, 200);
    const SpanTable none;
    view.setTrace(std::make_shared<const SpanTable>(none), std::make_shared<const SpanLayout>(layoutSpans(none)));
    view.show();
    const QSignalSpy selected(&view, &WaterfallView::positionSelected);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(300, 100));
    for (const Qt::Key key : {Qt::Key_J, Qt::Key_H, Qt::Key_Return, Qt::Key_Plus, Qt::Key_G}) {
        QTest::keyClick(&view, key);
    }
    view.selectPosition(0);
    EXPECT_FALSE(view.runCommand(QStringLiteral("trace.fit")));
    EXPECT_TRUE(view.rowRect(0).isEmpty());
    EXPECT_FALSE(view.grab().isNull());
    EXPECT_TRUE(selected.isEmpty());
}
