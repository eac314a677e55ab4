// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/plan_memo.h"
#include "selectors/row_plan.h"

#include <gtest/gtest.h>
#include <string>

namespace tracedeck {
namespace {

using Snapshot = std::shared_ptr<const int>;
using Plan = std::shared_ptr<const RowPlan>;
using Memo = PlanMemo<std::string, Plan>;

class PlanMemoTest : public testing::Test {
protected:
    Plan ask(Memo& memo, const Snapshot& snapshot, const std::string& query)
    {
        return memo.answerFor(snapshot, query, [this] {
            ++m_derived;
            RowPlan plan;
            plan.total = static_cast<std::uint32_t>(m_derived);
            return std::make_shared<const RowPlan>(plan);
        });
    }
    int m_derived = 0;
    Snapshot m_first = std::make_shared<const int>(1);
    Snapshot m_equalButOther = std::make_shared<const int>(1);
};

TEST_F(PlanMemoTest, TheSameQuestionIsAnsweredFromMemory)
{
    Memo memo;
    const auto plan = ask(memo, m_first, "cpu");
    EXPECT_EQ(ask(memo, m_first, "cpu"), plan);
    EXPECT_EQ(m_derived, 1);
    EXPECT_EQ(memo.counts().hits, 1U);
    EXPECT_EQ(memo.counts().misses, 1U);
}

TEST_F(PlanMemoTest, AnotherSnapshotOrQueryDerivesAnew)
{
    Memo memo;
    (void)ask(memo, m_first, "cpu");
    EXPECT_EQ(ask(memo, m_equalButOther, "cpu")->total, 2U);
    EXPECT_EQ(ask(memo, m_equalButOther, "memory")->total, 3U);
}

TEST_F(PlanMemoTest, GoingBackAndForthBetweenTwoQueriesIsFree)
{
    Memo memo;
    for (int i = 0; i < 5; ++i) {
        (void)ask(memo, m_first, "a");
        (void)ask(memo, m_first, "b");
    }
    EXPECT_EQ(m_derived, 2);
    (void)ask(memo, m_first, "c"); // pushes out "a", the older one
    (void)ask(memo, m_first, "b");
    EXPECT_EQ(m_derived, 3);
    (void)ask(memo, m_first, "a");
    EXPECT_EQ(m_derived, 4);
}

TEST_F(PlanMemoTest, ARememberedSnapshotStaysAliveUntilCleared)
{
    Memo memo;
    auto snapshot = std::make_shared<const int>(7);
    const std::weak_ptr<const int> watch = snapshot;
    (void)ask(memo, snapshot, "q");
    snapshot.reset();
    EXPECT_FALSE(watch.expired());
    memo.clear();
    EXPECT_TRUE(watch.expired());
}

TEST_F(PlanMemoTest, AnotherSnapshotLetsTheOldOneGo)
{
    Memo memo;
    auto snapshot = std::make_shared<const int>(7);
    const std::weak_ptr<const int> watch = snapshot;
    (void)ask(memo, snapshot, "a");
    (void)ask(memo, snapshot, "b");
    snapshot.reset();
    (void)ask(memo, m_first, "a");
    EXPECT_TRUE(watch.expired()) << "a table of a million rows is not held for a question of the past";
    EXPECT_EQ(m_derived, 3);
}

TEST_F(PlanMemoTest, SwitchedOffItAnswersTheSameButDerivesEveryTime)
{
    Memo memo;
    performanceSwitches().queryCache = false;
    EXPECT_NE(ask(memo, m_first, "q"), nullptr);
    EXPECT_NE(ask(memo, m_first, "q"), nullptr);
    performanceSwitches().queryCache = true;
    EXPECT_EQ(m_derived, 2);
    EXPECT_EQ(memo.counts().hits, 0U);
}

} // namespace
} // namespace tracedeck
