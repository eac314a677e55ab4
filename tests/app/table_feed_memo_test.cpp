// SPDX-License-Identifier: GPL-3.0-or-later
// Going back and forth between two questions about a large table derives each of them once.
#include "app/table_feed.h"
#include "core/performance_switches.h"
#include "models/workload_columns.h"
#include "tests/app/scripted_source.h"

#include <QTest>
#include <QThreadPool>
#include <atomic>
#include <gtest/gtest.h>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

/// A feed over few rows that are taken for many, so that every choice goes to the worker.
class FeedMemo : public testing::Test {
protected:
    ~FeedMemo() override { performanceSwitches().queryCache = true; }
    void SetUp() override { show(0); }

    [[nodiscard]] FleetDomain counted()
    {
        FleetDomain domain = workloadDomain();
        domain.prepare = [inner = domain.prepare](const PrepareRequest& request) {
            auto prepared = std::make_shared<PreparedTable>(*inner(request));
            prepared->rows = TableFeed::kSynchronousRows + 1;
            return std::shared_ptr<const PreparedTable>(prepared);
        };
        domain.derive = [this, inner = domain.derive](const PreparedTable& prepared, const TableChoice& choice,
                                                      std::int64_t nowNs, bool resort) {
            ++m_derived;
            return inner(prepared, choice, nowNs, resort);
        };
        return domain;
    }
    void show(double bump)
    {
        m_feed.setSnapshot(TableSnapshot(scriptedWorkloads(40, bump)), 1);
        ASSERT_TRUE(QTest::qWaitFor([this] { return m_feed.isSettled(); }));
    }
    QStringList sortedBy(const char* key)
    {
        TableChoice choice;
        choice.sortKey = QString::fromLatin1(key);
        choice.descending = choice.sortKey != QStringLiteral("name");
        m_feed.setChoice(choice);
        EXPECT_TRUE(QTest::qWaitFor([this] { return m_feed.isSettled(); }));
        QStringList names;
        for (int row = 0; row < m_model.rowCount(); ++row) {
            names.append(m_model.cell(row, 0)->text);
        }
        return names;
    }

    std::atomic<int> m_derived = 0;
    std::int64_t m_nowNs = 1;
    QThreadPool m_workers;
    GroupedTableModel m_model{workloadColumns()};
    TableFeed m_feed{counted(), &m_model, &m_workers, [this] { return m_nowNs; }};
};

} // namespace

TEST_F(FeedMemo, BackAndForthCostsNothingAndShowsTheSame)
{
    const QStringList byName = sortedBy("name");
    const QStringList byCpu = sortedBy("cpu");
    ASSERT_NE(byName, byCpu);
    EXPECT_EQ(sortedBy("name"), byName); // asked for by a person now, not what came with the rows
    const int asked = m_derived;
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(sortedBy("name"), byName);
        EXPECT_EQ(sortedBy("cpu"), byCpu);
    }
    EXPECT_EQ(m_derived, asked);
}

TEST_F(FeedMemo, NewValuesAndLaterTimesAreDerivedAnew)
{
    (void)sortedBy("cpu");
    const int before = m_derived;
    show(3);
    EXPECT_EQ(m_derived, before + 1);
    (void)sortedBy("name");
    (void)sortedBy("cpu"); // asked for by a person this time: exactly, not in steps
    const int known = m_derived;
    (void)sortedBy("name");
    EXPECT_EQ(m_derived, known);
    m_nowNs += 60'000'000'000; // "uptime>1h" holds for other rows by now
    (void)sortedBy("cpu");
    EXPECT_EQ(m_derived, known + 1);
}

TEST_F(FeedMemo, SwitchedOffItShowsTheSameRowForRow)
{
    const QStringList byName = sortedBy("name");
    const QStringList byCpu = sortedBy("cpu");
    performanceSwitches().queryCache = false;
    const int before = m_derived;
    EXPECT_EQ(sortedBy("name"), byName);
    EXPECT_EQ(sortedBy("cpu"), byCpu);
    EXPECT_EQ(m_derived, before + 2);
}
