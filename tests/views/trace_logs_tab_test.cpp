// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/log_builder.h"
#include "tests/support/span_builder.h"
#include "views/fact_list_view.h"
#include "views/grouped_table_view.h"
#include "views/span_details_panel.h"
#include "views/theme.h"
#include "views/trace_detail_view.h"
#include "views/trace_logs_tab.h"
#include "views/waterfall_view.h"

#include <QApplication>
#include <QPixmap>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;
using testing_support::LogBuilder;
using testing_support::SpanBuilder;

namespace {

std::shared_ptr<const LogTable> records(int later = 0)
{
    LogBuilder b;
    b.log(20, 9, "order received", 1, "web").attribute("order.id", "9f1c");
    b.log(40, 13, "stock is low\nonly 2 left", 2, "inventory");
    b.log(60, 17, "card declined", 3, "payments").attribute("card.number", "4111").attribute("password", "hunter2");
    for (int i = 0; i < later; ++i) {
        b.log(70 + i, 9, "and more", 1, "web");
    }
    return std::make_shared<const LogTable>(b.table());
}

class TraceLogs : public testing::Test {
protected:
    void SetUp() override
    {
        applyTheme(*qApp, loadTheme(ThemeKind::Dark));
        SpanBuilder b;
        b.span(1, 0, 0, 100, "POST /checkout", "web").span(2, 1, 10, 40, "Reserve", "inventory");
        b.span(3, 1, 50, 40, "Charge", "payments", SpanStatus::Error).span(4, 3, 55, 10, "authorize", "payments");
        m_view.resize(1200, 760);
        m_view.setTrace(buildTraceContent(std::make_shared<const SpanTable>(b.table())));
        m_view.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_view));
    }
    TraceLogsTab& logs() { return *m_view.logs(); }
    WaterfallView& waterfall() { return *m_view.waterfall(); }

    TraceDetailView m_view;
};

} // namespace

TEST_F(TraceLogs, theKeyOpensTheTabWhichAsksForTheRecords)
{
    QSignalSpy shown(&m_view, &TraceDetailView::tabChanged);
    EXPECT_TRUE(m_view.runCommand(QStringLiteral("trace.logs")));
    EXPECT_EQ(m_view.tab(), u"logs");
    ASSERT_EQ(shown.count(), 1);
    EXPECT_EQ(shown[0][0].toString(), u"logs");
    EXPECT_FALSE(logs().hasLogs());
    EXPECT_FALSE(logs().message().isEmpty()) << "it says that it waits";
    m_view.showLogs(records());
    EXPECT_TRUE(logs().message().isEmpty());
    EXPECT_EQ(logs().table()->model()->rowCount(), 3);
}

TEST_F(TraceLogs, onAFoldedSpanTheKeyUnfoldsFirst)
{
    waterfall().selectPosition(0);
    EXPECT_TRUE(m_view.runCommand(QStringLiteral("trace.fold")));
    ASSERT_EQ(waterfall().state().rows(), 1U);
    EXPECT_TRUE(m_view.runCommand(QStringLiteral("trace.logs")));
    EXPECT_EQ(waterfall().state().rows(), 4U);
    EXPECT_EQ(m_view.tab(), u"timeline");
    EXPECT_TRUE(m_view.runCommand(QStringLiteral("trace.logs")));
    EXPECT_EQ(m_view.tab(), u"logs");
}

TEST_F(TraceLogs, theChosenRecordIsReadWholeAndEnterGoesToItsSpan)
{
    m_view.setTab(QStringLiteral("logs"));
    m_view.showLogs(records());
    logs().table()->setFocus();
    QTest::keyClick(logs().table(), Qt::Key_Home);
    QTest::keyClick(logs().table(), Qt::Key_Down);
    ASSERT_FALSE(logs().record()->facts().empty());
    EXPECT_EQ(logs().record()->facts()[0].value, u"stock is low\nonly 2 left");
    QTest::keyClick(logs().table(), Qt::Key_Return);
    EXPECT_EQ(m_view.currentSpan(), u"0000000000000002");
    EXPECT_TRUE(m_view.panel()->isVisible());
}

