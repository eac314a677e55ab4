// SPDX-License-Identifier: GPL-3.0-or-later
// A large table under real mouse and wheel events: what is touched is what is on screen.
#include "app/table_feed.h"
#include "models/workload_columns.h"
#include "tests/app/scripted_source.h"
#include "views/fleet_page.h"
#include "views/grouped_table_view.h"

#include <QAbstractItemModelTester>
#include <QScrollBar>
#include <QSet>
#include <QTest>
#include <QThreadPool>
#include <QWheelEvent>
#include <gtest/gtest.h>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

class CountingModel : public GroupedTableModel {
public:
    using GroupedTableModel::GroupedTableModel;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override
    {
        if (counting) {
            rowsTouched.insert(index.row());
        }
        return GroupedTableModel::data(index, role);
    }
    bool counting = false;
    mutable QSet<int> rowsTouched;
};

constexpr std::size_t kRows = 5000;

class TableFlowTest : public testing::Test {
protected:
    TableFlowTest()
        : m_model(workloadColumns()),
          m_page(workloadsPageSetup([] { return std::int64_t{0}; }), &m_model),
          m_feed(workloadDomain(), &m_model, &m_workers, [] { return std::int64_t{0}; })
    {
        QObject::connect(&m_page, &FleetPage::choiceChanged, &m_feed, &TableFeed::setChoice);
        QObject::connect(&m_feed, &TableFeed::summaryChanged, &m_page, &FleetPage::setSummary);
        m_feed.setChoice(m_page.choice());
        m_feed.setSnapshot(TableSnapshot(scriptedWorkloads(kRows)), 1);
    }
    void SetUp() override
    {
        m_page.resize(1280, 760);
        m_page.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_page));
        ASSERT_TRUE(QTest::qWaitFor([this] { return m_feed.isSettled(); }));
    }
    /// Rows the model was asked for while `act` and the paint after it ran.
    template <class Act> int touchedBy(Act act)
    {
        m_model.rowsTouched.clear();
        m_model.counting = true;
        act();
        m_page.table()->viewport()->repaint();
        m_model.counting = false;
        return static_cast<int>(m_model.rowsTouched.size());
    }
    [[nodiscard]] int visible() const
    {
        const auto [first, last] = m_page.table()->visibleRows();
        return last - first + 1;
    }
    void click(QPoint at) { QTest::mouseClick(m_page.table()->viewport(), Qt::LeftButton, Qt::NoModifier, at); }

    QThreadPool m_workers;
    CountingModel m_model;
    FleetPage m_page;
    TableFeed m_feed;
};

} // namespace

TEST_F(TableFlowTest, flow_tables)
{
    const QAbstractItemModelTester tester(&m_model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    GroupedTableView* table = m_page.table();
    ASSERT_EQ(m_model.rowCount(), static_cast<int>(kRows) + 2) << "two nodes, two headers";

    // Collapse the first group with the mouse.
    click(table->rowRect(0).center());
    ASSERT_TRUE(m_model.group(0)->collapsed);
    EXPECT_EQ(m_model.rowCount(), static_cast<int>(kRows) / 2 + 2);
    click(table->rowRect(0).center());
    EXPECT_EQ(m_model.rowCount(), static_cast<int>(kRows) + 2);

    // Sort by CPU: the busiest of the group comes first.
    m_page.runCommand(QStringLiteral("sort.cpu"));
    EXPECT_EQ(m_model.cell(1, 0)->text, QStringLiteral("svc-4998"));

    // Filter to the stopped ones, then open the drawer of a row with a double click.
    TableChoice choice = m_page.choice();
    choice.status = QStringLiteral("stopped");
    m_page.setChoice(choice);
    EXPECT_EQ(m_model.plan()->shown, kRows / 10);
    QTest::mouseDClick(table->viewport(), Qt::LeftButton, Qt::NoModifier, table->rowRect(1).center());
    EXPECT_TRUE(m_page.isDrawerOpen());
    EXPECT_TRUE(m_page.peel());
    EXPECT_FALSE(m_page.isDrawerOpen());
    EXPECT_TRUE(m_page.peel());
    EXPECT_EQ(m_model.plan()->shown, kRows);
}

TEST_F(TableFlowTest, WheelAndDragTouchOnlyWhatIsOnScreen)
{
    GroupedTableView* table = m_page.table();
    ASSERT_TRUE(QTest::qWaitFor([table] { return table->verticalScrollBar()->maximum() > 1000; }));
    table->viewport()->repaint();
    const int before = table->verticalScrollBar()->value();
    const int wheeled = touchedBy([table] {
        QWheelEvent wheel(QPointF(200, 200), table->viewport()->mapToGlobal(QPointF(200, 200)), QPoint(),
                          QPoint(0, -360), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(table->viewport(), &wheel);
    });
    EXPECT_GT(table->verticalScrollBar()->value(), before);
    EXPECT_LE(wheeled, visible() + 2);

    const int dragged = touchedBy([table] {
        QScrollBar* bar = table->verticalScrollBar();
        QTest::mousePress(bar, Qt::LeftButton, Qt::NoModifier, QPoint(bar->width() / 2, bar->height() / 2));
        bar->setSliderPosition(bar->maximum() / 2);
        QTest::mouseRelease(bar, Qt::LeftButton, Qt::NoModifier, QPoint(bar->width() / 2, bar->height() / 2));
    });
    EXPECT_GT(table->visibleRows().first, 1000);
    EXPECT_LE(dragged, 2 * (visible() + 2)) << "one paint per position";
}

TEST_F(TableFlowTest, TheRowBeingReadStaysThroughRefreshes)
{
    GroupedTableView* table = m_page.table();
    const RowKey key = makeRowKey(RowKind::Workload, "scripted", "svc-2500");
    ASSERT_TRUE(table->setCurrentKey(key));
    const int top = table->rowRect(m_model.rowOfKey(key)).top();
    for (int i = 1; i <= 20; ++i) {
        m_feed.setSnapshot(TableSnapshot(scriptedWorkloads(kRows - static_cast<std::size_t>(i % 2), i)), i + 1);
        ASSERT_TRUE(QTest::qWaitFor([this] { return m_feed.isSettled(); }));
        ASSERT_EQ(table->currentKey(), key);
        ASSERT_EQ(table->rowRect(m_model.rowOfKey(key)).top(), top);
    }
}
