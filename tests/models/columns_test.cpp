// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/grouped_table_model.h"
#include "models/infrastructure_columns.h"
#include "models/workload_columns.h"
#include "tests/support/sample_fleet.h"

#include <QSet>
#include <QVariant>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

QStringList idsOf(const TableColumns& columns)
{
    QStringList ids;
    for (const TableColumn& column : columns) {
        ids += column.id;
    }
    return ids;
}

TEST(Columns, IdsAreThePublicOnesAndUnique)
{
    EXPECT_EQ(idsOf(infrastructureColumns()).join(u' ').toStdString(),
              "name status cpu memory disk netIo diskIo source uptime temp load type os ip tags change");
    EXPECT_EQ(idsOf(workloadColumns()).join(u' ').toStdString(),
              "name status type cpu memory disk netIo diskIo uptime node image namespace context ip tags os restarts "
              "procs vmid runtime change");
}

TEST(Columns, GiveWayInTheStatedOrderAndTheFirstNever)
{
    for (const TableColumns& columns : {infrastructureColumns(), workloadColumns()}) {
        const auto givesWay = [&columns](const char16_t* id) {
            const auto found = std::find_if(columns.begin(), columns.end(), [id](const TableColumn& column) {
                return column.id == QString::fromUtf16(id);
            });
            return found->givesWay;
        };
        EXPECT_EQ(columns.front().givesWay, 0);
        EXPECT_GT(givesWay(u"diskIo"), givesWay(u"uptime"));
        EXPECT_GT(givesWay(u"uptime"), givesWay(u"netIo"));
        EXPECT_EQ(givesWay(u"cpu"), 0);
    }
}

class WorkloadCells : public testing::Test {
protected:
    const CellContent& cell(const sample::Workload& row, const char16_t* column)
    {
        m_model.setNow(sample::kNowNs);
        sample::show(m_model, {row});
        return *m_model.cell(0, m_model.columnOf(column));
    }
    QString role(const char16_t* column, int role)
    {
        return m_model.index(0, m_model.columnOf(column)).data(role).toString();
    }
    GroupedTableModel m_model{workloadColumns()};
};

TEST_F(WorkloadCells, AMetricHasNumberUnitBarAndSize)
{
    const CellContent& cpu = cell({.id = 3, .name = "a", .cpu = 84.2}, u"cpu");
    EXPECT_EQ(cpu.kind, CellKind::Metric);
    EXPECT_EQ(cpu.joinedText(), QStringLiteral("84%"));
    EXPECT_DOUBLE_EQ(cpu.fraction, 0.842);
    EXPECT_DOUBLE_EQ(cpu.value, 84.2);
    EXPECT_EQ(cpu.severity, Severity::Critical);
    EXPECT_EQ(cpu.secondary, QStringLiteral("4 cpu"));
}

TEST_F(WorkloadCells, SeverityStartsFiveBelowTheThreshold)
{
    EXPECT_EQ(cell({.name = "a", .cpu = 74.9}, u"cpu").severity, Severity::None);
    EXPECT_EQ(cell({.name = "a", .cpu = 75}, u"cpu").severity, Severity::Warning);
    EXPECT_EQ(cell({.name = "a", .cpu = 80}, u"cpu").severity, Severity::Critical);
    EXPECT_EQ(cell({.name = "a", .memory = 84}, u"memory").severity, Severity::Warning);
}

TEST_F(WorkloadCells, ABarNeverRunsOverButTheNumberTellsTheTruth)
{
    const CellContent& cpu = cell({.name = "a", .cpu = 240}, u"cpu");
    EXPECT_DOUBLE_EQ(cpu.fraction, 1.0);
    EXPECT_EQ(cpu.text, QStringLiteral("240"));
}

TEST_F(WorkloadCells, MissingIsAnEnDashAndNotZero)
{
    for (const char16_t* column : {u"cpu", u"memory", u"disk", u"netIo", u"image", u"ip", u"vmid", u"restarts"}) {
        const CellContent& content =
            cell({.name = "a", .cpu = {}, .memory = {}, .status = "stopped", .rate = {}}, column);
        EXPECT_EQ(content.state, CellState::Missing);
        EXPECT_EQ(content.text, QStringLiteral("\u2013"));
        EXPECT_FALSE(content.hasValue);
        EXPECT_TRUE(role(column, Qt::AccessibleTextRole).contains(QStringLiteral("not reported")));
    }
}

TEST_F(WorkloadCells, AZeroRateIsAValue)
{
    const CellContent& rate = cell({.name = "a", .rate = 0.0}, u"netIo");
    EXPECT_EQ(rate.state, CellState::Value);
    EXPECT_EQ(rate.joinedText(), QStringLiteral("0 B/s"));
}

TEST_F(WorkloadCells, TheFirstSampleOfARateIsPending)
{
    auto table = std::make_shared<WorkloadTable>(*sample::tableOf({{.name = "a", .cpu = {}, .rate = {}}}));
    table->flags[0] = kRatesPending;
    const auto plan = sample::planOf(*table, {0});
    m_model.apply(sample::updateTo(m_model, table, plan));
    EXPECT_EQ(m_model.cell(0, m_model.columnOf(u"netIo"))->state, CellState::Pending);
    EXPECT_EQ(m_model.cell(0, m_model.columnOf(u"cpu"))->state, CellState::Pending);
}

