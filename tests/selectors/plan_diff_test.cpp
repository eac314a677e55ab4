// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/plan_diff.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck.h>
#include <set>

namespace tracedeck {
namespace {

using Kind = PlanDiff::Kind;
using testing::ElementsAre;
using testing::IsEmpty;

/// A plan from (key, digest) pairs.
RowPlan planOf(const std::vector<std::pair<RowKey, std::uint64_t>>& rows)
{
    RowPlan plan;
    for (const auto& [key, digest] : rows) {
        plan.rows.push_back({static_cast<std::uint32_t>(plan.rows.size())});
        plan.keys.push_back(key);
        plan.digests.push_back(digest);
    }
    return plan;
}

RowPlan planOfKeys(const std::vector<RowKey>& keys)
{
    std::vector<std::pair<RowKey, std::uint64_t>> rows;
    rows.reserve(keys.size());
    for (const RowKey key : keys) {
        rows.emplace_back(key, key);
    }
    return planOf(rows);
}

/// What a model does with a diff, on key lists. Inserted rows take their key from `after`.
std::vector<RowKey> applied(const RowPlan& before, const RowPlan& after, const PlanDiff& diff)
{
    std::vector<RowKey> keys = before.keys;
    if (diff.kind == Kind::Ranges) {
        for (const PlanDiff::Edit& edit : diff.edits) {
            const auto at = keys.begin() + edit.range.begin;
            if (edit.insert) {
                keys.insert(at, after.keys.begin() + edit.range.begin, after.keys.begin() + edit.range.end);
            } else {
                keys.erase(at, keys.begin() + edit.range.end);
            }
        }
    } else if (diff.kind == Kind::Reorder) {
        keys = after.keys;
    }
    return keys;
}

TEST(PlanDiff, TwoEmptyPlansAreTheSame)
{
    const PlanDiff diff = diffPlans({}, {});
    EXPECT_EQ(diff.kind, Kind::None);
    EXPECT_THAT(diff.changed, IsEmpty());
}

TEST(PlanDiff, EqualPlansNeedNothing)
{
    const RowPlan plan = planOfKeys({5, 6, 7});
    EXPECT_EQ(diffPlans(plan, plan).kind, Kind::None);
}

TEST(PlanDiff, OtherValuesComeAsMergedRuns)
{
    const PlanDiff diff =
        diffPlans(planOf({{1, 0}, {2, 0}, {3, 0}, {4, 0}, {5, 0}}), planOf({{1, 9}, {2, 9}, {3, 0}, {4, 0}, {5, 9}}));
    EXPECT_EQ(diff.kind, Kind::Values);
    EXPECT_THAT(diff.changed, ElementsAre(RowRange{0, 2}, RowRange{4, 5}));
    EXPECT_THAT(diff.edits, IsEmpty());
}

TEST(PlanDiff, FirstPlanIsOneInsertion)
{
    const PlanDiff diff = diffPlans({}, planOfKeys({1, 2, 3}));
    EXPECT_EQ(diff.kind, Kind::Ranges);
    EXPECT_THAT(diff.edits, ElementsAre(PlanDiff::Edit{true, {0, 3}}));
}

TEST(PlanDiff, EmptiedPlanIsOneRemoval)
{
    const PlanDiff diff = diffPlans(planOfKeys({1, 2, 3}), {});
    EXPECT_EQ(diff.kind, Kind::Ranges);
    EXPECT_THAT(diff.edits, ElementsAre(PlanDiff::Edit{false, {0, 3}}));
}

TEST(PlanDiff, RemovalsComeLastFirstAndBeforeInsertions)
{
    const PlanDiff diff = diffPlans(planOfKeys({1, 2, 3, 4, 5, 6}), planOfKeys({1, 3, 4, 10, 11, 6}));
    EXPECT_EQ(diff.kind, Kind::Ranges);
    EXPECT_THAT(
        diff.edits,
        ElementsAre(PlanDiff::Edit{false, {4, 5}}, PlanDiff::Edit{false, {1, 2}}, PlanDiff::Edit{true, {3, 5}}));
}

TEST(PlanDiff, KeptRowsBesideEditsReportNewRowNumbers)
{
    const PlanDiff diff = diffPlans(planOf({{1, 0}, {2, 0}, {3, 0}, {4, 0}}), planOf({{9, 0}, {1, 7}, {3, 0}, {4, 7}}));
    EXPECT_EQ(diff.kind, Kind::Ranges);
    EXPECT_THAT(diff.changed, ElementsAre(RowRange{1, 2}, RowRange{3, 4}));
}

TEST(PlanDiff, FourRangesAreEditedFiveAreReordered)
{
    const RowPlan before = planOfKeys({1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    EXPECT_EQ(diffPlans(before, planOfKeys({2, 4, 6, 8, 9, 10})).kind, Kind::Ranges);
    const PlanDiff five = diffPlans(before, planOfKeys({2, 4, 6, 8, 10}));
    EXPECT_EQ(five.kind, Kind::Reorder);
    EXPECT_THAT(five.newRowOf, ElementsAre(-1, 0, -1, 1, -1, 2, -1, 3, -1, 4));
}

TEST(PlanDiff, AnyChangeOfOrderIsOneReorder)
{
    const PlanDiff diff = diffPlans(planOfKeys({1, 2, 3, 4}), planOfKeys({1, 3, 2, 4}));
    EXPECT_EQ(diff.kind, Kind::Reorder);
    EXPECT_THAT(diff.newRowOf, ElementsAre(0, 2, 1, 3));
    EXPECT_THAT(diff.edits, IsEmpty());
}

TEST(PlanDiff, AKeyTwiceInOnePlanGivesEveryRowOutOnce)
{
    const PlanDiff diff = diffPlans(planOfKeys({7, 7, 1, 2}), planOfKeys({2, 7, 1}));
    ASSERT_EQ(diff.kind, Kind::Reorder);
    EXPECT_THAT(diff.newRowOf, ElementsAre(1, -1, 2, 0));
}

TEST(PlanDiff, AnExtraCopyOfAKeyNeverLeavesAWrongRowCount)
{
    const RowPlan before = planOfKeys({7, 1});
    const RowPlan after = planOfKeys({7, 7, 1});
    EXPECT_EQ(applied(before, after, diffPlans(before, after)), after.keys);
}

/// Random edit of a key list: drops, inserts and sometimes shuffles.
std::vector<RowKey> mutated(std::vector<RowKey> keys)
{
    const int edits = *rc::gen::inRange(0, 7);
    for (int i = 0; i < edits; ++i) {
        const auto at = static_cast<std::ptrdiff_t>(*rc::gen::inRange<std::size_t>(0, keys.size() + 1));
        if (*rc::gen::arbitrary<bool>()) {
            keys.insert(keys.begin() + at, 1000 + static_cast<RowKey>(*rc::gen::inRange(0, 100000)));
        } else if (at < static_cast<std::ptrdiff_t>(keys.size())) {
            keys.erase(keys.begin() + at);
        }
    }
    if (*rc::gen::inRange(0, 3) == 0 && keys.size() > 1) {
        const auto a = *rc::gen::inRange<std::size_t>(0, keys.size());
        const auto b = *rc::gen::inRange<std::size_t>(0, keys.size());
        std::swap(keys[a], keys[b]);
    }
    std::set<RowKey> seen;
    std::erase_if(keys, [&seen](RowKey key) { return !seen.insert(key).second; });
    return keys;
}

std::vector<std::pair<RowKey, std::uint64_t>> withDigests(const std::vector<RowKey>& keys)
{
    std::vector<std::pair<RowKey, std::uint64_t>> rows;
    for (const RowKey key : keys) {
        rows.emplace_back(key, *rc::gen::inRange<std::uint64_t>(0, 3));
    }
    return rows;
}

/// Rows of `after` that existed before with another digest, as runs; the slow and obvious way.
std::vector<RowRange> expectedRuns(const RowPlan& before, const RowPlan& after)
{
    std::map<RowKey, std::uint64_t> old;
    for (std::size_t i = 0; i < before.keys.size(); ++i) {
        old[before.keys[i]] = before.digests[i];
    }
    std::vector<RowRange> runs;
    for (std::uint32_t row = 0; row < after.keys.size(); ++row) {
        const auto found = old.find(after.keys[row]);
        if (found == old.end() || found->second == after.digests[row]) {
            continue;
        }
        if (!runs.empty() && runs.back().end == row) {
            ++runs.back().end;
        } else {
            runs.push_back({row, row + 1});
        }
    }
    return runs;
}

void checkReorderMapping(const RowPlan& before, const RowPlan& after, const PlanDiff& diff)
{
    RC_ASSERT(diff.newRowOf.size() == before.keys.size());
    const std::set<RowKey> present(after.keys.begin(), after.keys.end());
    for (std::size_t row = 0; row < before.keys.size(); ++row) {
        const std::int32_t newRow = diff.newRowOf[row];
        RC_ASSERT((newRow >= 0) == present.contains(before.keys[row]));
        RC_ASSERT((newRow < 0 || after.keys[static_cast<std::size_t>(newRow)] == before.keys[row]));
    }
}

TEST(PlanDiffProperty, ApplyingTheDiffGivesTheNewPlanAndChangedRunsAreExact)
{
    EXPECT_TRUE(rc::check([] {
        std::vector<RowKey> keys(static_cast<std::size_t>(*rc::gen::inRange(0, 40)));
        for (std::size_t i = 0; i < keys.size(); ++i) {
            keys[i] = i + 1;
        }
        const RowPlan before = planOf(withDigests(keys));
        const RowPlan after = planOf(withDigests(mutated(keys)));
        const PlanDiff diff = diffPlans(before, after);
        RC_ASSERT(applied(before, after, diff) == after.keys);
        RC_ASSERT(diff.changed == expectedRuns(before, after));
        RC_ASSERT(diff.edits.size() <= 4U);
        RC_ASSERT((diff.kind == Kind::None || diff.kind == Kind::Values) == (before.keys == after.keys));
        if (diff.kind == Kind::Reorder) {
            checkReorderMapping(before, after, diff);
        }
        RC_CLASSIFY(diff.kind == Kind::Ranges, "ranges");
        RC_CLASSIFY(diff.kind == Kind::Reorder, "reorder");
    }));
}

} // namespace
} // namespace tracedeck
