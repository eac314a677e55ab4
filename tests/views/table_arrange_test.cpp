// SPDX-License-Identifier: GPL-3.0-or-later
// Arranging a table by hand: second sort key, columns, pinned column, selection.
#include "models/workload_columns.h"
#include "tests/support/sample_fleet.h"
#include "views/column_chooser.h"
#include "views/grouped_table_view.h"
#include "views/table_header_view.h"

#include <QLineEdit>
#include <QListWidget>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

class TableArrange : public testing::Test {
protected:
    TableArrange() : m_model(workloadColumns())
    {
        m_model.setNow(sample::kNowNs);
        m_view.setTableModel(&m_model);
        m_view.resize(1000, 400);
        m_view.show();
    }
    void SetUp() override { ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_view)); }
    [[nodiscard]] QHeaderView* header() { return m_view.horizontalHeader(); }
    void clickHeader(QStringView column, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        const int section = m_model.columnOf(column);
        const QPoint at(header()->sectionViewportPosition(section) + header()->sectionSize(section) / 2,
                        header()->height() / 2);
        QTest::mouseClick(header()->viewport(), Qt::LeftButton, modifiers, at);
    }
    [[nodiscard]] QStringList shownOrder()
    {
        QStringList ids;
        for (const TableLayoutState::Column& column : m_view.layoutState().columns) {
            ids += column.id;
        }
        return ids;
    }
    void twoGroups()
    {
        auto rows = sample::fleet(6);
        for (std::size_t i = 0; i < 6; ++i) {
            rows[i].node = i < 3 ? "alpha" : "beta";
        }
        sample::show(m_model, rows, true);
    }

    GroupedTableModel m_model;
    GroupedTableView m_view;
};

TEST_F(TableArrange, ShiftAndAClickAskForASecondSortKey)
{
    QSignalSpy first(&m_view, &GroupedTableView::sortRequested);
    QSignalSpy second(&m_view, &GroupedTableView::thenSortRequested);
    clickHeader(u"cpu", Qt::ShiftModifier);
    EXPECT_EQ(first.count(), 1) << "without a first key it is the first";
    EXPECT_EQ(second.count(), 0);
    clickHeader(u"memory", Qt::ShiftModifier);
    EXPECT_EQ(first.count(), 1);
    ASSERT_EQ(second.count(), 1);
    EXPECT_EQ(second.at(0).at(0).toString(), QStringLiteral("memory"));
    clickHeader(u"memory");
    EXPECT_EQ(first.count(), 2);
}

TEST_F(TableArrange, BothMarksArePaintedAndTakenBack)
{
    auto* marks = qobject_cast<TableHeaderView*>(header());
    ASSERT_NE(marks, nullptr);
    m_view.setSortMark(QStringLiteral("cpu"), SortDirection::Descending);
    const QImage one = header()->grab().toImage();
    m_view.setThenMark(QStringLiteral("memory"), SortDirection::Ascending);
    EXPECT_EQ(marks->thenColumn(), m_model.columnOf(u"memory"));
    const QImage two = header()->grab().toImage();
    EXPECT_NE(one, two);
    m_view.setThenMark({}, SortDirection::Ascending);
    EXPECT_EQ(marks->thenColumn(), -1);
    EXPECT_EQ(header()->grab().toImage(), one);
}

TEST_F(TableArrange, ColumnsMoveByIdAndTheFirstStaysFirst)
{
    QSignalSpy changed(&m_view, &GroupedTableView::layoutStateChanged);
    m_view.setColumnPlace(QStringLiteral("uptime"), 0);
    EXPECT_EQ(shownOrder().at(1), QStringLiteral("uptime"));
    EXPECT_EQ(changed.count(), 1);
    m_view.setColumnPlace(QStringLiteral("name"), 3);
    m_view.setColumnPlace(QStringLiteral("nothing"), 3);
    EXPECT_EQ(shownOrder().at(0), QStringLiteral("name"));
    EXPECT_EQ(changed.count(), 1);
    m_view.setColumnPlace(QStringLiteral("uptime"), 5000);
    EXPECT_EQ(shownOrder().back(), QStringLiteral("uptime"));
    m_view.resetColumns();
    EXPECT_EQ(shownOrder().at(1), QStringLiteral("status"));
}

