// SPDX-License-Identifier: GPL-3.0-or-later
// The line above a trace, and the overview strip with its hands.
#include "tests/support/span_builder.h"
#include "tests/views/theme_switch.h"
#include "views/flat_button.h"
#include "views/theme.h"
#include "views/trace_header_bar.h"
#include "views/trace_overview_strip.h"

#include <QApplication>
#include <QClipboard>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;
using testing_support::SpanBuilder;

namespace {

SpanBuilder twoSpans(SpanStatus status = SpanStatus::Unset)
{
    SpanBuilder b;
    b.span(1, 0, 0, 1000, "POST /checkout", "frontend").span(2, 1, 100, 300, "SELECT", "db", status);
    return b;
}

class OverviewStrip : public testing::Test {
protected:
    OverviewStrip()
    {
        const auto spans = std::make_shared<const SpanTable>(twoSpans().table());
        m_strip.resize(1024, 52); // 1,000 pixels for the picture: one per millisecond
        m_strip.setTrace(spans, std::make_shared<const SpanLayout>(layoutSpans(*spans)));
        m_strip.setWindow(m_all, m_all);
        m_strip.show();
    }
    void drag(int from, int to, Qt::MouseButton button = Qt::LeftButton)
    {
        QTest::mousePress(&m_strip, button, {}, QPoint(from, 20));
        QTest::mouseMove(&m_strip, QPoint(to, 20));
        QMouseEvent move(QEvent::MouseMove, QPointF(to, 20), m_strip.mapToGlobal(QPointF(to, 20)), Qt::NoButton, button,
                         Qt::NoModifier);
        QApplication::sendEvent(&m_strip, &move);
        QTest::mouseRelease(&m_strip, button, {}, QPoint(to, 20));
    }
    [[nodiscard]] TimeWindow chosen() const { return m_chosen.last().first().value<TimeWindow>(); }
    static std::int64_t ms(std::int64_t value) { return SpanBuilder::kOrigin + value * SpanBuilder::kMs; }

    const TimeWindow m_all{ms(0), ms(1000)};
    TraceOverviewStrip m_strip;
    QSignalSpy m_chosen{&m_strip, &TraceOverviewStrip::windowChosen};
};

} // namespace

TEST(TraceHeader, ReadsOutNameServiceIdAndCounts)
{
    TraceHeaderBar bar;
    const SpanBuilder b = twoSpans(SpanStatus::Error);
    bar.setTrace(b.table(), layoutSpans(b.table()), 0);
    const QString said = bar.accessibleName();
    EXPECT_TRUE(said.startsWith(QStringLiteral("POST /checkout, frontend, "))) << said.toStdString();
    for (const char16_t* part : {u"1.00 s", u"\u2715 1 error", u"2 spans", u"2 services"}) {
        EXPECT_TRUE(said.contains(QString::fromUtf16(part))) << said.toStdString();
    }
    EXPECT_FALSE(said.contains(QStringLiteral("on "))) << "nothing says where it ran";
    bar.setTrace(SpanTable(), SpanLayout(), 0);
    EXPECT_EQ(bar.accessibleName(), u"");
}

TEST(TraceHeader, TheIdIsCopiedWholeByAClick)
{
    TraceHeaderBar bar;
    bar.resize(1200, 48);
    const SpanBuilder b = twoSpans();
    bar.setTrace(b.table(), layoutSpans(b.table()), 0);
    bar.show();
    const QSignalSpy copied(&bar, &TraceHeaderBar::idCopied);
    for (int x = 100; x < 1200 && copied.isEmpty(); x += 20) {
        QTest::mouseClick(&bar, Qt::LeftButton, {}, QPoint(x, 24));
    }
    ASSERT_EQ(copied.count(), 1);
    const QString id = QString::fromStdString(b.table().traceId[0].toHex());
    EXPECT_EQ(copied.first().first().toString(), id);
    EXPECT_EQ(QApplication::clipboard()->text(), id);
    const QSignalSpy back(&bar, &TraceHeaderBar::backRequested);
    QTest::keyClick(bar.findChild<FlatButton*>(), Qt::Key_Return);
    EXPECT_EQ(back.count(), 1);
}

