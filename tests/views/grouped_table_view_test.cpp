// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/grouped_table_view.h"

#include "models/workload_columns.h"
#include "tests/support/sample_fleet.h"
#include "views/age_ticker.h"
#include "views/metric_cell_delegate.h"
#include "views/theme.h"

#include <QAction>
#include <QHeaderView>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

RowKey keyOf(int id)
{
    return makeRowKey(RowKind::Workload, "sample", std::to_string(id));
}

class GroupedTableViewTest : public testing::Test {
protected:
    GroupedTableViewTest() : m_model(workloadColumns())
    {
        m_model.setNow(sample::kNowNs);
        m_view.setTableModel(&m_model);
        m_view.resize(1000, 400);
        m_view.show();
    }
    /// Six workloads on two nodes: header, 1, 2, 3, header, 4, 5, 6.
    std::vector<sample::Workload> twoGroups()
    {
        auto rows = sample::fleet(6);
        for (std::size_t i = 0; i < 6; ++i) {
            rows[i].node = i < 3 ? "alpha" : "beta";
        }
        return rows;
    }
    void key(Qt::Key which, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(&m_view, which, modifiers);
    }
    QPoint centerOf(int row) { return m_view.rowRect(row).center(); }

    GroupedTableModel m_model;
    GroupedTableView m_view;
};

TEST_F(GroupedTableViewTest, LettersAndArrowsMove)
{
    sample::show(m_model, sample::fleet(50));
    m_view.setCurrentKey(keyOf(1));
    key(Qt::Key_J);
    EXPECT_EQ(m_view.currentKey(), keyOf(2));
    key(Qt::Key_Down);
    EXPECT_EQ(m_view.currentKey(), keyOf(3));
    key(Qt::Key_K);
    EXPECT_EQ(m_view.currentKey(), keyOf(2));
    key(Qt::Key_G, Qt::ShiftModifier);
    EXPECT_EQ(m_view.currentKey(), keyOf(50));
    key(Qt::Key_G);
    EXPECT_EQ(m_view.currentKey(), keyOf(1));
    key(Qt::Key_End);
    EXPECT_EQ(m_view.currentKey(), keyOf(50));
    key(Qt::Key_PageUp);
    EXPECT_GT(m_view.currentIndex().row(), 20);
    EXPECT_LT(m_view.currentIndex().row(), 49);
    EXPECT_EQ(m_view.selectedKeys(), std::vector<RowKey>{m_view.currentKey()});
}

TEST_F(GroupedTableViewTest, GroupHeadersFoldByKeyAndClickAndAreNeverSelected)
{
    sample::show(m_model, twoGroups(), true);
    QSignalSpy toggled(&m_view, &GroupedTableView::groupToggled);
    m_view.setCurrentKey(keyOf(2));
    key(Qt::Key_H);
    EXPECT_EQ(m_view.currentIndex().row(), 0) << "from a row, h goes to its header";
    EXPECT_TRUE(m_view.selectedKeys().empty());
    key(Qt::Key_L);
    EXPECT_EQ(toggled.count(), 0) << "already expanded";
    key(Qt::Key_H);
    key(Qt::Key_Return);
    QTest::mouseClick(m_view.viewport(), Qt::LeftButton, {}, centerOf(4));
    ASSERT_EQ(toggled.count(), 3);
    EXPECT_EQ(toggled.at(0).at(0).value<RowKey>(), makeGroupKey("node", "alpha"));
    EXPECT_EQ(toggled.at(2).at(0).value<RowKey>(), makeGroupKey("node", "beta"));
    m_view.selectAll();
    EXPECT_EQ(m_view.selectedKeys().size(), 6U);
}

TEST_F(GroupedTableViewTest, EnterDoubleClickAndSpaceSayWhatTheUserWants)
{
    sample::show(m_model, sample::fleet(5));
    QSignalSpy activated(&m_view, &GroupedTableView::rowActivated);
    QSignalSpy pinned(&m_view, &GroupedTableView::pinToggled);
    m_view.setCurrentKey(keyOf(3));
    key(Qt::Key_Return);
    key(Qt::Key_Space);
    QTest::mouseDClick(m_view.viewport(), Qt::LeftButton, {}, centerOf(4));
    ASSERT_EQ(activated.count(), 2);
    EXPECT_EQ(activated.at(0).at(0).value<RowKey>(), keyOf(3));
    EXPECT_EQ(activated.at(1).at(0).value<RowKey>(), keyOf(5));
    ASSERT_EQ(pinned.count(), 1);
    EXPECT_EQ(pinned.at(0).at(0).value<RowKey>(), keyOf(3));
}

