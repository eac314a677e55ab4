// SPDX-License-Identifier: GPL-3.0-or-later
// The table under the pointer: hover, menus, wheel, what the order hold hears of; and its header.
#include "models/workload_columns.h"
#include "tests/support/sample_fleet.h"
#include "tests/views/theme_switch.h"
#include "views/grouped_table_view.h"
#include "views/table_header_view.h"

#include <QContextMenuEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

class TablePointer : public testing::Test {
protected:
    TablePointer()
    {
        m_model.setNow(sample::kNowNs);
        m_view.setTableModel(&m_model);
        m_view.resize(1000, 400);
        sample::show(m_model, sample::fleet(200));
        m_view.show();
    }
    void SetUp() override { ASSERT_TRUE(QTest::qWaitForWindowActive(&m_view)); }
    void moveTo(const QPoint& at)
    {
        QMouseEvent move(QEvent::MouseMove, QPointF(at), m_view.viewport()->mapToGlobal(QPointF(at)), Qt::NoButton,
                         Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(m_view.viewport(), &move);
    }
    void wheel(int delta, const QPoint& at)
    {
        QWheelEvent event(QPointF(at), m_view.viewport()->mapToGlobal(QPointF(at)), {}, QPoint(0, delta), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_view.viewport(), &event);
    }
    void menu(QContextMenuEvent::Reason reason, const QPoint& at)
    {
        QContextMenuEvent event(reason, at, m_view.viewport()->mapToGlobal(at));
        QApplication::sendEvent(m_view.viewport(), &event);
    }
    QPoint centerOf(int row) { return m_view.rowRect(row).center(); }
    [[nodiscard]] TableHeaderView& header() { return *m_view.findChild<TableHeaderView*>(); }

    GroupedTableModel m_model{workloadColumns()};
    GroupedTableView m_view;
    QSignalSpy m_moved{&m_view, &GroupedTableView::pointerMoved};
    QSignalSpy m_keys{&m_view, &GroupedTableView::keyUsed};
};

} // namespace

TEST_F(TablePointer, TheRowUnderThePointerIsHoveredUntilItLeaves)
{
    moveTo(centerOf(3));
    EXPECT_EQ(m_view.hoverKey(), m_model.rowKey(3));
    EXPECT_FALSE(m_moved.isEmpty()) << "the order is held";
    moveTo(centerOf(5));
    EXPECT_EQ(m_view.hoverKey(), m_model.rowKey(5));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(&m_view, &leave);
    EXPECT_EQ(m_view.hoverKey(), 0U);
}

TEST_F(TablePointer, PointingFromElsewhereShowsOnlyRowsInSight)
{
    m_view.pointAt(m_model.rowKey(2));
    EXPECT_EQ(m_view.hoverKey(), m_model.rowKey(2));
    m_view.pointAt(m_model.rowKey(150));
    EXPECT_EQ(m_view.hoverKey(), 0U) << "it is below the fold";
    m_view.pointAt(m_model.rowKey(1));
    m_view.pointAt(0);
    EXPECT_EQ(m_view.hoverKey(), 0U);
    EXPECT_TRUE(m_moved.isEmpty()) << "the pointer of this table did not move";
}

TEST_F(TablePointer, TheWheelScrollsAndTheRowThatCameUnderThePointerIsHovered)
{
    moveTo(centerOf(4));
    const RowKey before = m_view.hoverKey();
    m_moved.clear();
    wheel(-240, centerOf(4));
    EXPECT_GT(m_view.verticalScrollBar()->value(), 0);
    EXPECT_NE(m_view.hoverKey(), before);
    EXPECT_EQ(m_moved.count(), 1);
}

TEST_F(TablePointer, TheMenuIsAboutTheRowUnderThePointerOrTheCurrentOne)
{
    const QSignalSpy menus(&m_view, &GroupedTableView::rowMenuRequested);
    m_view.setCurrentKey(m_model.rowKey(7));
    menu(QContextMenuEvent::Mouse, centerOf(2));
    menu(QContextMenuEvent::Keyboard, centerOf(2));
    ASSERT_EQ(menus.count(), 2);
    EXPECT_EQ(menus.at(0).first().value<RowKey>(), m_model.rowKey(2));
    EXPECT_EQ(menus.at(1).first().value<RowKey>(), m_model.rowKey(7));
    sample::show(m_model, sample::fleet(2));
    menu(QContextMenuEvent::Mouse, {50, 350});
    EXPECT_EQ(menus.count(), 2) << "below the last row there is none";
}

TEST_F(TablePointer, EveryKeyIsToldToTheOrderHold)
{
    m_view.setCurrentKey(m_model.rowKey(0));
    QTest::keyClick(&m_view, Qt::Key_J);
    QTest::keyClick(&m_view, Qt::Key_PageDown);
    EXPECT_EQ(m_keys.count(), 2);
    EXPECT_TRUE(m_moved.isEmpty());
}

TEST_F(TablePointer, LettersFindNothingByTyping)
{
    m_view.setCurrentKey(m_model.rowKey(0));
    m_view.keyboardSearch(QStringLiteral("workload-9"));
    EXPECT_EQ(m_view.currentKey(), m_model.rowKey(0));
}

TEST_F(TablePointer, DensitiesAndTextSizeMakeRowsHigher)
{
    m_view.setDensity(RowDensity::Compact);
    const int compact = m_view.rowHeight(0);
    m_view.setDensity(RowDensity::Relaxed);
    const int relaxed = m_view.rowHeight(0);
    m_view.setDensity(RowDensity::Normal);
    const int normal = m_view.rowHeight(0);
    EXPECT_LT(compact, normal);
    EXPECT_LT(normal, relaxed);
    const tests::ThemeSwitch larger(theme().kind, 1.5);
    EXPECT_GT(m_view.rowHeight(0), normal);
}

TEST_F(TablePointer, TheHeaderMarksWhatItIsSortedBy)
{
    const auto picture = [this] { return header().grab().toImage(); };
    const QImage plain = picture();
    m_view.setSortMark(QStringLiteral("cpu"), SortDirection::Descending);
    const QImage down = picture();
    EXPECT_NE(down, plain);
    EXPECT_EQ(header().sortedColumn(), m_model.columnOf(u"cpu"));
    m_view.setSortMark(QStringLiteral("cpu"), SortDirection::Ascending);
    EXPECT_NE(picture(), down) << "the arrow turns";
    m_view.setThenMark(QStringLiteral("memory"), SortDirection::Ascending);
    EXPECT_EQ(header().thenColumn(), m_model.columnOf(u"memory"));
    m_view.setSortMark(QStringLiteral("nobody"), SortDirection::Ascending);
    m_view.setThenMark({}, SortDirection::Ascending);
    EXPECT_EQ(header().sortedColumn(), -1);
    EXPECT_EQ(picture(), plain);
}
