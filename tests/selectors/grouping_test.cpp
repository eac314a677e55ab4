// SPDX-License-Identifier: GPL-3.0-or-later
// Grouping by every dimension: partitions, totals, worst status, order, collapsing.
#include "perf/selector_fixture.h"
#include "selectors/infrastructure_plan.h"
#include "selectors/plan_assembly.h"
#include "selectors/row_indexes.h"
#include "selectors/row_severity.h"
#include "selectors/selection_totals.h"
#include "selectors/workload_plan.h"
#include "tests/selectors/random_fleet.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck.h>
#include <set>

namespace tracedeck {
namespace {

struct GroupLine {
    const char* name;
    const char* tags; ///< separated by blanks
    Platform platform = Platform::Docker;
    const char* status = "running";
    std::optional<double> cpu{};
    std::optional<std::int64_t> memory{};
};

WorkloadTable tableOf(const std::vector<GroupLine>& lines)
{
    WorkloadTable table;
    table.resize(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const GroupLine& line = lines[i];
        table.keys[i] = i + 1;
        table.name[i] = table.strings.intern(line.name);
        table.id[i] = table.name[i];
        table.status[i] = table.strings.intern(line.status);
        table.platform[i] = line.platform;
        table.cpuPercent.set(i, line.cpu);
        table.memoryUsedBytes.set(i, line.memory);
        std::string rest = line.tags;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find(' '), rest.size());
            table.tags.add(table.strings.intern(rest.substr(0, end)));
            rest.erase(0, end + 1);
        }
        table.tags.endRow();
        table.ipAddresses.endRow();
        table.detailNames.endRow();
        table.detailValues.endRow();
    }
    table.finish();
    return table;
}

/// "[label shown/total] name name [label ..."
std::string shown(const WorkloadTable& table, const WorkloadQuery& query)
{
    const RowPlan plan = workloadPlan(table, query, {collationRanksByBytes(table.strings)});
    std::string text;
    for (const PlanRow row : plan.rows) {
        if (row.isGroup()) {
            const PlanGroup& group = plan.groups[row.index()];
            text += "[" + group.label + " " + std::to_string(group.shown) + "/" + std::to_string(group.total) + "] ";
        } else {
            text += std::string(table.strings.view(table.name[row.index()])) + " ";
        }
    }
    return text;
}

const std::vector<GroupLine> kLines{{"api", "prod web", Platform::Docker, "running", 40, 100},
                                    {"job", "", Platform::Kubernetes, "stopped"},
                                    {"db", "prod", Platform::Docker, "running", 20, 300},
                                    {"dev", "test prod", Platform::Kubernetes, "paused", 90}};

TEST(Grouping, ByTagTakesTheFirstTagAndPutsUntaggedRowsLast)
{
    WorkloadQuery query;
    query.grouping = WorkloadGrouping::Tag;
    EXPECT_EQ(shown(tableOf(kLines), query), "[prod 2/2] api db [test 1/1] dev [ 1/1] job ");
}

TEST(Grouping, BySourceUsesTheWordsOfTheSources)
{
    WorkloadQuery query;
    query.grouping = WorkloadGrouping::Platform;
    const std::string docker(platformLabel(Platform::Docker));
    const std::string kubernetes(platformLabel(Platform::Kubernetes));
    EXPECT_EQ(shown(tableOf(kLines), query), "[" + docker + " 2/2] api db [" + kubernetes + " 2/2] dev job ");
}

TEST(Grouping, AFilteredGroupSaysHowManyOfHowMany)
{
    WorkloadQuery query;
    query.grouping = WorkloadGrouping::Tag;
    query.filter.buckets = bucketBit(StatusBucket::Running);
    query.filter.terms = {"api"};
    EXPECT_EQ(shown(tableOf(kLines), query), "[prod 1/2] api ");
}

