// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/order_hold.h"

#include "selectors/plan_diff.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <set>

namespace tracedeck {
namespace {

using testing::ElementsAre;

constexpr std::int64_t kSecond = 1'000'000'000;

RowPlan planOf(const std::vector<RowKey>& keys)
{
    RowPlan plan;
    for (const RowKey key : keys) {
        plan.rows.push_back({static_cast<std::uint32_t>(plan.rows.size())});
        plan.keys.push_back(key);
        plan.digests.push_back(key);
    }
    plan.shown = plan.total = static_cast<std::uint32_t>(keys.size());
    return plan;
}

void addGroup(RowPlan& plan, RowKey key, std::uint32_t shown)
{
    PlanGroup group;
    group.key = key;
    group.shown = shown;
    plan.rows.push_back({PlanRow::kGroupHeader | static_cast<std::uint32_t>(plan.groups.size())});
    plan.keys.push_back(key);
    plan.digests.push_back(key + shown);
    plan.groups.push_back(group);
}

TEST(OrderHold, NothingTouchedHoldsNothing)
{
    EXPECT_FALSE(OrderHold().holds(5 * kSecond));
    EXPECT_EQ(OrderHold().heldSeconds(5 * kSecond), 0);
}

TEST(OrderHold, APointerHoldsForAMinute)
{
    OrderHold hold;
    hold.pointerMoved(100 * kSecond);
    EXPECT_TRUE(hold.holds(159 * kSecond));
    EXPECT_FALSE(hold.holds(160 * kSecond));
    EXPECT_EQ(hold.releasesAtNs(110 * kSecond), 160 * kSecond);
}

TEST(OrderHold, AKeyHoldsForFiveSeconds)
{
    OrderHold hold;
    hold.keyPressed(100 * kSecond);
    EXPECT_TRUE(hold.holds(104 * kSecond));
    EXPECT_FALSE(hold.holds(105 * kSecond));
}

TEST(OrderHold, AnOpenDrawerHoldsUntilItCloses)
{
    OrderHold hold;
    hold.setDrawerOpen(true, 0);
    EXPECT_TRUE(hold.holds(10'000 * kSecond));
    EXPECT_EQ(hold.releasesAtNs(10 * kSecond), 0);
    hold.setDrawerOpen(false, 10'000 * kSecond);
    EXPECT_FALSE(hold.holds(10'000 * kSecond));
}

TEST(OrderHold, TheLaterOfPointerAndKeySaysWhenItIsReleased)
{
    OrderHold hold;
    hold.pointerMoved(0);
    hold.keyPressed(10 * kSecond);
    EXPECT_EQ(hold.releasesAtNs(11 * kSecond), 60 * kSecond) << "the key ends first";
    hold.keyPressed(58 * kSecond);
    EXPECT_EQ(hold.releasesAtNs(59 * kSecond), 63 * kSecond);
}

TEST(OrderHold, LeavingWithThePointerReleases)
{
    OrderHold hold;
    hold.pointerMoved(0);
    hold.pointerLeft();
    EXPECT_FALSE(hold.holds(kSecond));
}

TEST(OrderHold, CountsFromTheFirstTouchAndAnewAfterAReSort)
{
    OrderHold hold;
    hold.pointerMoved(100 * kSecond);
    hold.pointerMoved(110 * kSecond);
    EXPECT_EQ(hold.heldSeconds(114 * kSecond), 14);
    hold.resorted(114 * kSecond);
    EXPECT_EQ(hold.heldSeconds(115 * kSecond), 1);
}

TEST(OrderHold, SwitchedOffNeverHolds)
{
    OrderHold hold;
    hold.setEnabled(false);
    hold.pointerMoved(0);
    hold.setDrawerOpen(true, 0);
    EXPECT_FALSE(hold.holds(1));
}

TEST(OrderHold, AClockRunningBackwardsReleases)
{
    OrderHold hold;
    hold.pointerMoved(100 * kSecond);
    EXPECT_FALSE(hold.holds(50 * kSecond));
    EXPECT_EQ(hold.heldSeconds(50 * kSecond), 0);
}

TEST(HoldOrder, KeepsTheHeldOrderWithNewValues)
{
    RowPlan derived = planOf({3, 1, 2});
    derived.digests = {33, 11, 22};
    const RowPlan plan = holdOrder(planOf({1, 2, 3}), derived);
    EXPECT_THAT(plan.keys, ElementsAre(1, 2, 3));
    EXPECT_THAT(plan.digests, ElementsAre(11, 22, 33));
    EXPECT_THAT(plan.rows, ElementsAre(PlanRow{1}, PlanRow{2}, PlanRow{0}));
    EXPECT_EQ(plan.vanished, 0U);
}

TEST(HoldOrder, VanishedRowsStayMarkedAndNewOnesWait)
{
    const RowPlan held = planOf({1, 2, 3});
    const RowPlan derived = planOf({9, 3, 1});
    const RowPlan plan = holdOrder(held, derived);
    EXPECT_THAT(plan.keys, ElementsAre(1, 2, 3));
    EXPECT_TRUE(plan.rows[1].isVanished());
    EXPECT_EQ(plan.vanished, 1U);
    EXPECT_NE(plan.digests[1], held.digests[1]) << "the row must repaint once, greyed";
    EXPECT_EQ(waitingRows(held, derived), 1U);
    const RowPlan later = holdOrder(plan, derived);
    EXPECT_EQ(diffPlans(plan, later).kind, PlanDiff::Kind::None) << "and not again";
}

TEST(HoldOrder, AVanishedRowThatReturnsIsARowAgain)
{
    const RowPlan all = planOf({1, 2});
    const RowPlan gone = holdOrder(all, planOf({1}));
    ASSERT_TRUE(gone.rows[1].isVanished());
    const RowPlan back = holdOrder(gone, all);
    EXPECT_FALSE(back.rows[1].isVanished());
    EXPECT_EQ(back.digests, all.digests);
}

TEST(HoldOrder, GroupsKeepTheirPlaceAndEmptyOnesSayZero)
{
    RowPlan held;
    addGroup(held, 100, 1);
    held.rows.push_back({0});
    held.keys.push_back(1);
    held.digests.push_back(1);
    addGroup(held, 200, 3);
    RowPlan derived;
    addGroup(derived, 200, 4);
    const RowPlan plan = holdOrder(held, derived);
    EXPECT_THAT(plan.keys, ElementsAre(100, 1, 200));
    EXPECT_EQ(plan.groups[plan.rows[0].index()].shown, 0U);
    EXPECT_EQ(plan.groups[plan.rows[2].index()].shown, 4U);
    EXPECT_EQ(diffPlans(plan, holdOrder(plan, derived)).kind, PlanDiff::Kind::None);
}

TEST(HoldOrder, AWholeSourceLeavingIsShownAtOnce)
{
    std::vector<RowKey> keys(kMaxVanished + 2);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        keys[i] = i + 1;
    }
    EXPECT_EQ(holdOrder(planOf(keys), planOf({1})).keys.size(), 1U);
    keys.pop_back();
    EXPECT_EQ(holdOrder(planOf(keys), planOf({1})).vanished, kMaxVanished) << "up to there each is kept, greyed";
}

/// Distinct keys in any order.
std::vector<RowKey> someKeys()
{
    auto keys = *rc::gen::container<std::vector<RowKey>>(rc::gen::inRange<RowKey>(0, 60));
    std::set<RowKey> seen;
    std::erase_if(keys, [&seen](RowKey key) { return !seen.insert(key).second; });
    return keys;
}

TEST(HoldOrderProperty, OnlyValuesEverChange)
{
    EXPECT_TRUE(rc::check([] {
        const std::vector<RowKey> heldKeys = someKeys();
        const std::vector<RowKey> newKeys = someKeys();
        const RowPlan held = planOf(heldKeys);
        const RowPlan derived = planOf(newKeys);
        const RowPlan plan = holdOrder(held, derived);
        RC_ASSERT(plan.keys == held.keys);
        const std::set<RowKey> present(newKeys.begin(), newKeys.end());
        for (std::size_t row = 0; row < plan.rows.size(); ++row) {
            RC_ASSERT(plan.rows[row].isVanished() == !present.contains(plan.keys[row]));
            // Checked apart: the operands of RC_ASSERT are all evaluated, and a vanished row has no index.
            const bool fits = plan.rows[row].isVanished() || newKeys[plan.rows[row].index()] == plan.keys[row];
            RC_ASSERT(fits);
        }
        const PlanDiff::Kind kind = diffPlans(held, plan).kind;
        RC_ASSERT((kind == PlanDiff::Kind::None || kind == PlanDiff::Kind::Values));
    }));
}

} // namespace
} // namespace tracedeck