TEST(TraceHeader, SmallerTextIsLaidOutAnew)
{
    const SpanBuilder b = twoSpans();
    TraceHeaderBar bar;
    bar.resize(1200, 48);
    bar.setTrace(b.table(), layoutSpans(b.table()), 0);
    const QImage before = bar.grab().toImage();
    {
        const tests::ThemeSwitch smaller(theme().kind, 0.7);
        TraceHeaderBar fresh;
        fresh.resize(1200, 48);
        fresh.setTrace(b.table(), layoutSpans(b.table()), 0);
        EXPECT_EQ(bar.grab().toImage(), fresh.grab().toImage());
    }
    EXPECT_EQ(bar.grab().toImage(), before);
}

TEST(TraceHeader, WhatDoesNotFitIsLeftOutFromTheRight)
{
    SpanBuilder b;
    b.span(1, 0, 0, 10, std::string(300, 'x'), "web");
    TraceHeaderBar bar;
    bar.resize(400, 48);
    bar.setTrace(b.table(), layoutSpans(b.table()), 0);
    EXPECT_TRUE(bar.accessibleName().contains(QStringLiteral("1 span"))) << "it is still read out";
    const QSignalSpy copied(&bar, &TraceHeaderBar::idCopied);
    for (int x = 0; x < 400; x += 10) {
        QTest::mouseClick(&bar, Qt::LeftButton, {}, QPoint(x, 24));
    }
    EXPECT_TRUE(copied.isEmpty()) << "an id out of sight cannot be hit";
}

TEST_F(OverviewStrip, ADragChoosesATimeInEitherDirection)
{
    drag(112, 312);
    ASSERT_EQ(m_chosen.count(), 1);
    EXPECT_EQ(chosen(), (TimeWindow{ms(100), ms(300)}));
    m_strip.setWindow(m_all, m_all);
    drag(312, 112);
    EXPECT_EQ(chosen(), (TimeWindow{ms(100), ms(300)}));
    m_strip.setWindow(m_all, m_all);
    drag(912, 5000);
    EXPECT_EQ(chosen(), (TimeWindow{ms(900), ms(1000)})) << "not beyond the trace";
}

TEST_F(OverviewStrip, InsideAZoomedWindowADragMovesIt)
{
    m_strip.setWindow({ms(200), ms(400)}, m_all);
    drag(300, 400);
    EXPECT_EQ(chosen(), (TimeWindow{ms(300), ms(500)}));
    drag(400, 5000);
    EXPECT_EQ(chosen(), (TimeWindow{ms(800), ms(1000)})) << "with its length, up to the end";
}

TEST_F(OverviewStrip, ADoubleClickShowsAllAndATremblingHandNothing)
{
    m_strip.setWindow({ms(200), ms(400)}, m_all);
    drag(600, 602);
    drag(600, 700, Qt::RightButton);
    EXPECT_TRUE(m_chosen.isEmpty());
    QTest::mouseDClick(&m_strip, Qt::LeftButton, {}, QPoint(600, 20));
    EXPECT_EQ(chosen(), m_all);
}

TEST_F(OverviewStrip, ThePictureIsDrawnAnewForSizeAndColoursOnly)
{
    ASSERT_FALSE(m_strip.grab().isNull());
    const int drawn = m_strip.renderCount();
    drag(112, 312);
    ASSERT_FALSE(m_strip.grab().isNull());
    EXPECT_EQ(m_strip.renderCount(), drawn);
    m_strip.resize(900, 52);
    ASSERT_FALSE(m_strip.grab().isNull());
    EXPECT_EQ(m_strip.renderCount(), drawn + 1);
    const tests::ThemeSwitch light(ThemeKind::Light, 1);
    ASSERT_FALSE(m_strip.grab().isNull());
    EXPECT_EQ(m_strip.renderCount(), drawn + 2);
}