TEST(Grouping, HeadersCarryTotalsOverTheRowsThatReport)
{
    WorkloadQuery query;
    query.grouping = WorkloadGrouping::Platform;
    const WorkloadTable table = tableOf(kLines);
    const RowPlan plan = workloadPlan(table, query, {collationRanksByBytes(table.strings)});
    ASSERT_EQ(plan.groups.size(), 2U);
    const PlanGroup& docker = plan.groups[0];
    EXPECT_DOUBLE_EQ(docker.cpuPercent, 30);
    EXPECT_EQ(docker.cpuRows, 2U);
    EXPECT_TRUE(docker.hasMemoryUsed);
    EXPECT_EQ(docker.memoryUsedBytes, 400);
    const PlanGroup& kubernetes = plan.groups[1];
    EXPECT_DOUBLE_EQ(kubernetes.cpuPercent, 90) << "the stopped one reports none and does not count as 0";
    EXPECT_EQ(kubernetes.cpuRows, 1U);
    EXPECT_FALSE(kubernetes.hasMemoryUsed);
    EXPECT_EQ(kubernetes.worst, static_cast<std::uint8_t>(RowSeverity::Critical));
}

TEST(Grouping, AHeaderSaysHowManyOfItsRowsAreStale)
{
    WorkloadQuery query;
    query.grouping = WorkloadGrouping::Tag;
    WorkloadTable table = tableOf(kLines);
    const auto details = [&] {
        std::map<std::string, std::string> byLabel;
        for (const PlanGroup& group : workloadPlan(table, query, {collationRanksByBytes(table.strings)}).groups) {
            byLabel[group.label] = group.detail;
        }
        return byLabel;
    };
    EXPECT_EQ(details()["prod"], "");
    table.flags[0] = kRowStale; // api, of prod
    EXPECT_EQ(details()["prod"], "1 stale");
    for (std::uint8_t& flags : table.flags) {
        flags = kRowStale;
    }
    EXPECT_EQ(details()["prod"], "stale");
    EXPECT_EQ(details()["test"], "stale");
    EXPECT_EQ(detailWithStale("Core Fabric", 3, 4), "Core Fabric \u00b7 3 stale");
}

TEST(Grouping, WorstFirstPutsTroubleOnTopAndKeepsLabelsOtherwise)
{
    WorkloadQuery query;
    query.grouping = WorkloadGrouping::Tag;
    query.groupOrder = GroupOrder::Worst;
    EXPECT_EQ(shown(tableOf(kLines), query), "[ 1/1] job [test 1/1] dev [prod 2/2] api db ");
}

/// The same with the depth of every header in front.
std::string nestedShown(const WorkloadTable& table, const WorkloadQuery& query)
{
    const RowPlan plan = workloadPlan(table, query, {collationRanksByBytes(table.strings)});
    std::string text;
    for (const PlanRow row : plan.rows) {
        if (row.isGroup()) {
            const PlanGroup& group = plan.groups[row.index()];
            text += std::string(group.depth + 1, '>') + group.label + " " + std::to_string(group.shown) + "/"
                + std::to_string(group.total) + " ";
        } else {
            text += std::string(table.strings.view(table.name[row.index()])) + " ";
        }
    }
    return text;
}

WorkloadQuery byTagThenState()
{
    WorkloadQuery query;
    query.grouping = WorkloadGrouping::Tag;
    query.thenGrouping = WorkloadGrouping::Status;
    return query;
}

const std::vector<GroupLine> kNested{{"api", "prod", Platform::Docker, "running", 40, 100},
                                     {"job", "", Platform::Kubernetes, "stopped"},
                                     {"db", "prod", Platform::Kubernetes, "stopped", 20, 300},
                                     {"dev", "test", Platform::Kubernetes, "running", 90},
                                     {"cache", "prod", Platform::Docker, "running", 60, 200}};

TEST(NestedGroups, SplitEveryGroupByTheSecondDimension)
{
    WorkloadQuery query = byTagThenState();
    EXPECT_EQ(nestedShown(tableOf(kNested), query),
              ">prod 3/3 >>Running 2/2 api cache >>Stopped 1/1 db >test 1/1 >>Running 1/1 dev "
              "> 1/1 >>Stopped 1/1 job ");
}

TEST(NestedGroups, BothLevelsCarryTheirTotals)
{
    WorkloadQuery query = byTagThenState();
    const WorkloadTable table = tableOf(kNested);
    const RowPlan plan = workloadPlan(table, query, {collationRanksByBytes(table.strings)});
    ASSERT_EQ(plan.groups.size(), 7U);
    EXPECT_DOUBLE_EQ(plan.groups[0].cpuPercent, 40);
    EXPECT_EQ(plan.groups[0].worst, static_cast<std::uint8_t>(RowSeverity::Critical));
    EXPECT_EQ(plan.groups[1].cpuRows, 2U);
    EXPECT_EQ(plan.groups[1].worst, static_cast<std::uint8_t>(RowSeverity::Ok));
    EXPECT_EQ(plan.groups[1].memoryUsedBytes, 300);
    EXPECT_EQ(plan.shown, 5U);
    EXPECT_EQ(plan.total, 5U);
}

