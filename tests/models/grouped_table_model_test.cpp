// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/grouped_table_model.h"

#include "models/workload_columns.h"
#include "tests/support/qt_allocation_count.h"
#include "tests/support/sample_fleet.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

using sample::fleet;
using sample::show;
using testing::ElementsAre;

/// Model under the fatal tester, with every row signal written down.
class GroupedTableModelTest : public testing::Test {
protected:
    GroupedTableModelTest() : m_model(workloadColumns())
    {
        const auto log = [this](const char* what) { m_signals.emplace_back(what); };
        m_model.setNow(sample::kNowNs);
        QObject::connect(
            &m_model, &QAbstractItemModel::dataChanged, &m_model,
            [this](const QModelIndex& from, const QModelIndex& to) { m_changed.emplace_back(from.row(), to.row()); });
        QObject::connect(&m_model, &QAbstractItemModel::layoutChanged, &m_model, [log] { log("layout"); });
        QObject::connect(&m_model, &QAbstractItemModel::rowsInserted, &m_model, [log] { log("insert"); });
        QObject::connect(&m_model, &QAbstractItemModel::rowsRemoved, &m_model, [log] { log("remove"); });
        QObject::connect(&m_model, &QAbstractItemModel::rowsMoved, &m_model, [log] { log("move"); });
        QObject::connect(&m_model, &QAbstractItemModel::modelReset, &m_model, [log] { log("reset"); });
    }
    void forget()
    {
        m_signals.clear();
        m_changed.clear();
    }
    void showInOrder(const std::vector<sample::Workload>& rows, const std::vector<std::uint32_t>& order)
    {
        auto table = sample::tableOf(rows);
        auto plan = sample::planOf(*table, order);
        m_model.apply(sample::updateTo(m_model, table, plan));
    }
    QString textAt(int row, const char16_t* column) const { return m_model.cell(row, m_model.columnOf(column))->text; }

    GroupedTableModel m_model;
    QAbstractItemModelTester m_tester{&m_model, QAbstractItemModelTester::FailureReportingMode::Fatal};
    std::vector<std::string> m_signals;
    std::vector<std::pair<int, int>> m_changed;
};

TEST_F(GroupedTableModelTest, StartsEmptyAndFillsWithOneInsert)
{
    EXPECT_EQ(m_model.rowCount(), 0);
    show(m_model, fleet(5));
    EXPECT_EQ(m_model.rowCount(), 5);
    EXPECT_THAT(m_signals, ElementsAre("insert"));
    EXPECT_EQ(textAt(1, u"name"), QStringLiteral("workload-2"));
}

TEST_F(GroupedTableModelTest, UnchangedPayloadSendsNothingAndAllocatesNothing)
{
    using testing_support::AllocationCount;
    const auto rows = fleet(500);
    show(m_model, rows);
    auto table = sample::tableOf(rows); // decoded anew: other pointers, equal rows
    auto plan = sample::planOf(*table, sample::inOrder(rows.size()));
    TableUpdate update = sample::updateTo(m_model, table, plan);
    forget();
    QSignalSpy applied(&m_model, &GroupedTableModel::applied);
    std::size_t allocations = 0;
    {
        const AllocationCount count;
        m_model.apply(std::move(update));
        allocations = count.value();
    }
    EXPECT_TRUE(m_signals.empty());
    EXPECT_TRUE(m_changed.empty());
    EXPECT_EQ(applied.count(), 0);
    EXPECT_EQ(m_model.plan(), plan) << "the new snapshot is taken over all the same";
    if (!AllocationCount::works()) {
        GTEST_SKIP() << "not run: allocations are not counted under sanitizers";
    }
    EXPECT_EQ(allocations, 0U);
}

TEST_F(GroupedTableModelTest, AnUnchangedCellIsAnsweredWithoutAllocating)
{
    using testing_support::AllocationCount;
    if (!AllocationCount::works()) {
        GTEST_SKIP() << "not run: allocations are not counted under sanitizers";
    }
    show(m_model, fleet(40));
    const auto askAll = [this] {
        for (int row = 0; row < m_model.rowCount(); ++row) {
            for (int column = 0; column < m_model.columnCount(); ++column) {
                (void)m_model.index(row, column).data(CellRole);
            }
        }
    };
    askAll();
    const AllocationCount count;
    askAll();
    EXPECT_EQ(count.value(), 0U);
}