TEST_F(TableArrange, ResetTakesBackOrderChoiceAndWidths)
{
    const TableLayoutState before = m_view.layoutState();
    m_view.setColumnWanted(QStringLiteral("image"), true);
    m_view.setColumnWanted(QStringLiteral("cpu"), false);
    m_view.setColumnPlace(QStringLiteral("node"), 0);
    EXPECT_NE(m_view.layoutState(), before);
    QSignalSpy changed(&m_view, &GroupedTableView::layoutStateChanged);
    m_view.resetColumns();
    EXPECT_EQ(m_view.layoutState(), before);
    EXPECT_EQ(changed.count(), 1);
}

TEST_F(TableArrange, AColumnAskedForShowsEvenWhenTheTableMustScroll)
{
    for (const char16_t* id : {u"image", u"namespace", u"context", u"tags", u"os", u"runtime"}) {
        m_view.setColumnWanted(QString::fromUtf16(id), true);
    }
    m_view.resize(700, 400);
    EXPECT_FALSE(m_view.isColumnHidden(m_model.columnOf(u"runtime")));
    EXPECT_TRUE(QTest::qWaitFor([this] { return m_view.horizontalScrollBar()->maximum() > 0; }));
    EXPECT_TRUE(m_view.layoutState().columns.at(10).kept);
}

TEST_F(TableArrange, TheFirstColumnStaysInSightWhenTheOthersScroll)
{
    sample::show(m_model, sample::fleet(30));
    for (const char16_t* id : {u"image", u"namespace", u"context", u"tags", u"os", u"runtime"}) {
        m_view.setColumnWanted(QString::fromUtf16(id), true);
    }
    m_view.resize(700, 400);
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_view.horizontalScrollBar()->maximum() > 0; }));
    const int width = m_view.columnWidth(0);
    const auto nameStrip = [this, width] {
        return m_view.viewport()->grab(QRect(0, 0, width - 1, 10 * m_view.rowHeight(0))).toImage();
    };
    const QImage before = nameStrip();
    m_view.horizontalScrollBar()->setValue(m_view.horizontalScrollBar()->maximum());
    EXPECT_EQ(nameStrip(), before) << "the names look as they did";
    EXPECT_EQ(m_view.indexAt(QPoint(10, 5)).column(), 0) << "tooltips and clicks mean what one sees";
    EXPECT_NE(m_view.indexAt(QPoint(width + 10, 5)).column(), 0);
    QSignalSpy sorts(&m_view, &GroupedTableView::sortRequested);
    QTest::mouseClick(header()->viewport(), Qt::LeftButton, {}, QPoint(20, header()->height() / 2));
    ASSERT_EQ(sorts.count(), 1);
    EXPECT_EQ(sorts.at(0).at(0).toString(), QStringLiteral("name"));
}

