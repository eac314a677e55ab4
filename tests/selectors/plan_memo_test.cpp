// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/plan_memo.h"

#include <gtest/gtest.h>
#include <string>

namespace tracedeck {
namespace {

using Snapshot = std::shared_ptr<const int>;

class PlanMemoTest : public testing::Test {
protected:
    PlanMemo<std::string>::Plan ask(PlanMemo<std::string>& memo, const Snapshot& snapshot, const std::string& query)
    {
        return memo.planFor(snapshot, query, [this] {
            ++m_derived;
            RowPlan plan;
            plan.total = static_cast<std::uint32_t>(m_derived);
            return plan;
        });
    }
    int m_derived = 0;
    Snapshot m_first = std::make_shared<const int>(1);
    Snapshot m_equalButOther = std::make_shared<const int>(1);
};

TEST_F(PlanMemoTest, TheSameQuestionIsAnsweredFromMemory)
{
    PlanMemo<std::string> memo;
    const auto plan = ask(memo, m_first, "cpu");
    EXPECT_EQ(ask(memo, m_first, "cpu"), plan);
    EXPECT_EQ(m_derived, 1);
    EXPECT_EQ(memo.counts().hits, 1U);
    EXPECT_EQ(memo.counts().misses, 1U);
}

TEST_F(PlanMemoTest, AnotherSnapshotOrQueryDerivesAnew)
{
    PlanMemo<std::string> memo;
    (void)ask(memo, m_first, "cpu");
    EXPECT_EQ(ask(memo, m_equalButOther, "cpu")->total, 2U);
    EXPECT_EQ(ask(memo, m_equalButOther, "memory")->total, 3U);
}

TEST_F(PlanMemoTest, GoingBackAndForthBetweenTwoQueriesIsFree)
{
    PlanMemo<std::string> memo;
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
    PlanMemo<std::string> memo;
    auto snapshot = std::make_shared<const int>(7);
    const std::weak_ptr<const int> watch = snapshot;
    (void)ask(memo, snapshot, "q");
    snapshot.reset();
    EXPECT_FALSE(watch.expired());
    memo.clear();
    EXPECT_TRUE(watch.expired());
}

TEST_F(PlanMemoTest, SwitchedOffItAnswersTheSameButDerivesEveryTime)
{
    PlanMemo<std::string> memo(false);
    EXPECT_NE(ask(memo, m_first, "q"), nullptr);
    EXPECT_NE(ask(memo, m_first, "q"), nullptr);
    EXPECT_EQ(m_derived, 2);
    EXPECT_EQ(memo.counts().hits, 0U);
}

} // namespace
} // namespace tracedeck