TEST_F(GroupedTableModelTest, ANewlyShownCellAllocatesAtMostThreeTimes)
{
    using testing_support::AllocationCount;
    if (!AllocationCount::works()) {
        GTEST_SKIP() << "not run: allocations are not counted under sanitizers";
    }
    show(m_model, fleet(40));
    for (int column = 0; column < m_model.columnCount(); ++column) {
        const AllocationCount count;
        (void)m_model.cell(7, column);
        EXPECT_LE(count.value(), 3U) << m_model.columns()[static_cast<std::size_t>(column)].id.toStdString();
    }
}

TEST_F(GroupedTableModelTest, ChangedRowsAreReportedExactly)
{
    auto rows = fleet(100);
    show(m_model, rows);
    forget();
    for (const std::size_t row : {3U, 4U, 5U, 50U, 99U}) {
        rows[row].cpu = 99.5;
    }
    show(m_model, rows);
    EXPECT_TRUE(m_signals.empty());
    EXPECT_THAT(m_changed, ElementsAre(std::pair(3, 5), std::pair(50, 50), std::pair(99, 99)));
    EXPECT_EQ(textAt(4, u"cpu"), QStringLiteral("100"));
    EXPECT_EQ(textAt(6, u"cpu"), QStringLiteral("6"));
}

TEST_F(GroupedTableModelTest, AnotherOrderIsOneLayoutChangeWithPersistentIndexesByKey)
{
    const auto rows = fleet(6);
    show(m_model, rows);
    const QPersistentModelIndex third = m_model.index(2, 3);
    forget();
    showInOrder(rows, {5, 4, 3, 2, 1, 0});
    EXPECT_THAT(m_signals, ElementsAre("layout"));
    EXPECT_EQ(third.row(), 3);
    EXPECT_EQ(third.column(), 3);
    EXPECT_EQ(m_model.rowKey(third.row()), makeRowKey(RowKind::Workload, "sample", "3"));
}

TEST_F(GroupedTableModelTest, AnotherOrderWithMoreOrFewerRowsAddsOneChangeAtTheTail)
{
    const auto rows = fleet(8);
    showInOrder(rows, {0, 1, 2, 3, 4});
    const QPersistentModelIndex first = m_model.index(0, 0);
    const QPersistentModelIndex second = m_model.index(1, 0);
    forget();
    showInOrder(rows, {7, 4, 6, 3, 5, 2, 0});
    EXPECT_THAT(m_signals, ElementsAre("insert", "layout"));
    EXPECT_EQ(first.row(), 6);
    EXPECT_FALSE(second.isValid()) << "its row has gone";
    forget();
    showInOrder(rows, {0, 7});
    EXPECT_THAT(m_signals, ElementsAre("layout", "remove"));
    EXPECT_EQ(first.row(), 0);
}

TEST_F(GroupedTableModelTest, FewContiguousEditsAreInsertsAndRemoves)
{
    const auto rows = fleet(10);
    showInOrder(rows, {0, 1, 2, 3, 4, 5, 6, 7});
    const QPersistentModelIndex last = m_model.index(7, 0);
    forget();
    showInOrder(rows, {0, 3, 4, 8, 9, 5, 7});
    EXPECT_THAT(m_signals, ElementsAre("remove", "remove", "insert"));
    EXPECT_EQ(last.row(), 6);
}

TEST_F(GroupedTableModelTest, ADiffAgainstAnotherPlanIsNotBelieved)
{
    const auto rows = fleet(5);
    show(m_model, rows);
    auto table = sample::tableOf(rows);
    TableUpdate late = sample::updateTo(m_model, table, sample::planOf(*table, {0, 1, 2}));
    showInOrder(rows, {4, 3});
    m_model.apply(std::move(late)); // computed before the plan now shown
    EXPECT_EQ(m_model.rowCount(), 3);
    EXPECT_EQ(textAt(0, u"name"), QStringLiteral("workload-1"));
}

