// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/course_frames.h"
#include "views/detail_drawer.h"
#include "views/edge_grip.h"
#include "views/history_view.h"

#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <cmath>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;

std::vector<HistoryPoint> wave(std::int64_t nowNs, int points, std::int64_t stepNs)
{
    std::vector<HistoryPoint> line;
    for (int i = 0; i < points; ++i) {
        const auto value = static_cast<float>(50 + 30 * std::sin(i / 20.0));
        line.push_back({nowNs - (points - 1 - i) * stepNs, value, value});
    }
    return line;
}

RowHistory historyOf(RowKey key, HistoryRange range, int points)
{
    RowHistory history;
    history.key = key;
    history.range = range;
    history.nowNs = sample::kFrameEndNs;
    history.source = QStringLiteral("recorded by this window");
    const std::int64_t step = historyRangeNs(range) / points;
    for (std::size_t i = 0; i < kMetricCount; ++i) {
        const auto metric = static_cast<MetricId>(i);
        history.lines.push_back(
            {metric, metric == MetricId::Disk ? std::vector<HistoryPoint>() : wave(history.nowNs, points, step)});
    }
    return history;
}

RowFacts factsOf(RowKey key)
{
    RowFacts facts;
    facts.key = key;
    facts.title = QStringLiteral("row");
    return facts;
}

} // namespace