TEST_F(WorkloadCells, OutliersOfARateAreEmphasised)
{
    const auto table = sample::tableOf({{.name = "a", .rate = 218e6}});
    TableUpdate update = sample::updateTo(m_model, table, sample::planOf(*table, {0}));
    update.io.network = {.median = 4e6, .mad = 1e6, .max = 218e6, .p97 = 100e6, .p99 = 218e6, .count = 46};
    m_model.apply(std::move(update));
    EXPECT_EQ(m_model.cell(0, m_model.columnOf(u"netIo"))->emphasis, Emphasis::Strong);
    EXPECT_TRUE(role(u"netIo", Qt::AccessibleTextRole).contains(QStringLiteral("unusually high")));
}

TEST_F(WorkloadCells, StatusIsAWordWithTheReasonBesideIt)
{
    const CellContent& stopped = cell({.name = "a", .status = "exited", .detail = "exit 137"}, u"status");
    EXPECT_EQ(stopped.kind, CellKind::Status);
    EXPECT_EQ(stopped.secondary, QStringLiteral("exit 137"));
    const CellContent& running = cell({.name = "b"}, u"status");
    EXPECT_EQ(running.text, QStringLiteral("Running"));
    EXPECT_EQ(running.secondary, QString());
    EXPECT_EQ(running.severity, Severity::Ok);
}

TEST_F(WorkloadCells, TextsForReadingCopyingAndSortingAgree)
{
    (void)cell({.name = "web"}, u"cpu");
    EXPECT_EQ(role(u"memory", CopyTextRole), QStringLiteral("20%"));
    EXPECT_EQ(role(u"memory", Qt::DisplayRole), QStringLiteral("20%"));
    EXPECT_EQ(role(u"memory", Qt::AccessibleTextRole), QStringLiteral("Memory 20%, 1.5 GiB"));
    EXPECT_EQ(role(u"name", SortValueRole), QStringLiteral("web"));
    EXPECT_DOUBLE_EQ(m_model.index(0, m_model.columnOf(u"memory")).data(SortValueRole).toDouble(), 20.0);
}

TEST_F(WorkloadCells, InvalidUtf8AndForeignScriptsShowAsText)
{
    EXPECT_EQ(cell({.name = "caf\xc3\xa9"}, u"name").text, QStringLiteral("caf\u00e9"));
    EXPECT_TRUE(cell({.name = "bad\xff"}, u"name").text.startsWith(QStringLiteral("bad")));
}

TEST(InfrastructureCells, EveryColumnAnswersForAnEmptyAndAFullRow)
{
    auto table = std::make_shared<InfrastructureTable>();
    table->resize(2);
    for (std::size_t row = 0; row < 2; ++row) {
        table->keys[row] = row + 1;
        table->tags.endRow();
        table->ipAddresses.endRow();
        table->detailNames.endRow();
        table->detailValues.endRow();
        table->firstSource[row] = Platform::Count;
    }
    table->name[1] = table->strings.intern("host-1");
    table->status[1] = InfrastructureStatus::Online;
    table->temperatureCelsius.set(1, 81.4);
    table->loadAverage1.set(1, 0.5);
    table->firstSource[1] = Platform::LocalMachine;
    table->sources[1] = platformBit(Platform::LocalMachine) | platformBit(Platform::Docker);
    table->finish();
    auto plan = std::make_shared<RowPlan>();
    plan->rows = {{0}, {1}};
    plan->keys = table->keys;
    plan->digests = table->digests;
    GroupedTableModel model(infrastructureColumns());
    TableUpdate update;
    update.snapshot = TableSnapshot(std::shared_ptr<const InfrastructureTable>(table));
    update.plan = plan;
    update.diff = diffPlans({}, *plan);
    model.apply(std::move(update));
    for (int column = 0; column < model.columnCount(); ++column) {
        for (int row = 0; row < 2; ++row) {
            EXPECT_FALSE(model.cell(row, column)->text.isEmpty())
                << model.columns()[static_cast<std::size_t>(column)].id.toStdString() << " row " << row;
        }
    }
    const CellContent* temperature = model.cell(1, model.columnOf(u"temp"));
    EXPECT_EQ(temperature->joinedText(), QStringLiteral("81 \u00b0C"));
    EXPECT_EQ(temperature->severity, Severity::Critical);
    EXPECT_EQ(model.cell(1, model.columnOf(u"source"))->text, QStringLiteral("This machine, Docker"));
    EXPECT_EQ(model.cell(1, model.columnOf(u"status"))->text, QStringLiteral("Online"));
}

TEST(TableSnapshotTest, AnotherKindOfTableIsNotReadAsThisOne)
{
    const TableSnapshot snapshot(std::make_shared<const WorkloadTable>());
    EXPECT_NE(snapshot.table<WorkloadTable>(), nullptr);
    EXPECT_EQ(snapshot.table<InfrastructureTable>(), nullptr);
    EXPECT_EQ(TableSnapshot().table<WorkloadTable>(), nullptr);
}

} // namespace
} // namespace tracedeck