TEST_F(GroupedTableModelTest, AnEmptyUpdateEmptiesTheTable)
{
    show(m_model, fleet(3));
    TableUpdate update;
    update.base = m_model.plan();
    update.diff = diffPlans(*m_model.plan(), {});
    m_model.apply(std::move(update));
    EXPECT_EQ(m_model.rowCount(), 0);
}

TEST_F(GroupedTableModelTest, GroupHeadersAreRowsThatCannotBeSelected)
{
    show(m_model, fleet(3), true);
    ASSERT_EQ(m_model.rowCount(), 4);
    const QModelIndex header = m_model.index(0, 0);
    EXPECT_TRUE(header.data(IsGroupRole).toBool());
    EXPECT_FALSE(header.flags().testFlag(Qt::ItemIsSelectable));
    EXPECT_TRUE(header.flags().testFlag(Qt::ItemIsEnabled));
    EXPECT_TRUE(m_model.index(1, 0).flags().testFlag(Qt::ItemIsSelectable));
    EXPECT_EQ(header.data(Qt::DisplayRole).toString(), QStringLiteral("node"));
    EXPECT_EQ(m_model.sourceRow(0), -1);
    EXPECT_EQ(m_model.sourceRow(2), 1);
    EXPECT_EQ(m_model.cell(0, 3)->kind, CellKind::Group);
}

TEST_F(GroupedTableModelTest, OtherThresholdsRepaintEverythingOnce)
{
    auto rows = fleet(4);
    rows[0].cpu = 70;
    show(m_model, rows);
    const int cpu = m_model.columnOf(u"cpu");
    EXPECT_EQ(m_model.cell(0, cpu)->severity, Severity::None);
    forget();
    ThresholdRules strict;
    strict.cpu.critical = 60;
    m_model.setThresholds(strict);
    m_model.setThresholds(strict);
    EXPECT_THAT(m_changed, ElementsAre(std::pair(0, 3)));
    EXPECT_EQ(m_model.cell(0, cpu)->severity, Severity::Critical);
}

TEST_F(GroupedTableModelTest, LevelsOfTheRowsWinOverTheBareValue)
{
    auto rows = fleet(2);
    rows[0].cpu = 78; // a warning by itself, still critical by its history
    auto table = sample::tableOf(rows);
    auto plan = std::make_shared<RowPlan>(*sample::planOf(*table, sample::inOrder(2)));
    TableUpdate update = sample::updateTo(m_model, table, plan);
    auto levels = std::make_shared<const std::vector<RowLevels>>(std::vector<RowLevels>{2, 0});
    update.snapshot = update.snapshot.withLevels(levels);
    m_model.apply(std::move(update));
    EXPECT_EQ(m_model.cell(0, m_model.columnOf(u"cpu"))->severity, Severity::Critical);
    EXPECT_EQ(m_model.cell(0, m_model.columnOf(u"memory"))->severity, Severity::None);
}

TEST_F(GroupedTableModelTest, CrossingsAreHandedOnAfterTheChange)
{
    auto rows = fleet(2);
    show(m_model, rows);
    std::vector<RowCrossing> seen;
    QObject::connect(&m_model, &GroupedTableModel::crossed, &m_model,
                     [&seen](const std::vector<RowCrossing>& crossings) { seen = crossings; });
    rows[1].status = "stopped";
    auto table = sample::tableOf(rows);
    TableUpdate update = sample::updateTo(m_model, table, sample::planOf(*table, sample::inOrder(2)));
    update.crossings = {{table->keys[1], kStatusCrossed}};
    m_model.apply(std::move(update));
    EXPECT_EQ(seen, (std::vector<RowCrossing>{{table->keys[1], kStatusCrossed}}));
}

TEST_F(GroupedTableModelTest, AgesFollowTheTimeWithoutSignals)
{
    show(m_model, fleet(1));
    EXPECT_EQ(textAt(0, u"uptime"), QStringLiteral("1 d 2 h"));
    forget();
    m_model.setNow(sample::kNowNs + 24 * sample::kHourNs);
    EXPECT_EQ(textAt(0, u"uptime"), QStringLiteral("2 d 2 h"));
    EXPECT_TRUE(m_changed.empty());
}

} // namespace
} // namespace tracedeck
