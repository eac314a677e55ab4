// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/performance_feed.h"
#include "core/number_format.h"
#include "tests/app/flow_fixture.h"

#include <QSignalSpy>
#include <gtest/gtest.h>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

class FlowPerformanceTest : public FlowFixture { };

QString valueOf(const PerformanceFigures& figures, const char* name)
{
    for (const PerformanceFigures::Line& line : figures.counters) {
        if (line.name == QLatin1String(name)) {
            return line.values.first();
        }
    }
    return QStringLiteral("no such line");
}

/// Counts the paint events of a widget.
class PaintCount : public QObject {
public:
    explicit PaintCount(QWidget* widget) { widget->installEventFilter(this); }
    int paints = 0;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        paints += event->type() == QEvent::Paint ? 1 : 0;
        return QObject::eventFilter(watched, event);
    }
};

} // namespace

TEST(PerformanceFiguresTest, UnknownPrintsAsDash)
{
    const PerformanceFigures figures = performanceFigures({}, {});
    ASSERT_EQ(figures.stages.size(), static_cast<std::size_t>(Stage::Count));
    EXPECT_EQ(figures.stages[0].name, QStringLiteral("fetch"));
    EXPECT_EQ(figures.stages[0].values, QStringList(5, QStringLiteral("–")));
    EXPECT_EQ(figures.counters[4].values, QStringList{QStringLiteral("–")});
}

TEST(PerformanceFiguresTest, FiguresArePrintedWithUnits)
{
    StageStatistics statistics;
    StageRecord record;
    record.stage = Stage::Derive;
    record.durationNs = 1'500'000;
    record.rows = 5000;
    statistics.add({record});
    PerformanceCounters counters;
    counters.polls.requests = 1200;
    counters.polls.unchanged = 1100;
    counters.residentBytes = std::int64_t{100} << 20;
    const PerformanceFigures figures = performanceFigures(statistics, counters);
    const QString duration = QString::fromStdString(formatDuration(record.durationNs).joined());
    EXPECT_EQ(figures.stages[3].values,
              (QStringList{duration, duration, duration, QStringLiteral("5,000"), QStringLiteral("1")}));
    EXPECT_EQ(figures.counters[0].values.first(), QStringLiteral("1,200"));
    EXPECT_EQ(valueOf(figures, "memory"), QStringLiteral("100 MiB"));
    EXPECT_EQ(valueOf(figures, "rows painted"), QStringLiteral("–")) << "no table is shown";
    EXPECT_EQ(valueOf(figures, "event loop p99"), QStringLiteral("–")) << "nobody watches";
    EXPECT_EQ(valueOf(figures, "frames"), QStringLiteral("–"));
    EXPECT_GT(residentBytes().value_or(0), 1'000'000);
}

TEST(PerformanceFiguresTest, AWatchedLoopHasFigures)
{
    const LoopWatch watch([](const Stall&) {});
    PerformanceCounters counters;
    counters.loop = &watch;
    counters.rowsPainted = 31;
    const PerformanceFigures figures = performanceFigures({}, counters);
    EXPECT_EQ(valueOf(figures, "rows painted"), QStringLiteral("31"));
    EXPECT_EQ(valueOf(figures, "stalls over 50 ms"), QStringLiteral("0"));
    EXPECT_EQ(valueOf(figures, "frames"), QStringLiteral("0"));
    EXPECT_EQ(valueOf(figures, "event loop p99"), QStringLiteral("–")) << "no turn yet";
    EXPECT_EQ(valueOf(figures, "longest turn"), QStringLiteral("–"));
}

TEST(PerformanceFiguresTest, EachSourceSaysHowManyOfItsAnswersCostNothing)
{
    PerformanceCounters counters;
    counters.sources = {{"this machine", 1'180, 1'200}, {"new one", 0, 0}};
    const PerformanceFigures figures = performanceFigures({}, counters);
    ASSERT_EQ(figures.sources.size(), 2U);
    EXPECT_EQ(figures.sources[0].name, QStringLiteral("this machine"));
    EXPECT_EQ(figures.sources[0].values, QStringList{QStringLiteral("1,180 of 1,200")});
    EXPECT_EQ(figures.sources[1].values, QStringList{QStringLiteral("–")}) << "it has not answered yet";
}

TEST_F(FlowPerformanceTest, F12ShowsThePanelAndLeavesTheTableAlone)
{
    auto* panel = window().findChild<PerformancePanel*>();
    ASSERT_NE(panel, nullptr);
    EXPECT_FALSE(panel->isVisible());
    key(Qt::Key_F12);
    ASSERT_TRUE(panel->isVisible());
    ASSERT_TRUE(QTest::qWaitFor([&] {
        return panel->lines().filter(QStringLiteral("derive")).value(0).count(QStringLiteral("–")) == 0;
    })) << panel->lines().join(u'\n').toStdString();
    // Ages on screen move by their own ticker, so the model is what must stay still.
    QSignalSpy changed(page().model(), &QAbstractItemModel::dataChanged);
    QSignalSpy layout(page().model(), &QAbstractItemModel::layoutChanged);
    QSignalSpy applied(page().model(), &GroupedTableModel::applied);
    PaintCount own(panel);
    const QStringList before = panel->lines();
    ASSERT_TRUE(QTest::qWaitFor([&] { return own.paints > 0 && panel->lines() != before; }));
    EXPECT_EQ(changed.count() + layout.count() + applied.count(), 0) << "figures move, rows do not";
    EXPECT_FALSE(panel->lines().filter(QStringLiteral("scripted\t")).isEmpty())
        << panel->lines().join(u'\n').toStdString();
    key(Qt::Key_F12);
    EXPECT_FALSE(panel->isVisible());
}

TEST_F(FlowPerformanceTest, SettingsOpenByKeyAndApplyAtOnce)
{
    key(Qt::Key_Comma, Qt::ControlModifier);
    EXPECT_EQ(window().currentPage()->pageId(), QStringLiteral("settings"));
    m_app->runCommand(QStringLiteral("density.compact"));
    m_app->runCommand(QStringLiteral("theme.light"));
    m_app->settings().setValue(QStringLiteral("appearance.textScale"), 1.5);
    EXPECT_GT(QApplication::font().pixelSize(), 17);
    m_app->settings().setValue(QStringLiteral("appearance.textScale"), 1.0);
    key(Qt::Key_Left, Qt::AltModifier);
    EXPECT_EQ(window().currentPage()->pageId(), QStringLiteral("workloads"));
}
