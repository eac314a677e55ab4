// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/row_changes.h"

#include "core/infrastructure_table.h"
#include "core/workload_table.h"
#include "tests/selectors/random_fleet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

namespace tracedeck {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t kSecondNs = 1'000'000'000;

struct Container {
    RowKey key = 1;
    std::string name;
    std::string node = "node-a";
    std::string image = "web:1";
    std::string status = "running";
    std::int64_t startedAtNs = 1000 * kSecondNs;
    std::int64_t restarts = 0;
};

RowMarks marksOf(const std::vector<Container>& rows, const std::vector<SourceRows>* sources = nullptr)
{
    WorkloadTable table;
    table.resize(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const Container& from = rows[row];
        table.keys[row] = from.key;
        table.name[row] = table.strings.intern(from.name);
        table.node[row] = table.strings.intern(from.node);
        table.image[row] = table.strings.intern(from.image);
        table.status[row] = table.strings.intern(from.status);
        table.type[row] = WorkloadType::AppContainer;
        table.restartCount.set(row, from.restarts);
        if (from.startedAtNs != 0) {
            table.startedAtNs.set(row, from.startedAtNs);
        }
    }
    table.finish();
    return rowMarks(table, sources);
}

/// What became of one container.
RowChangeSet changed(const Container& before, const Container& after)
{
    return rowChanges(marksOf({before}), marksOf({after})).ofRow.at(0);
}

TEST(RowChanges, NothingChangedIsNothing)
{
    const std::vector<Container> rows{{1, "a"}, {2, "b"}};
    const RowChanges changes = rowChanges(marksOf(rows), marksOf(rows));
    EXPECT_THAT(changes.ofRow, ElementsAre(0, 0));
    EXPECT_THAT(changes.gone, IsEmpty());
    EXPECT_EQ(changes.untold, 0U);
    EXPECT_EQ(tallyOf(changes.ofRow), ChangeTally());
}

TEST(RowChanges, RowsThatCameAndWent)
{
    const RowChanges changes = rowChanges(marksOf({{1, "a"}, {2, "b"}, {3, "c"}}), marksOf({{3, "c"}, {4, "d"}}));
    EXPECT_THAT(changes.ofRow, ElementsAre(0, kRowNew));
    EXPECT_THAT(changes.gone, ElementsAre(0, 1));
    EXPECT_THAT(changes.earlierRow, ElementsAre(2, RowChanges::kNoRow));
}

TEST(RowChanges, AStartThatWaversIsNoRestart)
{
    Container later{1, "a"};
    later.startedAtNs += kStartToleranceNs;
    EXPECT_EQ(changed({1, "a"}, later), 0);
    later.startedAtNs += 1;
    EXPECT_EQ(changed({1, "a"}, later), kRowRestarted);
    EXPECT_EQ(changed(later, {1, "a"}), 0) << "an earlier start is a correction";
    later.startedAtNs = 0;
    EXPECT_EQ(changed({1, "a"}, later), 0) << "missing differs from nothing";
    EXPECT_EQ(changed(later, {1, "a"}), 0);
}

TEST(RowChanges, RestartsCountEvenWhenTheStartIsNotKnown)
{
    Container before{1, "a"};
    before.startedAtNs = 0;
    Container after = before;
    after.restarts = 1;
    EXPECT_EQ(changed(before, after), kRowRestarted);
    EXPECT_EQ(changed(after, before), 0) << "a counter that was reset";
}

TEST(RowChanges, EachOfTheOtherKinds)
{
    const Container before{1, "a"};
    Container after = before;
    after.node = "node-b";
    EXPECT_EQ(changed(before, after), kRowMoved);
    after = before;
    after.image = "web:2";
    EXPECT_EQ(changed(before, after), kRowImageChanged);
    after = before;
    after.status = "stopped";
    EXPECT_EQ(changed(before, after), kRowStateChanged);
    after = before;
    after.image.clear();
    EXPECT_EQ(changed(before, after), 0) << "an image nobody reports any more";
}

TEST(RowChanges, AContainerMadeAnewIsOneRowNotTwo)
{
    Container anew{7, "a"};
    anew.image = "web:2";
    const RowChanges changes = rowChanges(marksOf({{1, "a"}}), marksOf({anew}));
    EXPECT_THAT(changes.ofRow, ElementsAre(kRowRestarted | kRowImageChanged));
    EXPECT_THAT(changes.gone, IsEmpty());
    EXPECT_THAT(changes.earlierRow, ElementsAre(0));
}

TEST(RowChanges, NamesakesAreNotGuessedAt)
{
    const RowChanges changes = rowChanges(marksOf({{1, "a"}, {2, "a"}}), marksOf({{3, "a"}}));
    EXPECT_THAT(changes.ofRow, ElementsAre(kRowNew));
    EXPECT_THAT(changes.gone, ElementsAre(0, 1));
}

TEST(RowChanges, ASourceNobodyWatchedThenTellsNothing)
{
    const std::vector<SourceRows> one{{1, 5, "docker"}};
    const std::vector<SourceRows> both{{1, 5, "docker"}, {2, 5, "pulse"}};
    const std::vector<SourceRows> kept{{1, 5, "docker"}, {2, 0, "pulse"}};
    const std::vector<Container> two{{1, "a"}, {2, "b"}};
    RowChanges changes = rowChanges(marksOf({{1, "a"}}, &one), marksOf(two, &both));
    EXPECT_THAT(changes.ofRow, ElementsAre(0, 0));
    EXPECT_EQ(changes.untold, 1U);
    changes = rowChanges(marksOf(two, &kept), marksOf({{1, "a"}, {2, "b"}, {3, "c"}}, &both));
    EXPECT_EQ(changes.untold, 1U) << "rows from an earlier run are no sign of watching";
    changes = rowChanges(marksOf(two, &both), marksOf({{1, "a"}}, &one));
    EXPECT_THAT(changes.gone, IsEmpty()) << "the source was taken away, not its rows";
    changes = rowChanges(marksOf(two, &both), marksOf({{1, "a"}}, &both));
    EXPECT_THAT(changes.gone, ElementsAre(1));
}

TEST(RowChanges, HostsMoveBetweenClustersAndGetNewKernels)
{
    InfrastructureTable table;
    table.resize(1);
    table.keys[0] = 1;
    table.name[0] = table.strings.intern("host");
    table.cluster[0] = table.strings.intern("east");
    table.kernelVersion[0] = table.strings.intern("6.1");
    table.status[0] = InfrastructureStatus::Online;
    const RowMarks before = rowMarks(table, nullptr);
    table.cluster[0] = table.strings.intern("west");
    table.kernelVersion[0] = table.strings.intern("6.2");
    table.status[0] = InfrastructureStatus::Offline;
    EXPECT_THAT(rowChanges(before, rowMarks(table, nullptr)).ofRow,
                ElementsAre(kRowMoved | kRowImageChanged | kRowStateChanged));
}

TEST(RowChanges, AgreeWithASlowComparison)
{
    std::mt19937 random(7); // NOLINT(bugprone-random-generator-seed): the same cases in every run
    for (int round = 0; round < 50; ++round) {
        std::map<RowKey, Container> was;
        std::map<RowKey, Container> is;
        for (RowKey key = 1; key <= 40; ++key) {
            Container row{key, "name-" + std::to_string(key)};
            if (random() % 5 != 0) {
                was[key] = row;
            }
            row.node = random() % 4 == 0 ? "node-b" : row.node;
            row.restarts = random() % 4 == 0 ? 3 : 0;
            if (random() % 5 != 0) {
                is[key] = row;
            }
        }
        const auto shuffled = [&](const std::map<RowKey, Container>& from) {
            std::vector<Container> rows;
            for (const auto& [key, row] : from) {
                rows.push_back(row);
            }
            std::shuffle(rows.begin(), rows.end(), random);
            return rows;
        };
        const RowMarks before = marksOf(shuffled(was));
        const RowMarks after = marksOf(shuffled(is));
        const RowChanges changes = rowChanges(before, after);
        std::size_t gone = 0;
        for (const auto& [key, row] : was) {
            gone += is.count(key) == 0 ? 1 : 0;
        }
        EXPECT_EQ(changes.gone.size(), gone);
        for (std::size_t row = 0; row < after.rows(); ++row) {
            const RowKey key = after.keys[row];
            const auto then = was.find(key);
            const RowChangeSet expected = then == was.end()
                ? RowChangeSet{kRowNew}
                : static_cast<RowChangeSet>((is[key].restarts > 0 ? kRowRestarted : 0)
                                            | (is[key].node != then->second.node ? kRowMoved : 0));
            EXPECT_EQ(changes.ofRow[row], expected) << "key " << key;
        }
    }
}

TEST(ChangeTally, CountsARowInEveryKindItHas)
{
    const ChangeTally tally =
        tallyOf({0, kRowNew, kRowGone, kRowRestarted | kRowMoved, kRowRestarted | kRowImageChanged, kRowStateChanged});
    EXPECT_EQ(tally.fresh, 1U);
    EXPECT_EQ(tally.gone, 1U);
    EXPECT_EQ(tally.restarted, 2U);
    EXPECT_EQ(tally.moved, 1U);
    EXPECT_EQ(tally.image, 1U);
    EXPECT_EQ(tally.state, 1U);
}

TEST(ChangeDigests, AnotherChangeIsAnotherDigest)
{
    RowPlan plan;
    plan.rows = {{PlanRow::kGroupHeader}, {0}, {1}, {PlanRow::kVanished}};
    plan.keys = {9, 1, 2, 3};
    plan.digests = {9, 1, 2, 3};
    addChangesToDigests(plan, {0, kRowNew});
    EXPECT_THAT(plan.digests, ElementsAre(9, 1, testing::Ne(2U), 3));
}

} // namespace
} // namespace tracedeck