TEST(NestedGroups, AFilterCountsInBothLevelsAndEmptyGroupsGo)
{
    WorkloadQuery query = byTagThenState();
    query.filter.buckets = bucketBit(StatusBucket::Running);
    query.filter.terms = {"a"};
    EXPECT_EQ(nestedShown(tableOf(kNested), query), ">prod 2/3 >>Running 2/2 api cache ");
}

TEST(NestedGroups, CollapseOneInnerGroupOrAWholeOuterOne)
{
    WorkloadQuery query = byTagThenState();
    const WorkloadTable table = tableOf(kNested);
    const RowPlan open = workloadPlan(table, query, {collationRanksByBytes(table.strings)});
    query.collapsed = {open.groups[1].key}; // prod, running
    EXPECT_EQ(nestedShown(table, query),
              ">prod 3/3 >>Running 2/2 >>Stopped 1/1 db >test 1/1 >>Running 1/1 dev > 1/1 >>Stopped 1/1 job ")
        << "the running ones of test stay open";
    query.collapsed = {open.groups[0].key};
    EXPECT_EQ(nestedShown(table, query), ">prod 3/3 >test 1/1 >>Running 1/1 dev > 1/1 >>Stopped 1/1 job ");
}

TEST(NestedGroups, WorstFirstHoldsInsideToo)
{
    WorkloadQuery query = byTagThenState();
    query.groupOrder = GroupOrder::Worst;
    EXPECT_EQ(
        nestedShown(tableOf(kNested), query),
        ">prod 3/3 >>Stopped 1/1 db >>Running 2/2 api cache > 1/1 >>Stopped 1/1 job >test 1/1 >>Running 1/1 dev ");
}

TEST(NestedGroups, TheSameDimensionTwiceIsOneLevel)
{
    WorkloadQuery query;
    query.grouping = query.thenGrouping = WorkloadGrouping::Tag;
    const WorkloadTable table = tableOf(kNested);
    const RowPlan plan = workloadPlan(table, query, {collationRanksByBytes(table.strings)});
    EXPECT_EQ(plan.groups.size(), 3U);
}

TEST(NestedGroups, EveryRowStandsOnceUnderItsTwoHeaders)
{
    std::mt19937 random(11); // NOLINT(bugprone-random-generator-seed): the same cases in every run
    for (int round = 0; round < 30; ++round) {
        const WorkloadTable table = tests::randomWorkloads(random, 200);
        WorkloadQuery query;
        query.grouping = WorkloadGrouping::Node;
        query.thenGrouping = WorkloadGrouping::Type;
        const RowPlan plan = workloadPlan(table, query, {collationRanksByBytes(table.strings)});
        std::set<RowKey> rows;
        std::set<RowKey> headers;
        const PlanGroup* inner = nullptr;
        std::uint32_t left = 0;
        std::uint32_t leftOuter = 0;
        for (std::size_t i = 0; i < plan.rows.size(); ++i) {
            if (plan.rows[i].isGroup()) {
                const PlanGroup& group = plan.groups[plan.rows[i].index()];
                EXPECT_EQ(left, 0U) << "the group above was counted wrongly";
                EXPECT_TRUE(headers.insert(plan.keys[i]).second);
                inner = group.depth == 1 ? &group : nullptr;
                EXPECT_TRUE(group.depth == 1 || leftOuter == 0);
                (group.depth == 1 ? left : leftOuter) = group.shown;
            } else {
                ASSERT_NE(inner, nullptr);
                EXPECT_EQ(inner->label, workloadTypePlural(table.type[plan.rows[i].index()]));
                EXPECT_TRUE(rows.insert(plan.keys[i]).second);
                --left;
                --leftOuter;
            }
        }
        EXPECT_EQ(rows.size(), table.rows());
    }
}

