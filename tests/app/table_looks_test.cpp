// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/table_looks.h"

#include "app/hold_keeper.h"
#include "app/settings_store.h"
#include "app/system_theme.h"
#include "app/table_feed.h"
#include "models/workload_columns.h"
#include "tests/app/scripted_source.h"
#include "views/cell_tints.h"
#include "views/fleet_page.h"
#include "views/grouped_table_view.h"

#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>
#include <gtest/gtest.h>

using namespace tracedeck;
using namespace tracedeck::tests;

TEST(ThresholdSettings, NameWhatTheyChangeAndIgnoreNonsense)
{
    SettingsStore settings{QString()};
    EXPECT_EQ(thresholdsFromSettings(settings), ThresholdRules());
    settings.setValue(QStringLiteral("thresholds.cpu"), 60);
    settings.setValue(QStringLiteral("thresholds.memory"), QStringLiteral("high"));
    settings.setValue(QStringLiteral("thresholds.disk"), -3);
    settings.setValue(QStringLiteral("thresholds.release"), 4);
    const ThresholdRules rules = thresholdsFromSettings(settings);
    EXPECT_DOUBLE_EQ(rules.cpu.critical, 60);
    EXPECT_DOUBLE_EQ(rules.memory.critical, 85);
    EXPECT_DOUBLE_EQ(rules.disk.critical, 90);
    EXPECT_DOUBLE_EQ(rules.disk.release, 4);
    EXPECT_DOUBLE_EQ(rules.cpu.warnBelow, 5);
}

TEST(MotionSettings, WhatAPersonChoseWinsOverTheDesktop)
{
    SettingsStore settings{QString()};
    EXPECT_FALSE(wantsReducedMotion(settings, false));
    EXPECT_TRUE(wantsReducedMotion(settings, true));
    settings.setValue(QStringLiteral("appearance.motion"), QStringLiteral("full"));
    EXPECT_FALSE(wantsReducedMotion(settings, true));
    settings.setValue(QStringLiteral("appearance.motion"), QStringLiteral("reduced"));
    EXPECT_TRUE(wantsReducedMotion(settings, false));
}

TEST(HeldOrderText, SaysHowLongAndHowManyWait)
{
    EXPECT_EQ(heldOrderText(0, 0), QString());
    EXPECT_EQ(heldOrderText(14, 0), QStringLiteral("order held 14 s"));
    EXPECT_EQ(heldOrderText(0, 3), QStringLiteral("3 new"));
    EXPECT_EQ(heldOrderText(14, 3), QStringLiteral("order held 14 s \u00b7 3 new"));
}

namespace {

/// A feed with its table, as the application wires them.
class FedTable : public testing::Test {
protected:
    FedTable()
        : m_model(workloadColumns()),
          m_page(workloadsPageSetup([] { return std::int64_t{0}; }), &m_model),
          m_feed(workloadDomain(), &m_model, &m_workers, [] { return std::int64_t{0}; }),
          m_settings(QString()),
          m_looks(m_settings, m_system)
    {
        m_looks.add(&m_page, &m_feed);
        m_feed.setChoice(m_page.choice());
        m_page.resize(1280, 760);
        m_page.show();
    }
    void feed(const std::shared_ptr<const WorkloadTable>& table)
    {
        m_feed.setSnapshot(TableSnapshot(table), ++m_sample);
        ASSERT_TRUE(QTest::qWaitFor([this] { return m_feed.isSettled(); }));
    }
    /// Ten workloads, the first at `cpu` percent.
    static std::shared_ptr<const WorkloadTable> withCpu(double cpu, std::size_t rows = 10)
    {
        return scriptedWorkloads(rows, cpu);
    }
    [[nodiscard]] Severity severityOfFirst()
    {
        const int row = m_model.rowOfKey(makeRowKey(RowKind::Workload, "scripted", "svc-000"));
        return m_model.cell(row, m_model.columnOf(u"cpu"))->severity;
    }

    QThreadPool m_workers;
    GroupedTableModel m_model;
    FleetPage m_page;
    TableFeed m_feed;
    SettingsStore m_settings;
    SystemTheme m_system;
    TableLooks m_looks;
    std::int64_t m_sample = 0;
};

TEST_F(FedTable, SeverityHasHysteresisAndCrossingsTint)
{
    feed(withCpu(50));
    EXPECT_EQ(severityOfFirst(), Severity::None);
    CellTints& tints = m_page.table()->tints();
    EXPECT_EQ(tints.repaints(), 0U) << "the first rows are no change";
    feed(withCpu(82));
    EXPECT_EQ(severityOfFirst(), Severity::Critical);
    EXPECT_EQ(tints.count(), 1U);
    feed(withCpu(79));
    EXPECT_EQ(severityOfFirst(), Severity::Critical) << "79 is within the margin";
    feed(withCpu(70));
    EXPECT_EQ(severityOfFirst(), Severity::None);
}

TEST_F(FedTable, OtherThresholdsJudgeAnewAndTintNothing)
{
    feed(withCpu(65));
    m_settings.setValue(QStringLiteral("thresholds.cpu"), 60);
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_feed.isSettled() && severityOfFirst() == Severity::Critical; }));
    EXPECT_EQ(m_page.table()->tints().count(), 0U) << "the value did not change, the rule did";
    m_settings.setValue(QStringLiteral("thresholds.cpu"), 0);
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_feed.isSettled() && severityOfFirst() == Severity::None; }));
}

TEST_F(FedTable, TintsCanBeSwitchedOff)
{
    feed(withCpu(50));
    EXPECT_TRUE(m_looks.tintsEnabled());
    m_looks.setTintsEnabled(false);
    feed(withCpu(90));
    EXPECT_EQ(m_page.table()->tints().count(), 0U);
    EXPECT_FALSE(m_looks.tintsEnabled());
}

TEST_F(FedTable, NewRowsWaitUnderAHeldOrderAndComeInWithTheRelease)
{
    feed(withCpu(1, 20));
    const int rows = m_model.rowCount();
    QSignalSpy waiting(&m_feed, &TableFeed::waitingChanged);
    m_feed.setHeld(true);
    feed(withCpu(2, 23));
    EXPECT_EQ(m_model.rowCount(), rows);
    EXPECT_EQ(m_feed.waitingCount(), 3U);
    ASSERT_EQ(waiting.count(), 1);
    feed(withCpu(3, 19));
    EXPECT_EQ(m_model.rowCount(), rows);
    EXPECT_TRUE(m_model.isVanished(m_model.rowOfKey(makeRowKey(RowKind::Workload, "scripted", "svc-019"))));
    EXPECT_EQ(m_feed.waitingCount(), 0U);
    feed(withCpu(3, 25));
    m_feed.resort();
    EXPECT_EQ(m_model.rowCount(), rows + 5) << "the one button lets them in at once";
    EXPECT_EQ(m_feed.waitingCount(), 0U);
    EXPECT_EQ(waiting.count(), 4);
}

} // namespace
