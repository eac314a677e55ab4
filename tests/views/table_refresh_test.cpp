// SPDX-License-Identifier: GPL-3.0-or-later
// What a refresh may and may not do to a table somebody is looking at.
#include "models/workload_columns.h"
#include "selectors/order_hold.h"
#include "tests/support/sample_fleet.h"
#include "views/age_ticker.h"
#include "views/grouped_table_view.h"

#include <QCoreApplication>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QScrollBar>
#include <QTest>
#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>
#include <random>
#include <set>

namespace tracedeck {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

/// Counts what is painted.
class CountingView : public GroupedTableView {
public:
    int m_paints = 0;
    QRegion m_painted;

protected:
    void paintEvent(QPaintEvent* event) override
    {
        ++m_paints;
        m_painted += event->region();
        GroupedTableView::paintEvent(event);
    }
};

/// Counts which rows are asked for cells.
class CountingModel : public GroupedTableModel {
public:
    using GroupedTableModel::GroupedTableModel;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override
    {
        m_rows.insert(index.row());
        return GroupedTableModel::data(index, role);
    }
    mutable std::set<int> m_rows;
};

class TableRefresh : public testing::Test {
protected:
    TableRefresh() : m_model(workloadColumns())
    {
        m_model.setNow(sample::kNowNs);
        m_view.setTableModel(&m_model);
        m_view.resize(1100, 500);
    }
    void showAndSettle()
    {
        m_view.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_view));
        settle();
        m_view.m_paints = 0;
        m_view.m_painted = {};
        m_model.m_rows.clear();
    }
    /// Delivers everything posted, paint requests included.
    static void settle() { QCoreApplication::processEvents(); }
    void showInOrder(const std::vector<sample::Workload>& rows, const std::vector<std::uint32_t>& order)
    {
        auto table = sample::tableOf(rows);
        auto plan = sample::planOf(*table, order);
        m_model.apply(sample::updateTo(m_model, table, plan));
    }
    void movePointerTo(int row)
    {
        const QPoint at = m_view.rowRect(row).center();
        QMouseEvent event(QEvent::MouseMove, at, m_view.viewport()->mapToGlobal(at), Qt::NoButton, Qt::NoButton,
                          Qt::NoModifier);
        QCoreApplication::sendEvent(m_view.viewport(), &event);
    }
    CountingModel m_model;
    CountingView m_view;
};

TEST_F(TableRefresh, UnchangedDataRepaintsNothing)
{
    const auto rows = sample::fleet(200);
    sample::show(m_model, rows);
    showAndSettle();
    for (int i = 0; i < 20; ++i) {
        sample::show(m_model, rows);
        settle();
    }
    EXPECT_EQ(m_view.m_paints, 0);
    EXPECT_TRUE(m_model.m_rows.empty());
}

TEST_F(TableRefresh, ChangedRowsRepaintAloneAndInvisibleOnesNotAtAll)
{
    auto rows = sample::fleet(200);
    sample::show(m_model, rows);
    showAndSettle();
    rows[150].cpu = 99;
    sample::show(m_model, rows);
    settle();
    EXPECT_EQ(m_view.m_paints, 0);
    rows[3].cpu = 88;
    sample::show(m_model, rows);
    settle();
    EXPECT_EQ(m_view.m_paints, 1);
    EXPECT_EQ(m_view.m_painted.boundingRect(), m_view.rowRect(3));
}

TEST_F(TableRefresh, AgesRepaintOnlyTheirColumn)
{
    sample::show(m_model, sample::fleet(5));
    showAndSettle();
    m_view.updateAges();
    settle();
    const QRect painted = m_view.m_painted.boundingRect();
    EXPECT_EQ(painted.width(), m_view.columnWidth(m_model.columnOf(u"uptime")));
    EXPECT_EQ(painted.height(), 5 * m_view.rowHeight(0));
}