TEST_F(TableArrange, ShiftExtendsTheSelectionByArrowsAndLetters)
{
    sample::show(m_model, sample::fleet(10));
    m_view.setCurrentKey(m_model.rowKey(2));
    QSignalSpy edited(&m_view, &GroupedTableView::selectionEdited);
    QTest::keyClick(&m_view, Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(&m_view, Qt::Key_J, Qt::ShiftModifier);
    EXPECT_EQ(m_view.selectedKeys().size(), 3U);
    QTest::keyClick(&m_view, Qt::Key_K, Qt::ShiftModifier);
    EXPECT_EQ(m_view.selectedKeys().size(), 2U) << "going back takes back";
    EXPECT_GE(edited.count(), 3);
    QTest::mouseClick(m_view.viewport(), Qt::LeftButton, Qt::ControlModifier, m_view.rowRect(7).center());
    EXPECT_EQ(m_view.selectedKeys().size(), 3U);
    QTest::mouseClick(m_view.viewport(), Qt::LeftButton, Qt::ShiftModifier, m_view.rowRect(9).center());
    EXPECT_EQ(m_view.selectedKeys().size(), 5U) << "rows 7 to 9 join the two from before";
}

TEST_F(TableArrange, AGroupIsSelectedFromAnyOfItsRows)
{
    twoGroups();
    m_view.selectGroup(5);
    EXPECT_EQ(m_view.selectedKeys(), (std::vector<RowKey>{m_model.rowKey(5), m_model.rowKey(6), m_model.rowKey(7)}));
    m_view.selectGroup(0);
    EXPECT_EQ(m_view.selectedKeys().size(), 3U);
    EXPECT_EQ(m_view.selectedKeys().front(), m_model.rowKey(1));
    m_view.selectGroup(-1);
    EXPECT_EQ(m_view.selectedKeys().size(), 3U);
}

TEST_F(TableArrange, ASelectionHearsOfNewValuesAndOfRowsThatLeave)
{
    auto rows = sample::fleet(5);
    sample::show(m_model, rows);
    m_view.setCurrentKey(m_model.rowKey(1));
    QSignalSpy edited(&m_view, &GroupedTableView::selectionEdited);
    rows[1].cpu = 66;
    sample::show(m_model, rows);
    EXPECT_EQ(edited.count(), 1);
    sample::show(m_model, rows);
    EXPECT_EQ(edited.count(), 1) << "an equal table is no news";
    rows.erase(rows.begin() + 1);
    sample::show(m_model, rows);
    EXPECT_EQ(edited.count(), 2);
    EXPECT_TRUE(m_view.selectedKeys().empty());
}

class ColumnChooserTest : public TableArrange {
protected:
    void SetUp() override
    {
        TableArrange::SetUp();
        m_chooser = new ColumnChooser(&m_view, &m_view);
        m_chooser->openAt(m_view.mapToGlobal(QPoint(10, 10)));
    }
    [[nodiscard]] QListWidgetItem* itemOf(const QString& title)
    {
        return m_chooser->list()->findItems(title, Qt::MatchExactly).value(0);
    }
    ColumnChooser* m_chooser = nullptr;
};

TEST_F(ColumnChooserTest, SearchesTicksAndMovesByKeyboardAlone)
{
    QTest::keyClicks(m_chooser->search(), QStringLiteral("ima"));
    EXPECT_FALSE(itemOf(QStringLiteral("Image"))->isHidden());
    EXPECT_TRUE(itemOf(QStringLiteral("CPU"))->isHidden());
    QTest::keyClick(m_chooser->search(), Qt::Key_Return);
    EXPECT_TRUE(m_view.isColumnWanted(QStringLiteral("image")));
    m_chooser->search()->clear();
    m_chooser->list()->setCurrentItem(itemOf(QStringLiteral("Type")));
    QTest::keyClick(m_chooser->list(), Qt::Key_Up, Qt::AltModifier);
    EXPECT_EQ(shownOrder().mid(1, 2), (QStringList{QStringLiteral("type"), QStringLiteral("status")}));
    QTest::keyClick(m_chooser->list(), Qt::Key_Up, Qt::AltModifier);
    EXPECT_EQ(shownOrder().at(0), QStringLiteral("name")) << "nothing goes before the name";
    QTest::keyClick(m_chooser->list(), Qt::Key_Space);
    EXPECT_FALSE(m_view.isColumnWanted(QStringLiteral("type")));
    QTest::keyClick(m_chooser->list(), Qt::Key_Escape);
    EXPECT_FALSE(m_chooser->isVisible());
}

TEST_F(ColumnChooserTest, DraggedRowsBecomeTheOrder)
{
    QListWidget* list = m_chooser->list();
    const int from = list->row(itemOf(QStringLiteral("Node")));
    ASSERT_TRUE(list->model()->moveRow({}, from, {}, 0));
    EXPECT_EQ(shownOrder().at(1), QStringLiteral("node"));
}

} // namespace
} // namespace tracedeck
