// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/equality_gate.h"

#include "refresh/fleet_merge.h"
#include "scripted_fleet.h"

#include <gtest/gtest.h>

namespace tracedeck {
namespace {

TEST(EqualityGate, EqualSectionsKeepTheirPointer)
{
    EqualityGate gate;
    FleetSnapshot first = snapshotOf("a", 3, 1);
    EXPECT_TRUE(gate.admit(first).changed());
    FleetSnapshot second = snapshotOf("a", 3, 1);
    second.volatileFields.sampledAtNs = 999;
    ASSERT_NE(second.infrastructure, first.infrastructure);
    EXPECT_FALSE(gate.admit(second).changed());
    EXPECT_EQ(second.infrastructure, first.infrastructure);
    EXPECT_EQ(second.workloads, first.workloads);
    EXPECT_EQ(gate.counters().unchanged, 1U);
    EXPECT_EQ(gate.counters().changed, 1U);
}

TEST(EqualityGate, OnlyTheSectionThatDiffersIsNew)
{
    EqualityGate gate;
    FleetSnapshot first = snapshotOf("a", 3, 1);
    (void)gate.admit(first);
    FleetSnapshot second = snapshotOf("a", 3, 2);
    const auto outcome = gate.admit(second);
    EXPECT_TRUE(outcome.infrastructureChanged);
    EXPECT_FALSE(outcome.workloadsChanged);
    EXPECT_EQ(second.workloads, first.workloads);
}

TEST(EqualityGate, WarningsCountAndNullSectionsAreEmptyTables)
{
    EqualityGate gate;
    FleetSnapshot first;
    EXPECT_TRUE(gate.admit(first).changed());
    ASSERT_NE(first.workloads, nullptr);
    FleetSnapshot second;
    EXPECT_FALSE(gate.admit(second).changed());
    FleetSnapshot third;
    third.warnings.push_back({"x", 1});
    EXPECT_TRUE(gate.admit(third).warningsChanged);
    EXPECT_EQ(third.workloads, first.workloads);
}

TEST(EqualityGate, ASectionThatIsGoneIsAnEmptyTableNotTheOneBefore)
{
    EqualityGate gate;
    FleetSnapshot first = snapshotOf("a", 3, 1);
    first.warnings.push_back({"x", 1});
    EXPECT_TRUE(gate.admit(first).warningsChanged) << "also the first time";
    FleetSnapshot gone;
    const auto outcome = gate.admit(gone);
    EXPECT_TRUE(outcome.infrastructureChanged);
    EXPECT_TRUE(outcome.warningsChanged);
    EXPECT_EQ(gone.infrastructure->rows(), 0U);
    EqualityGate other;
    FleetSnapshot calm = snapshotOf("a", 3, 1);
    EXPECT_FALSE(other.admit(calm).warningsChanged);
}

TEST(EqualityGate, SameBytesNeedLengthAndHash)
{
    EqualityGate gate;
    EXPECT_FALSE(gate.sameBytes(""));
    EXPECT_TRUE(gate.sameBytes(""));
    EXPECT_FALSE(gate.sameBytes("abc"));
    EXPECT_TRUE(gate.sameBytes("abc"));
    EXPECT_FALSE(gate.sameBytes("abd"));
    EXPECT_EQ(gate.counters().sameBytes, 2U);
}

TEST(FleetMerge, OneSourceIsHandedOn)
{
    FleetMerge merge;
    const FleetSnapshot only = snapshotOf("a", 3, 1);
    const FleetSnapshot merged = merge.merge({only, FleetSnapshot()});
    EXPECT_EQ(merged.infrastructure, only.infrastructure);
    EXPECT_EQ(merged.workloads, only.workloads);
    EXPECT_EQ(merge.merge({FleetSnapshot()}).infrastructure->rows(), 0U);
}

TEST(FleetMerge, WasSampledWhenTheNewestOfItsSourcesWas)
{
    FleetSnapshot newer = snapshotOf("a", 1, 1);
    newer.volatileFields.sampledAtNs = 500;
    FleetSnapshot older = snapshotOf("b", 1, 1);
    older.volatileFields.sampledAtNs = 300;
    EXPECT_EQ(FleetMerge().merge({newer, older}, {"a", "b"}).volatileFields.sampledAtNs, 500);
    EXPECT_EQ(FleetMerge().merge({older, newer}, {"b", "a"}).volatileFields.sampledAtNs, 500);
}

TEST(FleetMerge, SeveralSourcesBecomeOneTable)
{
    FleetMerge merge;
    const FleetSnapshot a = snapshotOf("a", 2, 1);
    const FleetSnapshot b = snapshotOf("b", 3, 2);
    const FleetSnapshot merged = merge.merge({a, b});
    const InfrastructureTable& table = *merged.infrastructure;
    ASSERT_EQ(table.rows(), 5U);
    EXPECT_EQ(table.strings.view(table.name[0]), "a0");
    EXPECT_EQ(table.strings.view(table.name[4]), "b2");
    EXPECT_EQ(table.strings.view(table.tags.row(4)[0]), "tag-b");
    EXPECT_EQ(table.cpuPercent.get(4), 2.0);
    EXPECT_EQ(table.digests[4], b.infrastructure->digests[2]);
    EXPECT_EQ(table.search.rows(), 5U);
    EXPECT_EQ(merged.workloads->memoryUsedBytes.get(1), 7);
}

TEST(FleetMerge, UnchangedPartsKeepTheMergedPointer)
{
    FleetMerge merge;
    const FleetSnapshot a = snapshotOf("a", 2, 1);
    FleetSnapshot b = snapshotOf("b", 3, 2);
    const FleetSnapshot before = merge.merge({a, b});
    b.infrastructure = snapshotOf("b", 3, 9).infrastructure;
    const FleetSnapshot after = merge.merge({a, b});
    EXPECT_NE(after.infrastructure, before.infrastructure);
    EXPECT_EQ(after.workloads, before.workloads);
}

TEST(FleetMerge, RowsWithOneKeyAreOneRow)
{
    FleetMerge merge;
    const FleetSnapshot merged = merge.merge({snapshotOf("a", 2, 1), snapshotOf("a", 3, 8)});
    ASSERT_EQ(merged.infrastructure->rows(), 3U);
    EXPECT_EQ(merged.infrastructure->cpuPercent.get(0), 1.0);
    EXPECT_TRUE(merged.warnings.empty());
}

TEST(FleetMerge, StaleRowsKeepTheirValues)
{
    const FleetSnapshot fresh = snapshotOf("a", 2, 1);
    const FleetSnapshot stale = markedStale(fresh);
    EXPECT_EQ(stale.infrastructure->flags[1], kRowStale);
    EXPECT_EQ(stale.infrastructure->cpuPercent.get(1), 1.0);
    EXPECT_NE(stale.infrastructure->digests[1], fresh.infrastructure->digests[1]);
    EXPECT_EQ(stale.infrastructure->keys, fresh.infrastructure->keys);
    EXPECT_EQ(fresh.infrastructure->flags[1], 0);
    EXPECT_EQ(markedStale({}).workloads->rows(), 0U);
}

} // namespace
} // namespace tracedeck