TEST(HistoryChart, drawsFewPointsHoweverManyThereAre)
{
    HistoryChart chart(QStringLiteral("CPU"), nullptr);
    chart.resize(300, 104);
    chart.setLines({{MetricId::Cpu, wave(sample::kFrameEndNs, 100'000, kSecondNs)}}, HistoryRange::Day,
                   sample::kFrameEndNs);
    EXPECT_LE(chart.drawnPoints(), HistoryChart::kMostPoints);
    EXPECT_LE(5 * HistoryChart::kMostPoints, 2'000U) << "all charts of a drawer together";
    chart.setLines({{MetricId::NetRx, wave(sample::kFrameEndNs, 9'000, kSecondNs)},
                    {MetricId::NetTx, wave(sample::kFrameEndNs, 9'000, kSecondNs)}},
                   HistoryRange::Day, sample::kFrameEndNs);
    EXPECT_LE(chart.drawnPoints(), HistoryChart::kMostPoints);
    EXPECT_EQ(chart.pieces(), 2U);
}

TEST(HistoryChart, gapsBreakTheLine)
{
    std::vector<HistoryPoint> line = wave(sample::kFrameEndNs, 100, kSecondNs);
    line[30] = {line[30].timeNs, kHistoryGap, kHistoryGap};
    line[60] = {line[60].timeNs, kHistoryGap, kHistoryGap};
    HistoryChart chart(QStringLiteral("CPU"), nullptr);
    chart.setLines({{MetricId::Cpu, line}}, HistoryRange::Hour, sample::kFrameEndNs);
    EXPECT_EQ(chart.pieces(), 3U);
    chart.setCursor(line[60].timeNs);
    EXPECT_EQ(chart.readout(), QStringLiteral("no sample")) << "nothing is read out of a gap";
    chart.setLines({}, HistoryRange::Hour, sample::kFrameEndNs);
    EXPECT_EQ(chart.pieces(), 0U);
}

TEST(HistoryChart, theCrosshairFollowsPointerAndKeys)
{
    HistoryChart chart(QStringLiteral("CPU"), nullptr);
    chart.resize(300, 104);
    chart.setLines({{MetricId::Cpu, wave(sample::kFrameEndNs, 60, 60 * kSecondNs)}}, HistoryRange::Hour,
                   sample::kFrameEndNs);
    chart.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&chart));
    QSignalSpy moved(&chart, &HistoryChart::cursorMoved);
    QTest::mouseMove(chart.viewport(), QPoint(20, 50));
    QTest::mouseMove(chart.viewport(), QPoint(150, 50));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !moved.isEmpty(); }));
    const auto at = moved.last().first().toLongLong();
    EXPECT_NEAR(static_cast<double>(sample::kFrameEndNs - at) / 1e9, 1'800, 60);
    chart.setCursor(at);
    chart.setFocus();
    moved.clear();
    QTest::keyClick(&chart, Qt::Key_Left);
    ASSERT_EQ(moved.count(), 1);
    EXPECT_EQ(moved.last().first().toLongLong(), at - 60 * kSecondNs);
    EXPECT_TRUE(chart.readout().endsWith(u'%'));
}

TEST(HistoryView, asksOnlyForWhatCanBeSeen)
{
    HistoryView view;
    QSignalSpy asked(&view, &HistoryView::historyRequested);
    view.setRow(5);
    EXPECT_TRUE(asked.isEmpty()) << "a tab nobody opened needs no history";
    view.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&view));
    ASSERT_EQ(asked.count(), 1);
    EXPECT_EQ(asked.last().first().value<RowKey>(), 5U);
    view.setRange(HistoryRange::Day);
    EXPECT_EQ(asked.count(), 2);
    EXPECT_EQ(asked.last().at(1).value<HistoryRange>(), HistoryRange::Day);
}

TEST(HistoryView, showsWhatWasReportedAndNamesWhatWasNot)
{
    HistoryView view;
    view.setRow(5);
    view.setHistory(historyOf(5, HistoryRange::Hour, 60));
    const QStringList texts = view.texts();
    ASSERT_EQ(texts.size(), 5);
    EXPECT_TRUE(texts[0].startsWith(QStringLiteral("CPU: ")));
    EXPECT_TRUE(texts[2].startsWith(QStringLiteral("Network: ")));
    EXPECT_TRUE(texts.last().contains(QStringLiteral("Not reported: Disk.")));
    EXPECT_TRUE(texts.last().contains(QStringLiteral("recorded by this window")));
    std::size_t points = 0;
    for (const HistoryChart* chart : view.charts()) {
        points += chart->drawnPoints();
    }
    EXPECT_LE(points, 2'000U);
}

TEST(HistoryView, answersToOlderQuestionsAreDropped)
{
    HistoryView view;
    view.setRow(5);
    view.setHistory(historyOf(4, HistoryRange::Hour, 60));
    EXPECT_EQ(view.texts().size(), 1) << "another row";
    view.setHistory(historyOf(5, HistoryRange::Week, 60));
    EXPECT_EQ(view.texts().size(), 1) << "another range";
    view.setHistory(historyOf(5, HistoryRange::Hour, 60));
    EXPECT_EQ(view.texts().size(), 5);
    view.setRow(6);
    EXPECT_EQ(view.texts().size(), 1) << "the row before is gone at once";
    RowHistory nothing = historyOf(6, HistoryRange::Hour, 60);
    nothing.lines.clear();
    view.setHistory(nothing);
    EXPECT_TRUE(view.texts().last().startsWith(QStringLiteral("Nothing recorded yet")));
}

TEST(DetailDrawerTest, takesTabsOfOthersInFrontOfJson)
{
    DetailDrawer drawer;
    auto* view = new HistoryView;
    drawer.addTab(QStringLiteral("history"), QStringLiteral("History"), view);
    QSignalSpy shown(&drawer, &DetailDrawer::rowShown);
    drawer.showRow(factsOf(9));
    EXPECT_EQ(shown.last().first().value<RowKey>(), 9U);
    EXPECT_EQ(drawer.currentTab(), QStringLiteral("overview"));
    drawer.showTab(QStringLiteral("history"));
    EXPECT_EQ(drawer.currentTab(), QStringLiteral("history"));
    EXPECT_FALSE(drawer.isJsonShown());
    drawer.showTab(QStringLiteral("nonsense"));
    EXPECT_EQ(drawer.currentTab(), QStringLiteral("history"));
    drawer.showJson(true);
    EXPECT_TRUE(drawer.isJsonShown());
    drawer.showJson(false);
    EXPECT_EQ(drawer.currentTab(), QStringLiteral("overview"));
}

TEST(DetailDrawerTest, isAsWideAsItWasDrawn)
{
    DetailDrawer drawer;
    const int before = drawer.width();
    EXPECT_EQ(drawer.wantedWidth(), 324);
    auto* grip = drawer.findChild<EdgeGrip*>();
    ASSERT_NE(grip, nullptr);
    QSignalSpy chosen(&drawer, &DetailDrawer::widthChosen);
    QTest::keyClick(grip, Qt::Key_Left);
    EXPECT_EQ(drawer.wantedWidth(), 340);
    EXPECT_EQ(drawer.width(), before + 16);
    ASSERT_EQ(chosen.count(), 1);
    QTest::mousePress(grip, Qt::LeftButton, {}, QPoint(2, 50));
    QMouseEvent move(QEvent::MouseMove, QPointF(-98, 50), grip->mapToGlobal(QPointF(-98, 50)), Qt::LeftButton,
                     Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(grip, &move);
    QTest::mouseRelease(grip, Qt::LeftButton);
    EXPECT_EQ(drawer.wantedWidth(), 440);
    EXPECT_EQ(chosen.last().first().toInt(), 440);
    drawer.setWantedWidth(5);
    EXPECT_GE(drawer.wantedWidth(), 280) << "never so narrow that nothing can be read";
    drawer.setWantedWidth(100'000);
    EXPECT_LE(drawer.wantedWidth(), 960);
}

} // namespace tracedeck