TEST(Grouping, HostsGroupByTagToo)
{
    InfrastructureTable table;
    table.resize(2);
    for (std::size_t i = 0; i < 2; ++i) {
        table.keys[i] = i + 1;
        table.name[i] = table.strings.intern(i == 0 ? "a" : "b");
        if (i == 1) {
            table.tags.add(table.strings.intern("edge"));
        }
        table.tags.endRow();
        table.ipAddresses.endRow();
        table.detailNames.endRow();
        table.detailValues.endRow();
    }
    InfrastructureQuery query;
    query.grouping = InfrastructureGrouping::Tag;
    const RowPlan plan = infrastructurePlan(table, query, {collationRanksByBytes(table.strings)});
    ASSERT_EQ(plan.groups.size(), 2U);
    EXPECT_EQ(plan.groups[0].label, "edge");
    EXPECT_EQ(plan.groups[1].label, "");
    query.grouping = InfrastructureGrouping::Cluster;
    EXPECT_NE(infrastructurePlan(table, query, {collationRanksByBytes(table.strings)}).groups[0].key,
              plan.groups[1].key)
        << "no tag and no cluster are different groups";
}

TEST(Grouping, PropertyEveryDimensionPartitionsTheRowsThatPass)
{
    const WorkloadTable table = fixtureWorkloads(400, WorkloadSearchFields::Product);
    const CollationRanks ranks = collationRanksByBytes(table.strings);
    EXPECT_TRUE(rc::check("counts add up, rows keep their sort inside, collapsing hides rows only", [&] {
        WorkloadQuery query;
        query.grouping = static_cast<WorkloadGrouping>(*rc::gen::inRange(1, 9));
        query.groupOrder = *rc::gen::arbitrary<bool>() ? GroupOrder::Worst : GroupOrder::Label;
        query.sort = static_cast<WorkloadSortKey>(*rc::gen::inRange(0, 20));
        query.filter.buckets = static_cast<StatusBucketSet>(*rc::gen::inRange(0, 8));
        const RowPlan plan = workloadPlan(table, query, {ranks});
        WorkloadQuery flat = query;
        flat.grouping = WorkloadGrouping::None;
        const RowPlan all = workloadPlan(table, flat, {ranks});
        std::uint32_t shownSum = 0;
        std::set<RowKey> keys;
        for (const PlanGroup& group : plan.groups) {
            RC_ASSERT(group.shown > 0U);
            RC_ASSERT(group.shown <= group.total);
            RC_ASSERT(keys.insert(group.key).second);
            shownSum += group.shown;
        }
        RC_ASSERT(shownSum == all.rows.size());
        RC_ASSERT(plan.rows.size() == all.rows.size() + plan.groups.size());
        // Inside a group the rows stand as in the flat plan.
        std::map<RowKey, std::size_t> place;
        for (std::size_t i = 0; i < all.keys.size(); ++i) {
            place[all.keys[i]] = i;
        }
        for (std::size_t i = 1; i < plan.rows.size(); ++i) {
            if (!plan.rows[i].isGroup() && !plan.rows[i - 1].isGroup()) {
                RC_ASSERT(place.at(plan.keys[i - 1]) < place.at(plan.keys[i]));
            }
        }
        query.collapsed.assign(keys.begin(), keys.end());
        const RowPlan collapsed = workloadPlan(table, query, {ranks});
        RC_ASSERT(collapsed.rows.size() == plan.groups.size());
        RC_ASSERT(collapsed.shown == plan.shown);
    }));
}

TEST(SelectionTotals, AddsUpWhatIsReported)
{
    const WorkloadTable table = tableOf(kLines);
    const SelectionTotals all = selectionTotals(table, allRows(4));
    EXPECT_EQ(all.rows, 4U);
    EXPECT_DOUBLE_EQ(*all.cpuPercent, 50);
    EXPECT_EQ(all.cpuRows, 3U);
    EXPECT_EQ(all.memoryUsedBytes, 400);
    EXPECT_EQ(all.problems, 2U);
    EXPECT_FALSE(all.networkBytesPerSec);
    EXPECT_EQ(selectionTotals(table, {}), SelectionTotals());
    EXPECT_FALSE(selectionTotals(table, {1}).cpuPercent) << "unknown is not zero";
}

} // namespace
} // namespace tracedeck
