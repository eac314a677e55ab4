// SPDX-License-Identifier: GPL-3.0-or-later
// What holds for fleets of every size: hosts 250, 1,000, 3,000 and workloads 400, 1,500, 5,000.
#include "perf/selector_fixture.h"
#include "selectors/infrastructure_plan.h"
#include "selectors/infrastructure_sort.h"
#include "selectors/row_indexes.h"
#include "selectors/workload_plan.h"
#include "selectors/workload_sort.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

void expectPermutation(RowIndexes rows, std::size_t count)
{
    std::sort(rows.begin(), rows.end());
    EXPECT_EQ(rows, allRows(count));
}

void expectSane(const IoStats& stats)
{
    EXPECT_GT(stats.count, 0U);
    EXPECT_LE(stats.median, stats.p97);
    EXPECT_LE(stats.p97, stats.p99);
    EXPECT_LE(stats.p99, stats.max);
    EXPECT_GE(stats.mad, 0);
}

class HostProfile : public testing::TestWithParam<std::size_t> {
protected:
    InfrastructureTable m_table = fixtureInfrastructure(GetParam());
    CollationRanks m_ranks = collationRanksByBytes(m_table.strings);
};

TEST_P(HostProfile, EverySortKeyKeepsEveryRow)
{
    for (int key = 0; key <= static_cast<int>(InfrastructureSortKey::Load); ++key) {
        for (const auto direction : {SortDirection::Ascending, SortDirection::Descending}) {
            expectPermutation(sortInfrastructure(m_table, allRows(m_table.rows()),
                                                 {static_cast<InfrastructureSortKey>(key), direction}, m_ranks),
                              m_table.rows());
        }
    }
}

TEST_P(HostProfile, GroupingKeepsTheTotalAndSplittingLosesNothing)
{
    InfrastructureQuery query;
    for (int grouping = 1; grouping <= static_cast<int>(InfrastructureGrouping::Tag); ++grouping) {
        query.grouping = static_cast<InfrastructureGrouping>(grouping);
        const RowPlan plan = infrastructurePlan(m_table, query, {m_ranks});
        EXPECT_EQ(plan.rows.size(), m_table.rows() + plan.groups.size());
        EXPECT_EQ(plan.shown, m_table.rows());
    }
    query.grouping = InfrastructureGrouping::None;
    query.part = InfrastructurePart::Primary;
    const RowPlan primary = infrastructurePlan(m_table, query, {m_ranks});
    query.part = InfrastructurePart::Services;
    const RowPlan services = infrastructurePlan(m_table, query, {m_ranks});
    EXPECT_EQ(primary.total + services.total, m_table.rows());
    EXPECT_EQ(primary.rows.size() + services.rows.size(), m_table.rows());
    for (const PlanRow row : services.rows) {
        const InfrastructureType type = m_table.type[row.index()];
        EXPECT_TRUE(type == InfrastructureType::ProxmoxBackup || type == InfrastructureType::ProxmoxMail);
    }
}

TEST_P(HostProfile, DerivingTwiceGivesTheSameAndSensibleDistributions)
{
    InfrastructureQuery query;
    query.sort = InfrastructureSortKey::Cpu;
    query.direction = SortDirection::Descending;
    const InfrastructureListing first = deriveInfrastructure(m_table, query, {m_ranks});
    const InfrastructureListing second = deriveInfrastructure(m_table, query, {m_ranks});
    EXPECT_EQ(first.plan.keys, second.plan.keys);
    EXPECT_EQ(first.plan.digests, second.plan.digests);
    EXPECT_EQ(first.plan.groups, second.plan.groups);
    expectSane(first.io.network);
    expectSane(first.io.diskIo);
}

INSTANTIATE_TEST_SUITE_P(Sizes, HostProfile, testing::Values(250, 1000, 3000));

class WorkloadProfile : public testing::TestWithParam<std::size_t> {
protected:
    WorkloadTable m_table = fixtureWorkloads(GetParam());
    CollationRanks m_ranks = collationRanksByBytes(m_table.strings);
};

TEST_P(WorkloadProfile, EverySortKeyKeepsEveryRowWithAndWithoutASecond)
{
    for (int key = 0; key <= static_cast<int>(WorkloadSortKey::LastBackup); ++key) {
        WorkloadSort sort{static_cast<WorkloadSortKey>(key), SortDirection::Descending};
        expectPermutation(sortWorkloads(m_table, allRows(m_table.rows()), sort, m_ranks), m_table.rows());
        sort.thenBy = WorkloadSortKey::Memory;
        expectPermutation(sortWorkloads(m_table, allRows(m_table.rows()), sort, m_ranks), m_table.rows());
    }
}

TEST_P(WorkloadProfile, GroupingKeepsTheTotalInEveryMode)
{
    for (const auto view : {WorkloadView::All, WorkloadView::Vm, WorkloadView::Container, WorkloadView::Pod}) {
        WorkloadQuery query;
        query.filter.view = view;
        query.grouping = WorkloadGrouping::None;
        const std::size_t flat = workloadPlan(m_table, query, {m_ranks}).rows.size();
        EXPECT_GT(flat, 0U);
        for (int grouping = 1; grouping <= static_cast<int>(WorkloadGrouping::Tag); ++grouping) {
            query.grouping = static_cast<WorkloadGrouping>(grouping);
            const RowPlan plan = workloadPlan(m_table, query, {m_ranks});
            EXPECT_EQ(plan.rows.size(), flat + plan.groups.size());
            EXPECT_EQ(plan.total, m_table.rows());
        }
    }
}

TEST_P(WorkloadProfile, ModesPartitionTheFleetAndBucketsSumToTheTotal)
{
    std::size_t sum = 0;
    for (const auto view : {WorkloadView::Vm, WorkloadView::Container, WorkloadView::Pod, WorkloadView::Unit}) {
        WorkloadQuery query;
        query.filter.view = view;
        sum += workloadPlan(m_table, query, {m_ranks}).shown;
    }
    EXPECT_EQ(sum, m_table.rows());
    const WorkloadListing listing = deriveWorkloads(m_table, {}, {m_ranks});
    EXPECT_EQ(listing.stats.running + listing.stats.degraded + listing.stats.stopped, listing.stats.total);
    EXPECT_EQ(listing.stats.total, m_table.rows());
    expectSane(listing.io.network);
}

INSTANTIATE_TEST_SUITE_P(Sizes, WorkloadProfile, testing::Values(400, 1500, 5000));

} // namespace
} // namespace tracedeck