TEST_F(TraceLogs, moreRecordsKeepTheChosenOne)
{
    m_view.setTab(QStringLiteral("logs"));
    m_view.showLogs(records());
    logs().table()->setFocus();
    QTest::keyClick(logs().table(), Qt::Key_End);
    const RowKey chosen = logs().table()->currentKey();
    m_view.showLogs(records(5));
    EXPECT_EQ(logs().table()->model()->rowCount(), 8);
    EXPECT_EQ(logs().table()->currentKey(), chosen);
    EXPECT_EQ(logs().record()->facts()[0].value, u"card declined");
}

TEST_F(TraceLogs, findFiltersTheRecordsAndSaysHowMany)
{
    m_view.setTab(QStringLiteral("logs"));
    m_view.showLogs(records());
    EXPECT_EQ(m_view.setFindText(QStringLiteral("stock")), 1);
    EXPECT_EQ(m_view.findPlace(), u"1 of 3");
    EXPECT_EQ(m_view.setFindText(QStringLiteral("nowhere")), 0);
    EXPECT_EQ(m_view.findPlace(), u"no log record matches");
    EXPECT_FALSE(logs().message().isEmpty());
    EXPECT_EQ(m_view.setFindText({}), 3);
    EXPECT_TRUE(logs().message().isEmpty());
}

TEST_F(TraceLogs, noneAreSaidAndAnotherTraceForgetsThem)
{
    m_view.setTab(QStringLiteral("logs"));
    m_view.showLogs(std::make_shared<const LogTable>());
    EXPECT_TRUE(logs().hasLogs());
    EXPECT_TRUE(logs().message().contains(u"No log record"));
    m_view.showLogs(records());
    SpanBuilder other;
    other.span(9, 0, 0, 5);
    SpanTable spans = other.table();
    spans.traceId[0].bytes[0] = 77;
    m_view.setTrace(buildTraceContent(std::make_shared<const SpanTable>(spans)));
    EXPECT_FALSE(logs().hasLogs());
}

TEST_F(TraceLogs, theCriticalPathIsMarkedOnAndOff)
{
    QSignalSpy told(&m_view, &TraceDetailView::noticed);
    const QImage before = waterfall().viewport()->grab().toImage();
    EXPECT_TRUE(m_view.runCommand(QStringLiteral("trace.critical")));
    EXPECT_TRUE(waterfall().showsCriticalPath());
    EXPECT_EQ(waterfall().criticalSpans(), 4U) << "the root waits for both children, and Charge for authorize";
    EXPECT_NE(waterfall().viewport()->grab().toImage(), before);
    EXPECT_TRUE(m_view.runCommand(QStringLiteral("trace.critical")));
    EXPECT_FALSE(waterfall().showsCriticalPath());
    EXPECT_EQ(waterfall().viewport()->grab().toImage(), before);
    EXPECT_EQ(told.count(), 2);
}

TEST_F(TraceLogs, spaceOpensAndClosesTheDetailsOfTheSpan)
{
    waterfall().selectPosition(1);
    EXPECT_TRUE(m_view.runCommand(QStringLiteral("trace.select")));
    EXPECT_TRUE(m_view.panel()->isVisible());
    EXPECT_TRUE(m_view.runCommand(QStringLiteral("trace.select")));
    EXPECT_FALSE(m_view.panel()->isVisible());
}

TEST_F(TraceLogs, AColumnOfAttributesThatNoRecordHasLeavesItsRoomToTheMessages)
{
    const auto column = [this] { return logs().table()->tableModel()->columnOf(u"details"); };
    m_view.showLogs(records());
    m_view.setTab(QStringLiteral("logs"));
    EXPECT_FALSE(logs().table()->isColumnHidden(column()));
    LogBuilder b;
    b.log(20, 9, "order received", 1, "web");
    m_view.showLogs(std::make_shared<const LogTable>(b.table()));
    EXPECT_TRUE(logs().table()->isColumnHidden(column()));
    logs().table()->setColumnWanted(QStringLiteral("details"), false);
    logs().table()->setColumnWanted(QStringLiteral("details"), true);
    EXPECT_FALSE(logs().table()->isColumnHidden(column())) << "it was asked for";
    logs().table()->resetColumns();
    EXPECT_TRUE(logs().table()->isColumnHidden(column())) << "resetting does not fill it";
}