TEST_F(TableRefresh, AgesThatReadTheSameAreNotPaintedAgain)
{
    auto rows = sample::fleet(5);
    rows[2].hoursUp = 0;
    sample::show(m_model, rows);
    showAndSettle();
    m_view.updateAges();
    settle();
    m_view.m_paints = 0;
    m_view.m_painted = {};
    m_view.updateAges();
    settle();
    EXPECT_EQ(m_view.m_paints, 0) << "no time passed";
    m_model.setNow(sample::kNowNs + kSecond);
    m_view.updateAges();
    settle();
    EXPECT_EQ(m_view.m_paints, 1);
    EXPECT_EQ(m_view.m_painted.boundingRect(), m_view.cellRect(2, m_model.columnOf(u"uptime")))
        << "a day and two hours read the same a second later";
    m_view.m_paints = 0;
    sample::show(m_model, std::vector<sample::Workload>(rows.begin(), rows.begin() + 2));
    settle();
    m_view.m_paints = 0;
    m_view.updateAges();
    settle();
    EXPECT_EQ(m_view.m_paints, 0);
}

TEST_F(TableRefresh, AnotherOrderKeepsSelectionCurrentRowAndHover)
{
    const auto rows = sample::fleet(30);
    sample::show(m_model, rows);
    showAndSettle();
    m_view.setCurrentKey(m_model.rowKey(4));
    movePointerTo(7);
    const RowKey current = m_view.currentKey();
    const RowKey hover = m_view.hoverKey();
    ASSERT_NE(hover, 0U);
    auto order = sample::inOrder(30);
    std::reverse(order.begin(), order.end());
    showInOrder(rows, order);
    EXPECT_EQ(m_view.currentKey(), current);
    EXPECT_EQ(m_view.currentIndex().row(), 25);
    EXPECT_EQ(m_view.selectedKeys(), std::vector<RowKey>{current});
    EXPECT_EQ(m_view.hoverKey(), hover);
}

TEST_F(TableRefresh, TheRowBeingReadKeepsItsPixel)
{
    auto rows = sample::fleet(300);
    sample::show(m_model, rows);
    showAndSettle();
    m_view.verticalScrollBar()->setValue(100 * m_view.rowHeight(0) + 9);
    const int firstRow = m_view.visibleRows().first;
    const RowKey read = m_model.rowKey(firstRow);
    const int pixel = m_view.rowViewportPosition(firstRow);
    rows.erase(rows.begin() + 20, rows.begin() + 35);
    sample::show(m_model, rows);
    EXPECT_EQ(m_view.rowViewportPosition(m_model.rowOfKey(read)), pixel);
    auto order = sample::inOrder(rows.size());
    std::shuffle(order.begin(), order.end(), std::mt19937(7)); // NOLINT: the same shuffle every run
    showInOrder(rows, order);
    const int row = m_model.rowOfKey(read);
    const int wanted = row * m_view.rowHeight(0) - pixel;
    EXPECT_EQ(m_view.verticalScrollBar()->value(), std::clamp(wanted, 0, m_view.verticalScrollBar()->maximum()));
}

TEST_F(TableRefresh, WhoeverReadsFromTheTopStaysAtTheTop)
{
    auto rows = sample::fleet(300);
    sample::show(m_model, rows);
    showAndSettle();
    sample::Workload added;
    added.id = 9000;
    rows.insert(rows.begin(), added);
    sample::show(m_model, rows);
    EXPECT_EQ(m_view.verticalScrollBar()->value(), 0);
}

TEST_F(TableRefresh, ACurrentRowThatLeavesSelectsNobodyElse)
{
    auto rows = sample::fleet(10);
    sample::show(m_model, rows);
    showAndSettle();
    m_view.setCurrentKey(m_model.rowKey(4));
    int announced = 0;
    QObject::connect(&m_view, &GroupedTableView::currentKeyChanged, &m_view, [&announced] { ++announced; });
    rows.erase(rows.begin() + 4);
    sample::show(m_model, rows);
    EXPECT_TRUE(m_view.selectedKeys().empty());
    EXPECT_EQ(announced, 0) << "a drawer must not jump to another row";
    EXPECT_TRUE(m_view.currentIndex().isValid()) << "the place in the table is kept";
}

