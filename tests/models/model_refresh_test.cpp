// SPDX-License-Identifier: GPL-3.0-or-later
// A thousand random refreshes against a shadow that is kept the slow and obvious way.
#include "models/grouped_table_model.h"

#include "core/number_format.h"
#include "models/workload_columns.h"
#include "selectors/order_hold.h"
#include "tests/support/sample_fleet.h"

#include <QAbstractItemModelTester>
#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace tracedeck {
namespace {

class Refreshes {
public:
    explicit Refreshes(unsigned seed) : m_random(seed) { }

    /// The fleet of the next poll: some values, rows and the order change, sometimes nothing does.
    void advance()
    {
        const int kind = pick(10);
        for (int i = 0, changes = kind < 6 ? pick(4) : 0; i < changes && !m_rows.empty(); ++i) {
            m_rows[static_cast<std::size_t>(pick(static_cast<int>(m_rows.size())))].cpu = pick(100);
        }
        for (int i = 0, removed = kind == 6 ? pick(8) : 0; i < removed && !m_rows.empty(); ++i) {
            m_rows.erase(m_rows.begin() + pick(static_cast<int>(m_rows.size())));
        }
        for (int i = 0, added = kind == 7 || m_rows.empty() ? pick(9) : 0; i < added; ++i) {
            sample::Workload row;
            row.id = ++m_lastId;
            row.node = "node-" + std::to_string(pick(3));
            row.cpu = pick(100);
            m_rows.insert(m_rows.begin() + pick(static_cast<int>(m_rows.size()) + 1), row);
        }
        if (kind == 8) {
            std::shuffle(m_rows.begin(), m_rows.end(), m_random);
        }
        m_grouped = kind == 9 ? !m_grouped : m_grouped;
        if (m_grouped) {
            std::stable_sort(m_rows.begin(), m_rows.end(),
                             [](const auto& a, const auto& b) { return a.node < b.node; });
        }
    }
    int pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(m_random); }

    std::vector<sample::Workload> m_rows;
    bool m_grouped = false;

private:
    std::mt19937 m_random;
    std::uint64_t m_lastId = 0;
};

/// Name and CPU of every row, headers as their label.
std::vector<std::string> expectedRows(const Refreshes& state)
{
    std::vector<std::string> lines;
    std::string node;
    for (const sample::Workload& row : state.m_rows) {
        if (state.m_grouped && (lines.empty() || row.node != node)) {
            node = row.node;
            lines.push_back("[" + node + "]");
        }
        lines.push_back("workload-" + std::to_string(row.id) + " " + formatPercent(*row.cpu).number);
    }
    return lines;
}

std::vector<std::string> shownRows(const GroupedTableModel& model)
{
    std::vector<std::string> lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        if (const PlanGroup* group = model.group(row)) {
            lines.push_back("[" + group->label + "]");
        } else {
            lines.push_back(model.cell(row, 0)->text.toStdString() + " "
                            + model.cell(row, model.columnOf(u"cpu"))->text.toStdString());
        }
    }
    return lines;
}

class RandomRefreshes : public testing::TestWithParam<unsigned> { };

TEST_P(RandomRefreshes, TheModelAlwaysShowsTheLastFleetAndIndexesFollowTheirRows)
{
    GroupedTableModel model(workloadColumns());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    Refreshes state(GetParam());
    for (int round = 0; round < 250; ++round) {
        std::vector<std::pair<QPersistentModelIndex, RowKey>> followed;
        for (int i = 0; i < 3 && model.rowCount() > 0; ++i) {
            const int row = state.pick(model.rowCount());
            followed.emplace_back(model.index(row, i), model.rowKey(row));
        }
        state.advance();
        sample::show(model, state.m_rows, state.m_grouped);
        ASSERT_EQ(shownRows(model), expectedRows(state)) << "round " << round;
        for (const auto& [index, key] : followed) {
            ASSERT_EQ(index.isValid(), model.rowOfKey(key) >= 0) << "round " << round;
            ASSERT_TRUE(!index.isValid() || model.rowKey(index.row()) == key) << "round " << round;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomRefreshes, testing::Values(1U, 2U, 3U, 4U));

TEST(VanishedRows, KeepTheCellsTheyShowedLastUntilTheHoldEnds)
{
    GroupedTableModel model(workloadColumns());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    auto rows = sample::fleet(3);
    rows[1].cpu = 42;
    sample::show(model, rows);
    const auto held = model.plan();

    rows.erase(rows.begin() + 1);
    const auto table = sample::tableOf(rows);
    const auto derived = sample::planOf(*table, {1, 0});
    for (int refresh = 0; refresh < 3; ++refresh) {
        auto plan = std::make_shared<const RowPlan>(holdOrder(*model.plan(), *derived));
        model.apply(sample::updateTo(model, table, plan));
        ASSERT_EQ(model.rowCount(), 3);
        EXPECT_TRUE(model.isVanished(1));
        const CellContent* cpu = model.cell(1, model.columnOf(u"cpu"));
        EXPECT_EQ(cpu->text, QStringLiteral("42"));
        EXPECT_TRUE(cpu->vanished);
        EXPECT_EQ(model.cell(1, 0)->text, QStringLiteral("workload-2"));
        EXPECT_FALSE(model.cell(2, 0)->vanished);
        EXPECT_EQ(model.cell(2, 0)->text, QStringLiteral("workload-3"));
    }
    model.apply(sample::updateTo(model, table, derived));
    EXPECT_EQ(model.rowCount(), 2);
    EXPECT_EQ(model.cell(0, 0)->text, QStringLiteral("workload-3"));
}

} // namespace
} // namespace tracedeck
