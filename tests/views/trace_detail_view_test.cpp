// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/span_builder.h"
#include "views/fact_list_view.h"
#include "views/grouped_table_view.h"
#include "views/span_details_panel.h"
#include "views/theme.h"
#include "views/trace_detail_view.h"
#include "views/trace_overview_strip.h"
#include "views/waterfall_view.h"

#include <QApplication>
#include <QClipboard>
#include <QPixmap>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;
using testing_support::SpanBuilder;

namespace {

TraceContent checkout()
{
    SpanBuilder b;
    b.span(1, 0, 0, 1840, "POST /checkout", "frontend");
    b.span(2, 1, 50, 1650, "PlaceOrder", "checkout", SpanStatus::Error).attribute("order.id", "9f1c-221");
    b.span(3, 2, 80, 360, "ReserveStock", "inventory");
    b.span(4, 3, 90, 330, "SELECT stock FOR UPDATE", "postgres");
    b.span(5, 2, 442, 810, "Charge", "payments", SpanStatus::Error);
    b.attribute("http.route", "/v1/charge")
        .attribute("authorization", "Bearer abc")
        .event(500, "retry")
        .event(900, "exception");
    b.span(6, 2, 1300, 147, "SendReceipt", "mailer");
    b.span(7, 999, 20, 18, "session refresh", "redis");
    return buildTraceContent(std::make_shared<const SpanTable>(b.table()));
}

class TraceDetail : public testing::Test {
protected:
    void SetUp() override
    {
        applyTheme(*qApp, loadTheme(ThemeKind::Dark));
        m_view.resize(1200, 760);
        m_view.setTrace(checkout());
        m_view.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_view));
    }

    WaterfallView& waterfall() { return *m_view.waterfall(); }

    TraceDetailView m_view;
};

} // namespace

TEST_F(TraceDetail, clickSelectsEnterOpensThePanelAndEscapeClosesIt)
{
    const QRect row = waterfall().rowRect(1);
    ASSERT_FALSE(row.isEmpty());
    QTest::mouseClick(waterfall().viewport(), Qt::LeftButton, {}, QPoint(row.left() + 300, row.center().y()));
    EXPECT_EQ(waterfall().state().current(), 1U);
    EXPECT_FALSE(m_view.panel()->isVisible());
    QTest::keyClick(&waterfall(), Qt::Key_Return);
    EXPECT_TRUE(m_view.panel()->isVisible());
    EXPECT_TRUE(m_view.closePanel());
    EXPECT_FALSE(m_view.closePanel());
}

TEST_F(TraceDetail, triangleAndKeysFold)
{
    const std::uint32_t all = waterfall().state().rows();
    const QRect row = waterfall().rowRect(0);
    QTest::mouseClick(waterfall().viewport(), Qt::LeftButton, {}, QPoint(15, row.center().y()));
    EXPECT_EQ(waterfall().state().rows(), 2U);
    QTest::mouseClick(waterfall().viewport(), Qt::LeftButton, {}, QPoint(15, row.center().y()));
    EXPECT_EQ(waterfall().state().rows(), all);
    QTest::keyClick(&waterfall(), Qt::Key_J);
    QTest::keyClick(&waterfall(), Qt::Key_H);
    EXPECT_EQ(waterfall().state().rows(), 2U);
    QTest::keyClick(&waterfall(), Qt::Key_L);
    EXPECT_EQ(waterfall().state().rows(), all);
}

TEST_F(TraceDetail, zoomKeysAndDragChangeTheWindowAndTheStripFollows)
{
    const TimeWindow fitted = waterfall().state().window();
    QTest::keyClick(&waterfall(), Qt::Key_Plus);
    EXPECT_LT(waterfall().state().window().lengthNs(), fitted.lengthNs());
    QTest::keyClick(&waterfall(), Qt::Key_0);
    EXPECT_EQ(waterfall().state().window(), fitted);
    auto* strip = m_view.findChild<TraceOverviewStrip*>();
    ASSERT_NE(strip, nullptr);
    QTest::mousePress(strip, Qt::LeftButton, {}, QPoint(100, 20));
    QTest::mouseMove(strip, QPoint(300, 20));
    QTest::mouseRelease(strip, Qt::LeftButton, {}, QPoint(300, 20));
    EXPECT_LT(waterfall().state().window().lengthNs(), fitted.lengthNs() / 2);
    EXPECT_EQ(strip->renderCount(), 1) << "choosing a window must not draw the overview again";
}

TEST_F(TraceDetail, findMarksStepsAndSaysThePlace)
{
    EXPECT_EQ(m_view.setFindText(QStringLiteral("service:payments")), 1);
    EXPECT_TRUE(m_view.runCommand(QStringLiteral("find.next")));
    EXPECT_EQ(m_view.findPlace(), u"1 of 1");
    EXPECT_EQ(m_view.setFindText(QStringLiteral("nowhere")), 0);
    EXPECT_EQ(m_view.findPlace(), u"no span matches");
    EXPECT_TRUE(m_view.runCommand(QStringLiteral("error.next")));
    const std::uint32_t current = waterfall().state().current();
    EXPECT_EQ(waterfall().state().spans().status[waterfall().state().layout().row[current]], SpanStatus::Error);
}