TEST_F(TableRefresh, CollapsedGroupsStayCollapsed)
{
    auto rows = sample::fleet(6);
    for (std::size_t i = 0; i < 6; ++i) {
        rows[i].node = i < 3 ? "alpha" : "beta";
    }
    const std::vector<RowKey> collapsed{makeGroupKey("node", "alpha")};
    sample::show(m_model, rows, true, collapsed);
    showAndSettle();
    rows[5].cpu = 77;
    sample::show(m_model, rows, true, collapsed);
    EXPECT_EQ(m_model.rowCount(), 5);
    EXPECT_TRUE(m_model.group(0)->collapsed);
}

/// Sorted by CPU, largest first, names deciding ties.
std::vector<std::uint32_t> byCpu(const std::vector<sample::Workload>& rows)
{
    auto order = sample::inOrder(rows.size());
    std::stable_sort(order.begin(), order.end(),
                     [&rows](std::uint32_t a, std::uint32_t b) { return *rows[a].cpu > *rows[b].cpu; });
    return order;
}

TEST_F(TableRefresh, AThousandRefreshesUnderALiveSortLeaveTheRowUnderThePointer)
{
    auto rows = sample::fleet(60);
    showInOrder(rows, byCpu(rows));
    showAndSettle();
    std::mt19937 random(3); // NOLINT: the same run every time
    OrderHold hold;
    std::int64_t now = 0;
    movePointerTo(6);
    hold.pointerMoved(now);
    const RowKey pointed = m_model.rowKey(6);
    int moves = 0;
    for (int refresh = 0; refresh < 1000; ++refresh) {
        now += 5 * kSecond;
        if (refresh % 10 == 0) {
            hold.pointerMoved(now); // a hand that rests moves now and then
        }
        for (int i = 0; i < 10; ++i) {
            rows[random() % rows.size()].cpu = static_cast<double>(random() % 100);
        }
        const auto table = sample::tableOf(rows);
        auto derived = sample::planOf(*table, byCpu(rows));
        moves += derived->keys[6] == pointed ? 0 : 1;
        ASSERT_TRUE(hold.holds(now));
        auto plan = std::make_shared<const RowPlan>(holdOrder(*m_model.plan(), *derived));
        m_model.apply(sample::updateTo(m_model, table, plan));
        const int underPointer = m_view.rowAt(m_view.rowRect(6).center().y());
        ASSERT_EQ(m_model.rowKey(underPointer), pointed) << "refresh " << refresh;
        ASSERT_EQ(m_view.hoverKey(), pointed);
    }
    EXPECT_GT(moves, 500) << "without the hold the row would have moved";
}

class RowsTouched : public TableRefresh, public testing::WithParamInterface<int> { };

TEST_P(RowsTouched, AFrameTouchesTheVisibleRowsAndAtMostTwoMore)
{
    auto table = std::make_shared<WorkloadTable>(*sample::tableOf(sample::fleet(100)));
    auto plan = std::make_shared<RowPlan>();
    for (int i = 0; i < GetParam(); ++i) {
        const auto row = static_cast<std::uint32_t>(i % 100);
        plan->rows.push_back({row});
        plan->keys.push_back(static_cast<RowKey>(i) + 1);
        plan->digests.push_back(table->digests[row]);
    }
    m_model.apply(sample::updateTo(m_model, table, plan));
    showAndSettle();
    for (const int scroll : {0, 17, GetParam() * 14, 1'000'000'000}) {
        m_view.verticalScrollBar()->setValue(scroll);
        settle();
        m_model.m_rows.clear();
        m_view.viewport()->repaint();
        const auto [first, last] = m_view.visibleRows();
        ASSERT_FALSE(m_model.m_rows.empty());
        EXPECT_LE(m_model.m_rows.size(), static_cast<std::size_t>(last - first + 1 + 2));
        EXPECT_GE(*m_model.m_rows.begin(), first - 1);
        EXPECT_LE(*m_model.m_rows.rbegin(), last + 1);
    }
}

INSTANTIATE_TEST_SUITE_P(Sizes, RowsTouched, testing::Values(5'000, 500'000));

} // namespace
} // namespace tracedeck
