// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/cell_tints.h"

#include "models/workload_columns.h"
#include "tests/support/sample_fleet.h"
#include "views/grouped_table_view.h"

#include <QCoreApplication>
#include <QPaintEvent>
#include <QScrollBar>
#include <QTest>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

class PaintedView : public GroupedTableView {
public:
    QRegion m_painted;

protected:
    void paintEvent(QPaintEvent* event) override
    {
        m_painted += event->region();
        GroupedTableView::paintEvent(event);
    }
};

class CellTintsTest : public testing::Test {
protected:
    CellTintsTest() : m_model(workloadColumns())
    {
        m_model.setNow(sample::kNowNs);
        m_view.setTableModel(&m_model);
        m_view.resize(1100, 500);
        sample::show(m_model, sample::fleet(200));
        m_view.show();
    }
    void SetUp() override
    {
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_view));
        settle();
    }
    void settle()
    {
        QCoreApplication::processEvents();
        m_view.m_painted = {};
    }
    [[nodiscard]] QModelIndex at(int row, QStringView column) { return m_model.index(row, m_model.columnOf(column)); }
    void cross(int row, CrossingSet what) { m_view.tints().add({{m_model.rowKey(row), what}}); }
    [[nodiscard]] QRegion painted()
    {
        QCoreApplication::processEvents();
        return std::exchange(m_view.m_painted, {});
    }

    GroupedTableModel m_model;
    PaintedView m_view;
};

constexpr CrossingSet kCpu = crossingBit(ThresholdMetric::Cpu);

TEST_F(CellTintsTest, ACrossingTintsItsCellAloneAndEndsByItself)
{
    EXPECT_FALSE(m_view.tints().isRunning());
    cross(3, kCpu);
    EXPECT_TRUE(m_view.tints().isRunning());
    const QRect cell = m_view.cellRect(3, m_model.columnOf(u"cpu"));
    EXPECT_EQ(painted().boundingRect(), cell) << "nothing but the cell is repainted";
    EXPECT_DOUBLE_EQ(m_view.tints().strengthAt(at(3, u"cpu")), 1);
    EXPECT_DOUBLE_EQ(m_view.tints().strengthAt(at(3, u"memory")), 0);
    EXPECT_DOUBLE_EQ(m_view.tints().strengthAt(at(4, u"cpu")), 0);
    for (int i = 1; i <= CellTints::kSteps; ++i) {
        m_view.tints().step();
        EXPECT_EQ(painted().boundingRect(), cell);
    }
    EXPECT_FALSE(m_view.tints().isRunning()) << "no timer when idle";
    EXPECT_EQ(m_view.tints().count(), 0U);
    EXPECT_EQ(m_view.tints().repaints(), 1U + CellTints::kSteps);
}

TEST_F(CellTintsTest, TheTimerEndsATintWithinItsSecond)
{
    cross(0, kStatusCrossed);
    EXPECT_TRUE(QTest::qWaitFor([this] { return !m_view.tints().isRunning(); }));
    EXPECT_EQ(m_view.tints().repaints(), 1U + CellTints::kSteps);
}

TEST_F(CellTintsTest, ReducedMotionPaintsTwice)
{
    m_view.tints().setReducedMotion(true);
    cross(2, kStatusCrossed);
    for (int i = 0; i < CellTints::kSteps - 1; ++i) {
        m_view.tints().step();
        EXPECT_DOUBLE_EQ(m_view.tints().strengthAt(at(2, u"status")), 1);
    }
    m_view.tints().step();
    EXPECT_EQ(m_view.tints().count(), 0U);
    EXPECT_EQ(m_view.tints().repaints(), 2U);
}

TEST_F(CellTintsTest, InvisibleRowsAndHiddenColumnsAndUnknownKeysTintNothing)
{
    cross(150, kCpu);
    cross(1, crossingBit(ThresholdMetric::Temperature)); // workloads have no such column
    m_view.setColumnHidden(m_model.columnOf(u"disk"), true);
    cross(1, crossingBit(ThresholdMetric::Disk));
    m_view.tints().add({{12345, kCpu}});
    EXPECT_FALSE(m_view.tints().isRunning());
    EXPECT_EQ(m_view.tints().repaints(), 0U);
}

TEST_F(CellTintsTest, SwitchedOffItTintsNothingAndForgetsWhatWas)
{
    cross(0, kCpu);
    m_view.tints().setEnabled(false);
    EXPECT_FALSE(m_view.tints().isRunning());
    cross(1, kCpu);
    EXPECT_EQ(m_view.tints().count(), 0U);
    m_view.tints().setEnabled(true);
    cross(1, kCpu);
    EXPECT_EQ(m_view.tints().count(), 1U);
}

TEST_F(CellTintsTest, ATintFollowsItsRowAndEndsWithIt)
{
    auto rows = sample::fleet(200);
    cross(5, kCpu);
    rows.erase(rows.begin());
    sample::show(m_model, rows);
    EXPECT_DOUBLE_EQ(m_view.tints().strengthAt(at(4, u"cpu")), 1) << "the row moved up by one";
    rows.erase(rows.begin() + 4);
    sample::show(m_model, rows);
    m_view.tints().step();
    EXPECT_FALSE(m_view.tints().isRunning());
}

TEST_F(CellTintsTest, ManyCrossingsCostNoMoreThanTheScreen)
{
    std::vector<RowCrossing> all;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        all.push_back({m_model.rowKey(row), static_cast<CrossingSet>(kCpu | kStatusCrossed)});
    }
    m_view.tints().add(all);
    const auto [first, last] = m_view.visibleRows();
    EXPECT_EQ(m_view.tints().count(), 2U * static_cast<unsigned>(last - first + 1));
    m_view.verticalScrollBar()->setValue(m_view.verticalScrollBar()->maximum());
    settle();
    const auto before = m_view.tints().repaints();
    m_view.tints().step();
    EXPECT_EQ(m_view.tints().repaints(), before) << "scrolled away: nothing to repaint";
}

} // namespace
} // namespace tracedeck
