// SPDX-License-Identifier: GPL-3.0-or-later
// A fleet page under real keys and clicks: second sort key, groups, selection with totals, columns.
#include "app/table_feed.h"
#include "models/workload_columns.h"
#include "tests/app/scripted_source.h"
#include "views/column_chooser.h"
#include "views/fleet_page.h"
#include "views/grouped_table_view.h"
#include "views/selection_line.h"
#include "views/table_header_view.h"

#include <QMenu>
#include <QScrollBar>
#include <QTest>
#include <QThreadPool>
#include <gtest/gtest.h>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

class TableHands : public testing::Test {
protected:
    TableHands()
        : m_model(workloadColumns()),
          m_page(workloadsPageSetup([] { return std::int64_t{0}; }), &m_model),
          m_feed(workloadDomain(), &m_model, &m_workers, [] { return std::int64_t{0}; })
    {
        QObject::connect(&m_page, &FleetPage::choiceChanged, &m_feed, &TableFeed::setChoice);
        QObject::connect(&m_feed, &TableFeed::summaryChanged, &m_page, &FleetPage::setSummary);
        m_feed.setChoice(m_page.choice());
        m_feed.setSnapshot(TableSnapshot(scriptedWorkloads(40)), 1);
        m_page.resize(1280, 800);
        m_page.show();
    }
    void SetUp() override
    {
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_page));
        ASSERT_TRUE(QTest::qWaitFor([this] { return m_feed.isSettled(); }));
        m_page.focusContent();
    }
    [[nodiscard]] GroupedTableView& table() { return *m_page.table(); }
    [[nodiscard]] TableHeaderView& header() { return *m_page.findChild<TableHeaderView*>(); }
    [[nodiscard]] SelectionLine& line() { return *m_page.findChild<SelectionLine*>(); }
    void clickHeader(QStringView column, Qt::KeyboardModifiers modifiers)
    {
        const int section = m_model.columnOf(column);
        const QPoint at(header().sectionViewportPosition(section) + 20, header().height() / 2);
        QTest::mouseClick(header().viewport(), Qt::LeftButton, modifiers, at);
    }

    QThreadPool m_workers;
    GroupedTableModel m_model;
    FleetPage m_page;
    TableFeed m_feed;
};

TEST_F(TableHands, ASecondSortKeyByShiftClickShowsItsMarkAndDecides)
{
    clickHeader(u"status", Qt::NoModifier);
    clickHeader(u"cpu", Qt::ShiftModifier);
    EXPECT_EQ(m_page.choice().sortKey, QStringLiteral("status"));
    EXPECT_EQ(m_page.choice().thenSortKey, QStringLiteral("cpu"));
    EXPECT_EQ(header().sortedColumn(), m_model.columnOf(u"status"));
    EXPECT_EQ(header().thenColumn(), m_model.columnOf(u"cpu"));
    EXPECT_EQ(m_model.cell(1, 0)->text, QStringLiteral("svc-038")) << "the busiest of the running ones";
    clickHeader(u"cpu", Qt::ShiftModifier);
    EXPECT_EQ(m_model.cell(1, 0)->text, QStringLiteral("svc-000"));
    clickHeader(u"cpu", Qt::ShiftModifier);
    EXPECT_EQ(header().thenColumn(), -1) << "the third time takes it away";
    m_page.runCommand(QStringLiteral("then.cpu"));
    EXPECT_EQ(header().thenColumn(), m_model.columnOf(u"cpu")) << "and by keyboard";
    clickHeader(u"name", Qt::NoModifier);
    EXPECT_EQ(header().thenColumn(), -1) << "another first key starts over";
}

TEST_F(TableHands, AnotherOrderIsReadFromItsTopUnlessTheDrawerHoldsOnToARow)
{
    TableChoice flat = m_page.choice();
    flat.grouping = QStringLiteral("none");
    m_page.setChoice(flat);
    const auto rowInHand = [this] { return m_model.rowOfKey(table().currentKey()); };
    const auto isSeen = [&] { return rowInHand() >= 0 && rowInHand() <= table().visibleRows().second; };
    table().setCurrentKey(m_model.rowKey(0));
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("sort.cpu")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return rowInHand() > 30; })) << "the first by name is the least busy";
    EXPECT_EQ(table().verticalScrollBar()->value(), 0) << "the busiest are asked for";
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("sort.name")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return rowInHand() == 0; }));
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("row.details")));
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("sort.cpu")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return rowInHand() > 30 && isSeen(); })) << "where does this one stand";
    EXPECT_GT(table().verticalScrollBar()->value(), 0);
}

TEST_F(TableHands, AllGroupsFoldAndUnfoldAndOneOpensAlone)
{
    const int rows = m_model.rowCount();
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("group.collapseAll")));
    EXPECT_EQ(m_model.rowCount(), 2);
    table().setCurrentKey(m_model.rowKey(1));
    QTest::keyClick(&table(), Qt::Key_L);
    EXPECT_EQ(m_model.rowCount(), 22);
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("group.expandAll")));
    EXPECT_EQ(m_model.rowCount(), rows);
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("table.worstGroups")));
    EXPECT_TRUE(m_page.choice().worstGroupsFirst);
}

TEST_F(TableHands, AGroupHeaderHasAMenu)
{
    Q_EMIT table().rowMenuRequested(m_model.rowKey(0), table().mapToGlobal(QPoint(5, 5)));
    auto* menu = m_page.findChild<QMenu*>(QString(), Qt::FindDirectChildrenOnly);
    ASSERT_NE(menu, nullptr);
    ASSERT_EQ(menu->actions().size(), 5);
    menu->actions().at(1)->trigger();
    EXPECT_EQ(m_model.rowCount(), 2);
    menu->close();
}

TEST_F(TableHands, SelectedRowsSayWhatTheyComeToAndEscClears)
{
    EXPECT_FALSE(line().isVisible());
    table().setCurrentKey(m_model.rowKey(1));
    EXPECT_FALSE(line().isVisible()) << "one row is no sum";
    QTest::keyClick(&table(), Qt::Key_Down, Qt::ShiftModifier);
    ASSERT_TRUE(line().isVisible());
    EXPECT_TRUE(line().text().startsWith(QStringLiteral("2 selected"))) << line().text().toStdString();
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("group.select")));
    EXPECT_TRUE(line().text().startsWith(QStringLiteral("20 selected \u00b7 mean CPU")));
    EXPECT_TRUE(m_page.peel());
    EXPECT_FALSE(line().isVisible());
    EXPECT_LE(table().selectedKeys().size(), 1U);
}

TEST_F(TableHands, TheSelectionFollowsNewValues)
{
    table().setCurrentKey(m_model.rowKey(1));
    QTest::keyClick(&table(), Qt::Key_Down, Qt::ShiftModifier);
    const QString before = line().text();
    m_feed.setSnapshot(TableSnapshot(scriptedWorkloads(40, 60)), 2);
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_feed.isSettled(); }));
    EXPECT_NE(line().text(), before) << "svc-000 is one of them and got busier";
}

TEST_F(TableHands, TheColumnChooserOpensFromCommandAndHeader)
{
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("table.columns")));
    auto* chooser = m_page.findChild<ColumnChooser*>();
    ASSERT_NE(chooser, nullptr);
    EXPECT_TRUE(chooser->isVisible());
    chooser->close();
    m_page.table()->setColumnWanted(QStringLiteral("image"), true);
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("columns.reset")));
    EXPECT_FALSE(m_page.table()->isColumnWanted(QStringLiteral("image")));
}

} // namespace