TEST_F(GroupedTableViewTest, HeaderClicksAskForSensibleDirections)
{
    sample::show(m_model, sample::fleet(5));
    QSignalSpy sorts(&m_view, &GroupedTableView::sortRequested);
    const auto click = [this](const char16_t* id) {
        QHeaderView* header = m_view.horizontalHeader();
        const int column = m_model.columnOf(id);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                          QPoint(header->sectionViewportPosition(column) + 30, header->height() / 2));
    };
    click(u"cpu");
    click(u"cpu");
    click(u"name");
    ASSERT_EQ(sorts.count(), 3);
    EXPECT_EQ(sorts.at(0).at(0).toString(), QStringLiteral("cpu"));
    EXPECT_EQ(sorts.at(0).at(1).value<SortDirection>(), SortDirection::Descending);
    EXPECT_EQ(sorts.at(1).at(1).value<SortDirection>(), SortDirection::Ascending);
    EXPECT_EQ(sorts.at(2).at(1).value<SortDirection>(), SortDirection::Ascending);
}

TEST_F(GroupedTableViewTest, LayoutsSurviveByColumnId)
{
    TableLayoutState state;
    state.columns = {{QStringLiteral("cpu"), 0, false},
                     {QStringLiteral("gone-since-then"), 77, false},
                     {QStringLiteral("name"), 333, true},
                     {QStringLiteral("status"), 0, true}};
    state.sortColumn = QStringLiteral("cpu");
    state.sortDirection = SortDirection::Descending;
    m_view.setLayoutState(state);
    const TableLayoutState kept = m_view.layoutState();
    EXPECT_EQ(kept.columns.size(), m_model.columns().size());
    EXPECT_EQ(kept.columns[0].id, QStringLiteral("name")) << "the name stays first";
    EXPECT_EQ(kept.columns[1].id, QStringLiteral("cpu"));
    EXPECT_EQ(kept.columns[0].width, 333);
    EXPECT_FALSE(kept.columns[0].hidden) << "and always shows";
    EXPECT_EQ(kept.sortColumn, QStringLiteral("cpu"));
    EXPECT_EQ(m_view.columnWidth(0), 333);
    EXPECT_TRUE(m_view.isColumnHidden(m_model.columnOf(u"status")));
    GroupedTableView other;
    other.setTableModel(&m_model);
    other.setLayoutState(kept);
    EXPECT_EQ(other.layoutState(), kept);
    state.sortColumn.clear();
    other.setLayoutState(state);
    EXPECT_EQ(other.layoutState().sortColumn, QStringLiteral("cpu")) << "a layout that names no order leaves it alone";
}

TEST_F(GroupedTableViewTest, ColumnsGiveWayWhenItGetsNarrowAndComeBack)
{
    const auto hidden = [this](const char16_t* id) { return m_view.isColumnHidden(m_model.columnOf(id)); };
    EXPECT_TRUE(hidden(u"diskIo"));
    EXPECT_FALSE(hidden(u"uptime"));
    m_view.resize(700, 400);
    EXPECT_TRUE(hidden(u"uptime"));
    EXPECT_FALSE(hidden(u"memory"));
    m_view.resize(1500, 400);
    EXPECT_FALSE(hidden(u"diskIo"));
    EXPECT_TRUE(m_view.isColumnWanted(QStringLiteral("diskIo"))) << "giving way is not the user's choice";
}

TEST_F(GroupedTableViewTest, TheColumnMenuChoosesColumns)
{
    QSignalSpy changed(&m_view, &GroupedTableView::layoutStateChanged);
    QMenu* menu = m_view.createColumnMenu(&m_view);
    for (QAction* action : menu->actions()) {
        if (action->text() == QStringLiteral("Image")) {
            EXPECT_FALSE(action->isChecked());
            action->trigger();
        }
    }
    EXPECT_TRUE(m_view.isColumnWanted(QStringLiteral("image")));
    EXPECT_EQ(changed.count(), 1);
}

