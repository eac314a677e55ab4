// SPDX-License-Identifier: GPL-3.0-or-later
// A fleet page under real keys: two levels of groups, two rows compared.
#include "app/hidden_rows.h"
#include "app/table_feed.h"
#include "models/workload_columns.h"
#include "tests/app/scripted_source.h"
#include "views/compare_panel.h"
#include "views/filter_line.h"
#include "views/fleet_page.h"
#include "views/grouped_table_view.h"
#include "views/view_export.h"

#include <QAbstractItemModelTester>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>
#include <gtest/gtest.h>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

class TablePairs : public testing::Test {
protected:
    TablePairs()
        : m_model(workloadColumns()),
          m_tester(&m_model, QAbstractItemModelTester::FailureReportingMode::Fatal),
          m_page(workloadsPageSetup([] { return std::int64_t{0}; }), &m_model),
          m_feed(workloadDomain(), &m_model, &m_workers, [] { return std::int64_t{0}; })
    {
        QObject::connect(&m_page, &FleetPage::choiceChanged, &m_feed, &TableFeed::setChoice);
        QObject::connect(&m_feed, &TableFeed::summaryChanged, &m_page, &FleetPage::setSummary);
        m_feed.setChoice(m_page.choice());
        m_feed.setSnapshot(TableSnapshot(scriptedWorkloads(40)), 1);
        m_page.resize(1440, 800);
        m_page.show();
    }
    void SetUp() override
    {
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_page));
        ASSERT_TRUE(QTest::qWaitFor([this] { return m_feed.isSettled(); }));
        m_page.focusContent();
    }
    [[nodiscard]] GroupedTableView& table() { return *m_page.table(); }
    void groupBy(const char* first, const char* second)
    {
        TableChoice choice = m_page.choice();
        choice.grouping = QString::fromLatin1(first);
        choice.thenGrouping = QString::fromLatin1(second);
        m_page.setChoice(choice);
    }
    /// ">node-a 20/20" for every header.
    [[nodiscard]] QStringList headers()
    {
        QStringList out;
        for (int row = 0; row < m_model.rowCount(); ++row) {
            if (const PlanGroup* group = m_model.group(row)) {
                out.append(QString(group->depth + 1, u'>') + QString::fromStdString(group->label) + u' '
                           + QString::number(group->shown) + u'/' + QString::number(group->total));
            }
        }
        return out;
    }
    void key(Qt::Key key) { QTest::keyClick(&table(), key); }
    void standOn(const char* name)
    {
        for (int row = 0; row < m_model.rowCount(); ++row) {
            if (!m_model.isGroup(row) && m_model.cell(row, 0)->text == QLatin1String(name)) {
                table().setCurrentKey(m_model.rowKey(row));
            }
        }
    }

    QThreadPool m_workers;
    GroupedTableModel m_model;
    QAbstractItemModelTester m_tester;
    FleetPage m_page;
    TableFeed m_feed;
};

} // namespace

TEST_F(TablePairs, GroupsInsideGroupsCountAndFoldByThemselves)
{
    groupBy("node", "status");
    const QStringList open{QStringLiteral(">node-a 20/20"), QStringLiteral(">>Running 20/20"),
                           QStringLiteral(">node-b 20/20"), QStringLiteral(">>Running 16/16"),
                           QStringLiteral(">>Stopped 4/4")};
    EXPECT_EQ(headers(), open);
    EXPECT_EQ(m_model.rowCount(), 45);

    standOn("svc-009"); // stopped, on node-b
    key(Qt::Key_H);
    EXPECT_EQ(m_model.group(table().currentIndex().row())->label, "Stopped");
    key(Qt::Key_H);
    EXPECT_EQ(m_model.rowCount(), 41) << "only the inner group folds";
    key(Qt::Key_H);
    EXPECT_EQ(m_model.group(table().currentIndex().row())->label, "node-b") << "folded already: to the outer one";
    key(Qt::Key_H);
    EXPECT_EQ(headers().size(), 3) << "its inner groups fold away with it";
    key(Qt::Key_L);
    EXPECT_EQ(headers(), open);
    EXPECT_EQ(m_model.rowCount(), 41) << "and come back as they were";
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("group.expandAll")));
    EXPECT_EQ(m_model.rowCount(), 45);
}

