// SPDX-License-Identifier: GPL-3.0-or-later
// A second sort key decides among equal values of the first, and among nothing else.
#include "core/infrastructure_table.h"
#include "perf/selector_fixture.h"
#include "selectors/infrastructure_plan.h"
#include "selectors/infrastructure_sort.h"
#include "selectors/plan_memo.h"
#include "selectors/row_indexes.h"
#include "selectors/workload_plan.h"
#include "selectors/workload_sort.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace tracedeck {
namespace {

constexpr auto kUp = SortDirection::Ascending;
constexpr auto kDown = SortDirection::Descending;

struct Line {
    const char* name;
    const char* node;
    std::optional<double> cpu;
};

WorkloadTable tableOf(const std::vector<Line>& lines)
{
    WorkloadTable table;
    table.resize(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        table.keys[i] = i + 1;
        table.name[i] = table.strings.intern(lines[i].name);
        table.id[i] = table.name[i];
        table.node[i] = table.strings.intern(lines[i].node);
        table.cpuPercent.set(i, lines[i].cpu);
    }
    return table;
}

std::string orderOf(const WorkloadTable& table, const WorkloadSort& sort)
{
    std::string names;
    for (const std::uint32_t row :
         sortWorkloads(table, allRows(table.rows()), sort, collationRanksByBytes(table.strings))) {
        names += std::string(table.strings.view(table.name[row])) + " ";
    }
    return names;
}

TEST(SecondSortKey, DecidesAmongEqualValuesOfTheFirst)
{
    const WorkloadTable table =
        tableOf({{"a", "n2", 10}, {"b", "n1", 10}, {"c", "n1", 90}, {"d", "n2", 90}, {"e", "n1", {}}});
    using Key = WorkloadSortKey;
    EXPECT_EQ(orderOf(table, {Key::Node, kUp, false, Key::Cpu, kDown}), "c b e d a ");
    EXPECT_EQ(orderOf(table, {Key::Node, kUp, false, Key::Cpu, kUp}), "b c e a d ") << "unknown stays last";
    EXPECT_EQ(orderOf(table, {Key::Node, kDown, false, Key::Cpu, kDown}), "d a c b e ");
    EXPECT_EQ(orderOf(table, {Key::Cpu, kDown, false, Key::Node, kDown}), "d c a b e ");
    EXPECT_EQ(orderOf(table, {Key::Cpu, kDown, false, Key::Name, kDown}), "d c b a e ");
}

TEST(SecondSortKey, TheSameKeyTwiceIsTheKeyOnce)
{
    const WorkloadTable table = tableOf({{"a", "n2", 10}, {"b", "n1", 20}});
    using Key = WorkloadSortKey;
    EXPECT_EQ(orderOf(table, {Key::Cpu, kDown, false, Key::Cpu, kUp}), orderOf(table, {Key::Cpu, kDown, false, {}}));
}

TEST(SecondSortKey, EqualNamesFallToIt)
{
    const WorkloadTable table = tableOf({{"web", "n2", 1}, {"web", "n1", 2}, {"db", "n3", 3}});
    EXPECT_EQ(sortWorkloads(table, allRows(3), {WorkloadSortKey::Name, kUp, false, WorkloadSortKey::Cpu, kDown},
                            collationRanksByBytes(table.strings)),
              (RowIndexes{2, 1, 0}));
}

TEST(SecondSortKey, HostsHaveOneTooButTheirDefaultOrderHasNone)
{
    InfrastructureTable table;
    table.resize(3);
    for (std::size_t i = 0; i < 3; ++i) {
        table.name[i] = table.strings.intern(std::string(1, static_cast<char>('a' + i)));
        table.id[i] = table.name[i];
        table.cluster[i] = table.strings.intern(i == 1 ? "west" : "east");
        table.memoryPercent.set(i, static_cast<double>(i) * 10);
    }
    const CollationRanks ranks = collationRanksByBytes(table.strings);
    using Key = InfrastructureSortKey;
    EXPECT_EQ(sortInfrastructure(table, allRows(3), {Key::Cluster, kUp, false, Key::Memory, kDown}, ranks),
              (RowIndexes{2, 0, 1}));
    EXPECT_EQ(sortInfrastructure(table, allRows(3), {Key::Default, kUp, false, Key::Memory, kDown}, ranks),
              (RowIndexes{0, 1, 2}));
}

TEST(SecondSortKey, MemoAndPlanTellQueriesApart)
{
    const auto table = std::make_shared<const WorkloadTable>(fixtureWorkloads(50));
    const CollationRanks ranks = collationRanksByBytes(table->strings);
    WorkloadQuery one;
    one.sort = WorkloadSortKey::Type;
    WorkloadQuery two = one;
    two.thenBy = WorkloadSortKey::Cpu;
    WorkloadQuery three = two;
    three.thenDirection = kDown;
    PlanMemo<WorkloadQuery, std::shared_ptr<const RowPlan>> memo;
    for (const WorkloadQuery* query : {&one, &two, &three}) {
        (void)memo.answerFor(table, *query,
                             [&] { return std::make_shared<const RowPlan>(workloadPlan(*table, *query, {ranks})); });
    }
    EXPECT_EQ(memo.counts().misses, 3U);
    EXPECT_NE(workloadPlan(*table, one, {ranks}).keys, workloadPlan(*table, two, {ranks}).keys);
}

TEST(SecondSortKey, PropertyTheResultIsWhatAStableSortByBothGives)
{
    const WorkloadTable table = fixtureWorkloads(300);
    const CollationRanks ranks = collationRanksByBytes(table.strings);
    EXPECT_TRUE(rc::check("stable, total, and a permutation", [&] {
        const auto first = static_cast<WorkloadSortKey>(*rc::gen::inRange(0, 20));
        const auto second = static_cast<WorkloadSortKey>(*rc::gen::inRange(0, 20));
        const auto one = *rc::gen::arbitrary<bool>() ? kUp : kDown;
        const auto two = *rc::gen::arbitrary<bool>() ? kUp : kDown;
        RowIndexes shuffled = allRows(table.rows());
        std::rotate(shuffled.begin(), shuffled.begin() + *rc::gen::inRange(0, 300), shuffled.end());
        const RowIndexes sorted = sortWorkloads(table, shuffled, {first, one, false, second, two}, ranks);
        RC_ASSERT(sorted == sortWorkloads(table, allRows(table.rows()), {first, one, false, second, two}, ranks));
        RowIndexes same = sorted;
        std::sort(same.begin(), same.end());
        RC_ASSERT(same == allRows(table.rows()));
        // Rows that the first key calls equal keep the order the second alone gives them.
        const RowIndexes bySecond = sortWorkloads(table, allRows(table.rows()), {second, two, false, {}, kUp}, ranks);
        const RowIndexes byFirst = sortWorkloads(table, bySecond, {first, one, false, {}, kUp}, ranks);
        std::vector<std::size_t> place(table.rows());
        for (std::size_t i = 0; i < bySecond.size(); ++i) {
            place[bySecond[i]] = i;
        }
        for (std::size_t i = 1; i < sorted.size(); ++i) {
            const bool sameNode =
                first == WorkloadSortKey::Node && table.node[sorted[i]] == table.node[sorted[i - 1]] && first != second;
            RC_ASSERT((!sameNode || place[sorted[i - 1]] < place[sorted[i]]));
        }
        RC_ASSERT(byFirst.size() == sorted.size());
    }));
}

} // namespace
} // namespace tracedeck
