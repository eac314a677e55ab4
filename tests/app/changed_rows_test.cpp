// SPDX-License-Identifier: GPL-3.0-or-later
// "Changed since": what the table shows, from a past the feed gathers by itself.
#include "app/table_feed.h"
#include "models/table_changes.h"
#include "models/workload_columns.h"
#include "tests/app/scripted_source.h"
#include "views/change_strip.h"
#include "views/detail_drawer.h"
#include "views/fleet_page.h"
#include "views/grouped_table_view.h"

#include <QAbstractItemModelTester>
#include <QTest>
#include <QThreadPool>
#include <gtest/gtest.h>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

constexpr std::int64_t kMinuteNs = 60'000'000'000;
constexpr std::int64_t kStartNs = 1'800'000'000'000'000'000;

/// The rows [first, last) of `from`, restarted `times`.
std::shared_ptr<const WorkloadTable> part(const WorkloadTable& from, std::uint32_t first, std::uint32_t last,
                                          std::int64_t times = 0)
{
    auto table = std::make_shared<WorkloadTable>();
    RowIndexes rows;
    for (std::uint32_t row = first; row < last; ++row) {
        rows.push_back(row);
    }
    table->append(from, rows);
    for (std::size_t row = 0; row < table->rows(); ++row) {
        table->restartCount.set(row, row == 0 ? times : 0);
    }
    table->finish();
    return table;
}

class ChangedRows : public testing::Test {
protected:
    ChangedRows()
        : m_model(workloadColumns()),
          m_tester(&m_model, QAbstractItemModelTester::FailureReportingMode::Fatal),
          m_page(workloadsPageSetup([this] { return m_nowNs; }), &m_model),
          m_feed(workloadDomain(), &m_model, &m_workers, [this] { return m_nowNs; }),
          m_all(scriptedWorkloads(40))
    {
        QObject::connect(&m_page, &FleetPage::choiceChanged, &m_feed, &TableFeed::setChoice);
        QObject::connect(&m_feed, &TableFeed::summaryChanged, &m_page, &FleetPage::setSummary);
        TableChoice choice = m_page.choice();
        choice.grouping = QStringLiteral("none");
        m_page.setChoice(choice);
        m_page.resize(1280, 760);
        m_page.show();
    }
    void publish(std::shared_ptr<const WorkloadTable> table)
    {
        m_feed.setSnapshot(TableSnapshot(std::move(table)), m_nowNs);
        ASSERT_TRUE(QTest::qWaitFor([this] { return m_feed.isSettled(); }));
    }
    void show(const QString& command)
    {
        ASSERT_TRUE(m_page.runCommand(command));
        ASSERT_TRUE(QTest::qWaitFor([this] { return m_feed.isSettled(); }));
    }
    /// "svc-000: restarted" for every row shown.
    [[nodiscard]] QStringList rows()
    {
        QStringList out;
        for (int row = 0; row < m_model.rowCount(); ++row) {
            const CellContent* name = m_model.cell(row, 0);
            out.append(name->text + QStringLiteral(": ") + m_model.cell(row, m_model.columnOf(u"change"))->text
                       + (name->vanished ? QStringLiteral(" (grey)") : QString()));
        }
        return out;
    }

    std::int64_t m_nowNs = kStartNs;
    QThreadPool m_workers;
    GroupedTableModel m_model;
    QAbstractItemModelTester m_tester;
    FleetPage m_page;
    TableFeed m_feed;
    std::shared_ptr<const WorkloadTable> m_all;
};

} // namespace

TEST_F(ChangedRows, ListsWhatCameWentAndRestarted)
{
    publish(part(*m_all, 0, 10));
    m_nowNs += 20 * kMinuteNs;
    publish(part(*m_all, 0, 11, 1));
    m_nowNs += kMinuteNs;
    publish(part(*m_all, 0, 9, 1)); // svc-009 went; svc-010 came and went within the window
    show(QStringLiteral("changed.5"));
    EXPECT_EQ(rows(), (QStringList{QStringLiteral("svc-000: restarted"), QStringLiteral("svc-009: gone (grey)")}));
    EXPECT_TRUE(m_page.changeStrip()->text().contains(QStringLiteral("1 gone \u00b7 1 restarted")))
        << m_page.changeStrip()->text().toStdString();
    EXPECT_FALSE(m_page.changeStrip()->text().contains(QStringLiteral("watching began")));
    EXPECT_EQ(m_page.countText(), QStringLiteral("9")) << "a row that went is listed, not counted";
    EXPECT_EQ(m_page.summaryLine()->isHidden(), false);

    EXPECT_FALSE(m_page.table()->isColumnHidden(m_model.columnOf(u"change")));
    show(QStringLiteral("table.clear"));
    EXPECT_EQ(m_model.rowCount(), 9);
    EXPECT_TRUE(m_page.table()->isColumnHidden(m_model.columnOf(u"change"))) << "it comes and goes with the comparison";
    EXPECT_FALSE(rows().join(u' ').contains(QStringLiteral("gone")));
}