TEST_F(GroupedTableViewTest, SelectingAllIsCappedAndSaysSo)
{
    sample::show(m_model, sample::fleet(1500));
    QSignalSpy capped(&m_view, &GroupedTableView::selectionCapped);
    key(Qt::Key_A, Qt::ControlModifier);
    EXPECT_EQ(m_view.selectedKeys().size(), static_cast<std::size_t>(GroupedTableView::kSelectionCap));
    ASSERT_EQ(capped.count(), 1);
    EXPECT_EQ(capped.at(0).at(1).toInt(), 1500);
}

TEST_F(GroupedTableViewTest, ACappedSelectionCountsRowsNotHeaders)
{
    auto rows = sample::fleet(1500);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].node = i < 3 ? "alpha" : "beta";
    }
    sample::show(m_model, rows, true);
    QSignalSpy capped(&m_view, &GroupedTableView::selectionCapped);
    key(Qt::Key_A, Qt::ControlModifier);
    ASSERT_EQ(capped.count(), 1);
    EXPECT_EQ(capped.at(0).at(1).toInt(), 1500);
    EXPECT_EQ(capped.at(0).at(0).toInt(), static_cast<int>(m_view.selectedKeys().size()));
}

TEST_F(GroupedTableViewTest, APinnedRowShowsItInItsCornerAndOthersDoNot)
{
    sample::show(m_model, sample::fleet(3));
    const auto corner = [this](int row) {
        return m_view.viewport()->grab().toImage().pixelColor(m_view.rowRect(row).topLeft() + QPoint(2, 2));
    };
    const QColor plain = corner(1);
    static_cast<MetricCellDelegate*>(m_view.itemDelegate())->setPinned({keyOf(2)});
    EXPECT_EQ(corner(1), theme().colors.accent);
    EXPECT_NE(plain, theme().colors.accent);
    EXPECT_EQ(corner(0), plain);
    m_view.setCurrentKey(keyOf(2));
    m_view.setCurrentKey(keyOf(1));
    EXPECT_EQ(corner(1), theme().colors.accent) << "it stays when the selection goes on";
}

TEST_F(GroupedTableViewTest, CopiesShownColumnsWithUnits)
{
    sample::show(m_model, sample::fleet(3));
    m_view.setCurrentKey(keyOf(2));
    const QStringList cells = m_view.selectionText().split(QLatin1Char('\t'));
    EXPECT_EQ(cells.at(0), QStringLiteral("workload-2"));
    EXPECT_TRUE(cells.contains(QStringLiteral("1%")));
    EXPECT_TRUE(cells.contains(QStringLiteral("1 MB/s")) || cells.contains(QStringLiteral("1.00 MB/s")));
}

TEST_F(GroupedTableViewTest, OtherLettersAreLeftToTheWindow)
{
    sample::show(m_model, sample::fleet(3));
    m_view.setCurrentKey(keyOf(1));
    QKeyEvent event(QEvent::KeyPress, Qt::Key_W, Qt::NoModifier, QStringLiteral("w"));
    QCoreApplication::sendEvent(&m_view, &event);
    EXPECT_FALSE(event.isAccepted());
    EXPECT_EQ(m_view.currentKey(), keyOf(1)) << "no type-ahead";
}

TEST_F(GroupedTableViewTest, AgesTickOnlyWhileVisible)
{
    sample::show(m_model, sample::fleet(1));
    AgeTicker ticker(&m_view, [] { return sample::kNowNs + 24 * sample::kHourNs; });
    EXPECT_TRUE(ticker.isRunning());
    EXPECT_EQ(m_model.cell(0, m_model.columnOf(u"uptime"))->text, QStringLiteral("2 d 2 h"));
    m_view.hide();
    EXPECT_FALSE(ticker.isRunning());
    const auto ticks = ticker.ticks();
    m_view.show();
    EXPECT_TRUE(ticker.isRunning());
    EXPECT_EQ(ticker.ticks(), ticks + 1) << "ages are right at once";
}

} // namespace
} // namespace tracedeck
