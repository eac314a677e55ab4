// SPDX-License-Identifier: GPL-3.0-or-later
// What a frame of the table costs in allocations and cells, and that a part of a frame looks like the whole.
#include "models/workload_columns.h"
#include "tests/support/qt_allocation_count.h"
#include "tests/support/sample_fleet.h"
#include "views/grouped_table_view.h"

#include <QCoreApplication>
#include <QScrollBar>
#include <QTest>
#include <gtest/gtest.h>
#include <set>

namespace tracedeck {
namespace {

using testing_support::AllocationCount;

/// Notes the cells that are asked for.
class AskedModel : public GroupedTableModel {
public:
    using GroupedTableModel::GroupedTableModel;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override
    {
        m_cells.emplace(index.row(), index.column());
        return GroupedTableModel::data(index, role);
    }
    mutable std::set<std::pair<int, int>> m_cells;
};

class TablePaint : public testing::Test {
protected:
    void open(GroupedTableModel& model, QSize size, bool grouped = false)
    {
        model.setNow(sample::kNowNs);
        m_view.setTableModel(&model);
        auto rows = sample::fleet(400);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i].node = "node-" + std::to_string(i / 4);
        }
        sample::show(model, rows, grouped);
        m_view.resize(size);
        m_view.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_view));
        QCoreApplication::processEvents();
    }
    /// Of one frame, after one to warm up.
    std::size_t allocations()
    {
        m_view.viewport()->repaint();
        const AllocationCount count;
        m_view.viewport()->repaint();
        return count.value();
    }
    [[nodiscard]] int rowsInSight() const
    {
        const auto [first, last] = m_view.visibleRows();
        return last - first + 1;
    }
    GroupedTableView m_view;
};

TEST_F(TablePaint, UnchangedRowsAllocateNothing)
{
    if (!AllocationCount::works()) {
        GTEST_SKIP() << "not run: allocations are not counted under sanitizers";
    }
    for (const bool grouped : {false, true}) {
        GroupedTableModel model(workloadColumns());
        open(model, {1600, 300}, grouped);
        const std::size_t few = allocations();
        const int fewRows = rowsInSight();
        m_view.resize(1600, 900);
        QCoreApplication::processEvents();
        EXPECT_GT(rowsInSight(), 2 * fewRows);
        EXPECT_LE(allocations(), few) << (grouped ? "headers" : "rows") << " allocate in every frame";
        EXPECT_LT(few, 40U) << "what a painter takes whatever it paints";
        m_view.setModel(nullptr);
    }
}

TEST_F(TablePaint, ANewlyScrolledCellAllocatesAtMostThreeTimes)
{
    if (!AllocationCount::works()) {
        GTEST_SKIP() << "not run: allocations are not counted under sanitizers";
    }
    GroupedTableModel model(workloadColumns());
    open(model, {1600, 900});
    const std::size_t idle = allocations();
    int columns = 0;
    for (int column = 0; column < model.columnCount(); ++column) {
        columns += m_view.isColumnHidden(column) ? 0 : 1;
    }
    m_view.verticalScrollBar()->setValue(5 * m_view.verticalScrollBar()->pageStep());
    const AllocationCount count;
    m_view.viewport()->repaint();
    EXPECT_LE(count.value(), idle + static_cast<std::size_t>(3 * columns * rowsInSight()));
}

TEST_F(TablePaint, OnlyCellsThatAreAskedForAreRead)
{
    AskedModel model(workloadColumns());
    open(model, {1600, 600});
    const int column = model.columnOf(u"cpu");
    model.m_cells.clear();
    m_view.viewport()->repaint(m_view.cellRect(5, column).adjusted(2, 2, -2, -2));
    EXPECT_EQ(model.m_cells, (std::set<std::pair<int, int>>{{5, column}}));
}

TEST_F(TablePaint, APartLooksLikeTheWhole)
{
    GroupedTableModel model(workloadColumns());
    open(model, {1100, 500}, true);
    m_view.setCurrentKey(model.rowKey(3));
    QCoreApplication::processEvents();
    const QImage whole = m_view.viewport()->grab().toImage();
    QImage pieces(whole.size(), whole.format());
    pieces.setDevicePixelRatio(whole.devicePixelRatio());
    pieces.fill(Qt::magenta);
    constexpr int kPiece = 37; // cuts through cells, rows and headers
    for (int y = 0; y < whole.height(); y += kPiece) {
        for (int x = 0; x < whole.width(); x += kPiece) {
            m_view.viewport()->render(&pieces, QPoint(x, y), QRect(x, y, kPiece, kPiece));
        }
    }
    EXPECT_EQ(pieces, whole);
}

} // namespace
} // namespace tracedeck