TEST_F(ChangedRows, WindowsLookBackDifferentlyFar)
{
    publish(part(*m_all, 0, 10));
    m_nowNs += 30 * kMinuteNs;
    publish(part(*m_all, 0, 10, 1));
    m_nowNs += 10 * kMinuteNs;
    publish(part(*m_all, 0, 11, 1));
    show(QStringLiteral("table.changed")); // Ctrl+D: 5 minutes
    EXPECT_EQ(rows(), QStringList{QStringLiteral("svc-010: new")});
    show(QStringLiteral("table.changed")); // 15
    EXPECT_EQ(rows(), (QStringList{QStringLiteral("svc-000: restarted"), QStringLiteral("svc-010: new")}));
    EXPECT_FALSE(m_page.changeStrip()->text().contains(QStringLiteral("watching began")));
    show(QStringLiteral("table.changed")); // 60
    EXPECT_EQ(rows().size(), 2);
    EXPECT_TRUE(m_page.changeStrip()->text().contains(QStringLiteral("watching began")));
    show(QStringLiteral("table.changed"));
    EXPECT_EQ(m_model.rowCount(), 11);
    EXPECT_TRUE(m_page.changeStrip()->isHidden());
}

TEST_F(ChangedRows, ChangesFallOutOfTheWindowWithTime)
{
    publish(part(*m_all, 0, 10));
    m_nowNs += 10 * kMinuteNs;
    publish(part(*m_all, 0, 11));
    show(QStringLiteral("changed.5"));
    EXPECT_EQ(m_model.rowCount(), 1);
    m_nowNs += 6 * kMinuteNs;
    publish(part(*m_all, 0, 11));
    EXPECT_EQ(m_model.rowCount(), 0);
    EXPECT_TRUE(m_page.changeStrip()->text().endsWith(QStringLiteral("nothing changed")));
}

TEST_F(ChangedRows, JoinWithTheQueryAndTheOtherFilters)
{
    publish(part(*m_all, 0, 10));
    m_nowNs += 10 * kMinuteNs;
    publish(part(*m_all, 0, 20, 1));
    show(QStringLiteral("changed.15"));
    EXPECT_EQ(m_model.rowCount(), 11);
    EXPECT_TRUE(m_page.setQueryText(QStringLiteral("name:svc-019")).error.isEmpty());
    EXPECT_EQ(rows(), QStringList{QStringLiteral("svc-019: new")});
    EXPECT_TRUE(m_page.choice().hasFilter());
    EXPECT_TRUE(m_page.peel());
    EXPECT_EQ(m_page.choice().changedMinutes, 0) << "Esc takes it away with the rest";
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_feed.isSettled(); }));
    EXPECT_EQ(m_model.rowCount(), 20);
}

TEST_F(ChangedRows, ARowThatWentOpensInTheDrawerWithWhatItShowedLast)
{
    publish(part(*m_all, 0, 10));
    m_nowNs += kMinuteNs;
    publish(part(*m_all, 0, 9));
    show(QStringLiteral("changed.60"));
    ASSERT_EQ(rows(), QStringList{QStringLiteral("svc-009: gone (grey)")});
    m_page.openDrawer(m_model.rowKey(0));
    EXPECT_TRUE(m_page.isDrawerOpen());
    EXPECT_EQ(m_page.drawer()->facts().title, QStringLiteral("svc-009"));
    const QString tip = m_model.index(0, m_model.columnOf(u"change")).data(Qt::ToolTipRole).toString();
    EXPECT_TRUE(tip.contains(QStringLiteral("Gone since then"))) << tip.toStdString();
    m_nowNs += kMinuteNs;
    publish(part(*m_all, 0, 10)); // it is back
    EXPECT_EQ(m_model.rowCount(), 0);
}

TEST_F(ChangedRows, OtherThresholdsDoNotForgetThePast)
{
    publish(part(*m_all, 0, 10));
    m_nowNs += kMinuteNs;
    ThresholdRules rules;
    rules.cpu.critical = 50;
    m_feed.setThresholds(rules);
    publish(part(*m_all, 0, 11));
    show(QStringLiteral("changed.5"));
    EXPECT_EQ(rows(), QStringList{QStringLiteral("svc-010: new")});
}

TEST_F(ChangedRows, MoreRowsThanAreKeptAreCountedAsLost)
{
    const auto many = scriptedWorkloads(1100);
    publish(part(*many, 0, 1100));
    m_nowNs += kMinuteNs;
    publish(part(*many, 0, 10));
    show(QStringLiteral("changed.5"));
    EXPECT_EQ(m_model.rowCount(), 1000);
    EXPECT_TRUE(m_page.changeStrip()->text().contains(QStringLiteral("90 gone and not kept")))
        << m_page.changeStrip()->text().toStdString();
}