TEST_F(TablePairs, SelectingAnOuterGroupTakesTheRowsOfItsInnerOnes)
{
    groupBy("node", "status");
    table().selectGroup(m_model.rowOfKey(m_model.plan()->groups[2].key)); // node-b
    EXPECT_EQ(table().selectedKeys().size(), 20U);
    table().selectGroup(m_model.rowOfKey(m_model.plan()->groups[4].key)); // its stopped ones
    EXPECT_EQ(table().selectedKeys().size(), 4U);
}

TEST_F(TablePairs, ExportNamesBothLevels)
{
    groupBy("node", "status");
    const RowCopy copy = rowsInView(table());
    ASSERT_GE(copy.columns.size(), 3U);
    EXPECT_EQ(copy.columns[1].id, QStringLiteral("subgroup"));
    ASSERT_EQ(copy.rows.size(), 40U);
    EXPECT_EQ(copy.rows.back()[0].text, QStringLiteral("node-b"));
    EXPECT_EQ(copy.rows.back()[1].text, QStringLiteral("Stopped"));
}

TEST_F(TablePairs, TheMenuOffersTheSecondLevelButNotTwiceTheSame)
{
    auto* line = m_page.findChild<FilterLine*>();
    ASSERT_NE(line, nullptr);
    QMenu* then = nullptr;
    for (QMenu* menu : line->findChildren<QMenu*>()) {
        Q_EMIT menu->aboutToShow();
        then = menu->title() == QStringLiteral("Then by") ? menu : then;
    }
    for (QMenu* menu : line->findChildren<QMenu*>()) {
        then = menu->title() == QStringLiteral("Then by") ? menu : then;
    }
    ASSERT_NE(then, nullptr);
    QAction* byType = nullptr;
    for (QAction* action : then->actions()) {
        EXPECT_NE(action->text(), QStringLiteral("Node")) << "the first level";
        byType = action->text() == QStringLiteral("Type") ? action : byType;
    }
    ASSERT_NE(byType, nullptr);
    byType->trigger();
    EXPECT_TRUE(m_page.choice().isNested());
    EXPECT_EQ(headers().filter(QStringLiteral(">>")).size(), 2);
}

TEST_F(TablePairs, ARowInFoldedGroupsIsExplainedByBothOfThem)
{
    groupBy("node", "status");
    TableChoice choice = m_page.choice();
    choice.collapsed = {m_model.plan()->groups[2].key, m_model.plan()->groups[4].key};
    std::sort(choice.collapsed.begin(), choice.collapsed.end());
    m_page.setChoice(choice);
    const HiddenRowQuestion question{m_model.snapshot(), m_page.choice(), m_model.plan(),
                                     [this](const TableChoice& asked) { return m_feed.planFor(asked); }, 0};
    const std::vector<HiddenRow> rows = findHiddenRows(question, QStringLiteral("svc-009"), 5);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].reasons,
              (QStringList{QStringLiteral("group Stopped is folded"), QStringLiteral("group node-b is folded")}));
    EXPECT_TRUE(rows[0].shown.collapsed.empty());
}

TEST_F(TablePairs, TwoPinnedRowsStandSideBySide)
{
    standOn("svc-002");
    key(Qt::Key_Space);
    standOn("svc-009");
    key(Qt::Key_Space);
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("table.compare")));
    ASSERT_TRUE(m_page.isComparing());
    const QStringList lines = m_page.comparePanel()->texts();
    EXPECT_FALSE(lines.filter(QStringLiteral("Node: node-a | node-b")).isEmpty()) << lines.join(u'\n').toStdString();
    EXPECT_FALSE(lines.filter(QStringLiteral("Status: Running | Stopped")).isEmpty());
    m_page.comparePanel()->swapRequested();
    EXPECT_FALSE(m_page.comparePanel()->texts().filter(QStringLiteral("Node: node-b | node-a")).isEmpty());
    EXPECT_TRUE(m_page.peel()) << "Esc";
    EXPECT_FALSE(m_page.isComparing());
}

