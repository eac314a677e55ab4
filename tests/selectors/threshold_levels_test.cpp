// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/threshold_levels.h"

#include "core/infrastructure_table.h"
#include "core/workload_table.h"
#include "selectors/row_crossings.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <rapidcheck.h>

namespace tracedeck {
namespace {

constexpr auto kNormal = ThresholdLevel::Normal;
constexpr auto kWarning = ThresholdLevel::Warning;
constexpr auto kCritical = ThresholdLevel::Critical;

struct LevelCase {
    ThresholdLevel before;
    double value;
    ThresholdLevel after;
};

class NextLevel : public testing::TestWithParam<LevelCase> { };

TEST_P(NextLevel, FollowsTheTable)
{
    const LevelCase& step = GetParam();
    EXPECT_EQ(nextLevel(step.before, step.value, {80, 5, 2}), step.after) << step.value;
}

// critical from 80, warning from 75, both released 2 lower
INSTANTIATE_TEST_SUITE_P(Rising, NextLevel,
                         testing::Values(LevelCase{kNormal, 74.9, kNormal}, LevelCase{kNormal, 75, kWarning},
                                         LevelCase{kNormal, 79.9, kWarning}, LevelCase{kNormal, 80, kCritical},
                                         LevelCase{kWarning, 80, kCritical}, LevelCase{kNormal, 250, kCritical}));
INSTANTIATE_TEST_SUITE_P(Falling, NextLevel,
                         testing::Values(LevelCase{kCritical, 79, kCritical}, LevelCase{kCritical, 78, kCritical},
                                         LevelCase{kCritical, 77.9, kWarning}, LevelCase{kCritical, 73, kWarning},
                                         LevelCase{kCritical, 72.9, kNormal}, LevelCase{kWarning, 74, kWarning},
                                         LevelCase{kWarning, 73, kWarning}, LevelCase{kWarning, 72.9, kNormal}));

TEST(ThresholdLevels, AThresholdOfZeroAndAValueThatIsNoNumberAreNormal)
{
    EXPECT_EQ(nextLevel(kCritical, 99, {0, 5, 2}), kNormal);
    EXPECT_EQ(nextLevel(kCritical, 99, {-1, 5, 2}), kNormal);
    EXPECT_EQ(nextLevel(kCritical, std::numeric_limits<double>::quiet_NaN(), {80, 5, 2}), kNormal);
}

TEST(OwnThresholds, AreFoundByKeyThenByName)
{
    ThresholdRules rules;
    rules.rows = {{7, "web", {95}}, {8, "db", {std::nullopt, 50}}};
    ASSERT_NE(rules.ownOf(7, "other"), nullptr);
    EXPECT_EQ(rules.ownOf(7, "db"), &rules.rows[0]) << "the key decides";
    EXPECT_EQ(rules.ownOf(99, "db"), &rules.rows[1]) << "a container made anew";
    EXPECT_EQ(rules.ownOf(99, "cache"), nullptr);
    EXPECT_EQ(rules.ownOf(99, ""), nullptr);
    EXPECT_DOUBLE_EQ(rules.of(ThresholdMetric::Cpu, &rules.rows[0]).critical, 95);
    EXPECT_DOUBLE_EQ(rules.of(ThresholdMetric::Memory, &rules.rows[0]).critical, 85) << "the general one";
    EXPECT_DOUBLE_EQ(rules.of(ThresholdMetric::Cpu, nullptr).critical, 80);
}

TEST(OwnThresholds, JudgeTheirRowWithTheSameHysteresis)
{
    WorkloadTable table;
    table.resize(3);
    for (std::size_t row = 0; row < 3; ++row) {
        table.keys[row] = row + 1;
        table.name[row] = table.strings.intern("row-" + std::to_string(row));
        table.cpuPercent.set(row, 85);
        table.memoryPercent.set(row, 60);
    }
    ThresholdRules rules;
    rules.rows = {{2, "row-1", {95}}, {99, "row-2", {0, 50}}};
    std::vector<RowLevels> levels = thresholdLevels(table, rules, nullptr);
    EXPECT_EQ(levelOf(levels[0], ThresholdMetric::Cpu), kCritical);
    EXPECT_EQ(levelOf(levels[1], ThresholdMetric::Cpu), kNormal) << "only critical from 95 on";
    EXPECT_EQ(levelOf(levels[2], ThresholdMetric::Cpu), kNormal) << "switched off for this row";
    EXPECT_EQ(levelOf(levels[2], ThresholdMetric::Memory), kCritical);
    table.cpuPercent.set(1, 95);
    const EarlierLevels first{table.keys, levels};
    const std::vector<RowLevels> high = thresholdLevels(table, rules, &first);
    EXPECT_EQ(levelOf(high[1], ThresholdMetric::Cpu), kCritical);
    table.cpuPercent.set(1, 93.5);
    const EarlierLevels second{table.keys, high};
    EXPECT_EQ(levelOf(thresholdLevels(table, rules, &second)[1], ThresholdMetric::Cpu), kCritical) << "2 below 95";
}

TEST(ThresholdLevels, ATremblingValueChangesItsLevelOnce)
{
    ThresholdLevel level = kNormal;
    int changes = 0;
    for (int i = 0; i < 100; ++i) {
        const ThresholdLevel next = nextLevel(level, i % 2 == 0 ? 80.4 : 79.6, {80, 5, 2});
        changes += next == level ? 0 : 1;
        level = next;
    }
    EXPECT_EQ(changes, 1);
}

TEST(ThresholdLevels, PropertiesOfOneStep)
{
    EXPECT_TRUE(rc::check("idempotent, between the two bounds, and higher values are never calmer", [] {
        const MetricThreshold rule{static_cast<double>(*rc::gen::inRange(1, 120)),
                                   static_cast<double>(*rc::gen::inRange(0, 20)),
                                   static_cast<double>(*rc::gen::inRange(0, 10))};
        const auto before = static_cast<ThresholdLevel>(*rc::gen::inRange(0, 3));
        const double value = *rc::gen::inRange(0, 1500) / 10.0;
        const ThresholdLevel after = nextLevel(before, value, rule);
        RC_ASSERT(nextLevel(after, value, rule) == after);
        RC_ASSERT(after >= nextLevel(kNormal, value, rule));
        RC_ASSERT(after <= nextLevel(kCritical, value, rule));
        RC_ASSERT(nextLevel(before, value + 1, rule) >= after);
        if (value < rule.critical - rule.warnBelow - rule.release) {
            RC_ASSERT(after == kNormal);
        }
    }));
}

/// Rows by number with a CPU value each; negative = not reported.
WorkloadTable tableOf(const std::vector<std::pair<RowKey, double>>& rows)
{
    WorkloadTable table;
    table.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        table.keys[i] = rows[i].first;
        if (rows[i].second >= 0) {
            table.cpuPercent.set(i, rows[i].second);
        }
    }
    return table;
}

TEST(ThresholdLevels, RowsKeepTheirHistoryWhereverTheyMove)
{
    const ThresholdRules rules;
    const WorkloadTable first = tableOf({{1, 90}, {2, 10}, {3, 79}});
    const auto before = thresholdLevels(first, rules, nullptr);
    EXPECT_EQ(levelOf(before[0], ThresholdMetric::Cpu), kCritical);
    EXPECT_EQ(levelOf(before[2], ThresholdMetric::Cpu), kWarning);
    const WorkloadTable second = tableOf({{9, 79}, {3, 74}, {1, 79}, {2, -1}});
    const EarlierLevels earlier{first.keys, before};
    const auto after = thresholdLevels(second, rules, &earlier);
    EXPECT_EQ(levelOf(after[0], ThresholdMetric::Cpu), kWarning) << "new rows have no history";
    EXPECT_EQ(levelOf(after[1], ThresholdMetric::Cpu), kWarning) << "held by the margin";
    EXPECT_EQ(levelOf(after[2], ThresholdMetric::Cpu), kCritical) << "held by the margin";
    EXPECT_EQ(after[3], 0) << "a missing value is unremarkable";
}

TEST(ThresholdLevels, MetricsDoNotMix)
{
    InfrastructureTable table;
    table.resize(1);
    table.memoryPercent.set(0, 86);
    table.temperatureCelsius.set(0, 77);
    const auto levels = thresholdLevels(table, {}, nullptr);
    EXPECT_EQ(levelOf(levels[0], ThresholdMetric::Cpu), kNormal);
    EXPECT_EQ(levelOf(levels[0], ThresholdMetric::Memory), kCritical);
    EXPECT_EQ(levelOf(levels[0], ThresholdMetric::Disk), kNormal);
    EXPECT_EQ(levelOf(levels[0], ThresholdMetric::Temperature), kWarning);
    const ThresholdRules rules;
    for (unsigned i = 0; i < kThresholdMetrics; ++i) {
        EXPECT_GT(rules.of(static_cast<ThresholdMetric>(i)).critical, 0);
    }
    EXPECT_EQ(&rules.of(ThresholdMetric::Temperature), &rules.temperature);
}

TEST(ThresholdLevels, DigestsTellLevelsApart)
{
    RowPlan plan;
    plan.rows = {{0}, {1}, {PlanRow::kGroupHeader}, {PlanRow::kVanished}};
    plan.keys = {1, 2, 3, 4};
    plan.digests = {7, 7, 7, 7};
    addLevelsToDigests(plan, {0, 2});
    EXPECT_EQ(plan.digests[0], 7U);
    EXPECT_NE(plan.digests[1], 7U);
    EXPECT_EQ(plan.digests[2], 7U);
    EXPECT_EQ(plan.digests[3], 7U);
}

TEST(RowCrossings, NamesStatusAndLevelOfRowsThatStay)
{
    WorkloadTable before = tableOf({{1, 10}, {2, 10}, {3, 90}, {4, 10}});
    WorkloadTable after = tableOf({{4, 10}, {3, 10}, {2, 95}, {5, 99}});
    after.bucket[0] = StatusBucket::Stopped;
    const auto levelsBefore = thresholdLevels(before, {}, nullptr);
    const auto levelsAfter = thresholdLevels(after, {}, nullptr);
    const auto crossings =
        rowCrossings(JudgedTable<WorkloadTable>{before, levelsBefore}, JudgedTable<WorkloadTable>{after, levelsAfter});
    const CrossingSet cpu = crossingBit(ThresholdMetric::Cpu);
    EXPECT_EQ(crossings, (std::vector<RowCrossing>{{4, kStatusCrossed}, {3, cpu}, {2, cpu}}));
}

TEST(RowCrossings, StaleRowsAndEqualTablesCrossNothing)
{
    InfrastructureTable before;
    before.resize(2);
    before.keys = {1, 2};
    InfrastructureTable after = before;
    after.status[0] = InfrastructureStatus::Offline;
    const std::vector<RowLevels> levels(2, 0);
    const JudgedTable<InfrastructureTable> was{before, levels};
    EXPECT_TRUE(rowCrossings(was, was).empty());
    EXPECT_EQ(rowCrossings(was, JudgedTable<InfrastructureTable>{after, levels}).size(), 1U);
    before.flags[0] = kRowStale;
    EXPECT_TRUE(rowCrossings(was, JudgedTable<InfrastructureTable>{after, levels}).empty());
}

} // namespace
} // namespace tracedeck