TEST_F(TraceDetail, eventsTabShowsEveryEventAndItsSpan)
{
    m_view.setTab(QStringLiteral("events"));
    EXPECT_EQ(m_view.eventTable()->model()->rowCount(), 9);
    m_view.eventTable()->setFocus();
    QTest::keyClick(m_view.eventTable(), Qt::Key_End);
    EXPECT_TRUE(m_view.panel()->isVisible());
}

TEST_F(TraceDetail, aLongerTraceKeepsTabAndChosenSpan)
{
    ASSERT_TRUE(m_view.selectSpan(QStringLiteral("0000000000000005")));
    m_view.setTab(QStringLiteral("overview"));
    SpanBuilder b;
    b.span(1, 0, 0, 1840, "POST /checkout", "frontend").span(5, 1, 442, 810, "Charge", "payments").span(8, 5, 450, 10);
    m_view.setTrace(buildTraceContent(std::make_shared<const SpanTable>(b.table())));
    EXPECT_EQ(m_view.tab(), u"overview");
    EXPECT_EQ(m_view.currentSpan(), u"0000000000000005");
    EXPECT_FALSE(m_view.selectSpan(QStringLiteral("ffff")));
}

TEST_F(TraceDetail, secretsStayMaskedInTheListAndInCopies)
{
    ASSERT_TRUE(m_view.selectSpan(QStringLiteral("0000000000000005")));
    FactListView* list = m_view.panel()->list();
    ASSERT_EQ(list->facts().size(), 2U);
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_C, Qt::ControlModifier);
    EXPECT_EQ(QApplication::clipboard()->text(), u"\u2022\u2022\u2022");
    QTest::keyClick(list, Qt::Key_Return);
    EXPECT_EQ(list->copyText(), u"Bearer abc");
}

TEST_F(TraceDetail, paintsOnlyRowsOnScreenWhateverTheTraceHolds)
{
    SpanBuilder b;
    b.span(1, 0, 0, 100'000);
    for (std::uint64_t i = 2; i < 50'000; ++i) {
        b.span(i, 1, static_cast<std::int64_t>(i), 5);
    }
    m_view.setTrace(buildTraceContent(std::make_shared<const SpanTable>(b.table())));
    waterfall().verticalScrollBar()->setValue(20'000);
    waterfall().viewport()->repaint();
    const int visible = waterfall().viewport()->height() / theme().space.waterfallRow;
    EXPECT_LE(waterfall().rowsPainted(), visible + 2);
    EXPECT_GE(waterfall().rowsPainted(), visible - 2);
}

TEST_F(TraceDetail, picture)
{
    m_view.selectSpan(QStringLiteral("0000000000000005"));
    const QPixmap picture = m_view.grab();
    EXPECT_EQ(picture.deviceIndependentSize().toSize(), m_view.size());
    if (const QString folder = qEnvironmentVariable("TRACEDECK_TEST_PICTURES"); !folder.isEmpty()) {
        EXPECT_TRUE(picture.save(folder + QStringLiteral("/trace_detail.png")));
        m_view.setTab(QStringLiteral("overview"));
        EXPECT_TRUE(m_view.grab().save(folder + QStringLiteral("/trace_overview.png")));
        m_view.setTab(QStringLiteral("events"));
        applyTheme(*qApp, loadTheme(ThemeKind::Light));
        EXPECT_TRUE(m_view.grab().save(folder + QStringLiteral("/trace_events.png")));
    }
}

TEST_F(TraceDetail, panelAndJsonFollowTheTextSize)
{
    const int width = m_view.panel()->width();
    const auto* json = m_view.findChild<QPlainTextEdit*>();
    ASSERT_NE(json, nullptr);
    const QFont before = json->font();
    applyTheme(*qApp, loadTheme(ThemeKind::Dark, 1.5));
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return m_view.panel()->minimumWidth() == theme().scaled(theme().space.drawer); }));
    EXPECT_GT(m_view.panel()->minimumWidth(), width);
    EXPECT_EQ(json->font(), theme().monoFont());
    EXPECT_NE(json->font(), before);
    applyTheme(*qApp, loadTheme(ThemeKind::Dark));
    EXPECT_TRUE(QTest::qWaitFor([&] { return json->font() == before; }));
}

TEST_F(TraceDetail, steppingThroughMatchesSaysTheirPlace)
{
    const QSignalSpy said(&m_view, &TraceDetailView::noticed);
    m_view.setFindText(QStringLiteral("e"));
    m_view.runCommand(QStringLiteral("find.next"));
    ASSERT_EQ(said.count(), 1);
    EXPECT_EQ(said.at(0).at(0).toString(), m_view.findPlace());
    EXPECT_TRUE(m_view.findPlace().startsWith(u"1 of ")) << m_view.findPlace().toStdString();
}