TEST_F(TablePairs, APinnedRowStaysInSightWhenItsGroupIsFolded)
{
    standOn("svc-009");
    const RowKey pinned = table().currentKey();
    key(Qt::Key_Space);
    EXPECT_EQ(m_model.rowKey(0), pinned);
    const int rows = m_model.rowCount();
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("group.collapseAll")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_feed.isSettled() && m_model.rowCount() < rows; }));
    EXPECT_EQ(m_model.rowKey(0), pinned);
    EXPECT_EQ(m_model.rowCount(), static_cast<int>(headers().size()) + 1);
    EXPECT_EQ(m_model.plan()->shown, 40U) << "it is not counted twice";
    TableChoice other = m_page.choice();
    other.text = QStringLiteral("svc-001");
    m_page.setChoice(other);
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_feed.isSettled() && m_model.rowKey(0) != pinned; })) << "a filter holds";
    other.text.clear();
    m_page.setChoice(other);
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("group.expandAll")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_feed.isSettled() && m_model.rowCount() == rows; }));
    EXPECT_EQ(m_model.rowKey(0), pinned);
}

TEST_F(TablePairs, OnePinIsComparedWithWhereTheHandIs)
{
    standOn("svc-002");
    key(Qt::Key_Space);
    standOn("svc-001");
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("table.compare")));
    ASSERT_TRUE(m_page.isComparing());
    EXPECT_FALSE(m_page.comparePanel()->texts().filter(QStringLiteral("Node: node-a | node-b")).isEmpty());
    standOn("svc-004");
    EXPECT_FALSE(m_page.comparePanel()->texts().filter(QStringLiteral("Node: node-a | node-a")).isEmpty());
}

TEST_F(TablePairs, NothingToCompareIsSaid)
{
    QSignalSpy said(&m_page, &Page::noticed);
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("table.compare")));
    EXPECT_FALSE(m_page.isComparing());
    ASSERT_EQ(said.count(), 1);
    EXPECT_TRUE(said[0][0].toString().contains(QStringLiteral("Space")));
}

TEST_F(TablePairs, DrawerAndComparisonGiveWayToEachOther)
{
    standOn("svc-001");
    m_page.openDrawer(table().currentKey());
    table().selectAll();
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("table.compare")));
    EXPECT_FALSE(m_page.isComparing()) << "forty rows are not two";
    standOn("svc-001");
    key(Qt::Key_Space);
    standOn("svc-002");
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("table.compare")));
    EXPECT_TRUE(m_page.isComparing());
    EXPECT_FALSE(m_page.isDrawerOpen());
    m_page.openDrawer(table().currentKey());
    EXPECT_FALSE(m_page.isComparing());
}

TEST_F(TablePairs, ComparedRowsFollowRefreshesAndStayWhenTheyGo)
{
    standOn("svc-000");
    key(Qt::Key_Space);
    standOn("svc-002");
    key(Qt::Key_Space);
    m_page.runCommand(QStringLiteral("table.compare"));
    m_feed.setSnapshot(TableSnapshot(scriptedWorkloads(40, 50)), 2);
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_feed.isSettled(); }));
    EXPECT_TRUE(m_page.comparePanel()->texts().filter(QStringLiteral("CPU: 50")).value(0).contains(u'%'));
    m_feed.setSnapshot(TableSnapshot(scriptedWorkloads(1)), 3);
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_feed.isSettled(); }));
    EXPECT_TRUE(m_page.isComparing());
    EXPECT_FALSE(m_page.comparePanel()->texts().isEmpty()) << "what was known last";
}
