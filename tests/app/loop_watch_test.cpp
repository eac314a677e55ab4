// SPDX-License-Identifier: GPL-3.0-or-later
// How long the event loop is busy, and what is said when it was busy too long.
#include "app/loop_watch.h"
#include "app/stage_scope.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QWidget>
#include <gtest/gtest.h>
#include <numeric>
#include <rapidcheck/gtest.h>
#include <thread>

using namespace tracedeck;

namespace {

constexpr std::chrono::milliseconds kLong{60}; ///< over the limit

class LoopWatchTest : public testing::Test {
protected:
    /// Turns of a real loop, as exec() makes them, of which one does `work`.
    void turn(const std::function<void()>& work)
    {
        for (const auto& part : {work, std::function<void()>([] {})}) { // the second begins by ending the first
            QTimer timer;
            timer.setSingleShot(true);
            QObject::connect(&timer, &QTimer::timeout, &m_owner, part);
            QSignalSpy done(&timer, &QTimer::timeout);
            timer.start(0);
            ASSERT_TRUE(done.wait());
        }
    }

    QObject m_owner;
    std::vector<Stall> m_told;
    LoopWatch m_watch{[this](const Stall& stall) { m_told.push_back(stall); }};
};

} // namespace

TEST_F(LoopWatchTest, ATurnIsAsLongAsItsWork)
{
    turn([] { std::this_thread::sleep_for(std::chrono::milliseconds(5)); });
    EXPECT_GE(m_watch.turns().longestNs(), 5'000'000);
    EXPECT_EQ(m_watch.frames().count(), 0U) << "nothing was painted";
}

TEST_F(LoopWatchTest, AStallNamesTheStageThatTookLongest)
{
    turn([] {
        {
            const StageScope shorter(nullptr, Stage::Diff, 0, 7);
        }
        const StageScope scope(nullptr, Stage::Apply, 0, 500'000);
        std::this_thread::sleep_for(kLong);
    });
    ASSERT_FALSE(m_told.empty());
    EXPECT_EQ(m_watch.stalls(), m_told.size());
    const Stall& stall = m_told.front();
    EXPECT_EQ(stall.stage, "apply");
    EXPECT_EQ(stall.stageRows, 500'000U);
    EXPECT_GE(stall.wallNs, stall.stageNs);
    EXPECT_GE(stall.stageNs, 60'000'000);
    EXPECT_LT(stall.cpuNs, stall.wallNs) << "it slept: not its own work";
}

TEST_F(LoopWatchTest, WithoutAStageTheLongestEventIsNamed)
{
    turn([] { std::this_thread::sleep_for(kLong); });
    ASSERT_FALSE(m_told.empty());
    EXPECT_EQ(m_told.front().stage, "");
    EXPECT_NE(m_told.front().event.find(" to Q"), std::string::npos) << m_told.front().event;
    EXPECT_GE(m_told.front().eventNs, 60'000'000);
    turn([] {}); // the stage of an earlier turn is not the cause of a later one
    EXPECT_EQ(m_told.front().stage, "");
}

TEST_F(LoopWatchTest, FramesAreTurnsThatPaint)
{
    QWidget widget;
    widget.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&widget));
    const std::uint64_t before = m_watch.frames().count();
    turn([&] { widget.repaint(); });
    EXPECT_GT(m_watch.frames().count(), before);
}

TEST(TurnStatisticsTest, KnowsNothingBeforeTheFirstTurn)
{
    const TurnStatistics none;
    EXPECT_EQ(none.percentileNs(99), std::nullopt);
    EXPECT_EQ(none.longestNs(), 0);
}

TEST(TurnStatisticsTest, PercentilesAreNearestRankOfTheNewest)
{
    TurnStatistics turns;
    for (std::int64_t ns = 1; ns <= 100; ++ns) {
        turns.add(ns);
    }
    EXPECT_EQ(turns.percentileNs(50), 50);
    EXPECT_EQ(turns.percentileNs(99), 99);
    EXPECT_EQ(turns.percentileNs(100), 100);
    for (std::size_t i = 0; i < TurnStatistics::kWindow; ++i) {
        turns.add(7);
    }
    EXPECT_EQ(turns.percentileNs(100), 7) << "the older ones left the window";
    EXPECT_EQ(turns.longestNs(), 100);
    EXPECT_EQ(turns.count(), 100U + TurnStatistics::kWindow);
}

RC_GTEST_PROP(TurnStatisticsProperty, APercentileIsOneOfTheTurnsAndGrowsWithItsRank, ())
{
    const auto values = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange(0, 1000)));
    TurnStatistics turns;
    for (const std::int64_t ns : values) {
        turns.add(ns);
    }
    std::int64_t last = -1;
    for (std::size_t percent = 1; percent <= 100; ++percent) {
        const std::int64_t at = *turns.percentileNs(percent);
        RC_ASSERT((std::find(values.begin(), values.end(), at) != values.end()));
        RC_ASSERT(at >= last);
        last = at;
    }
}

TEST(StallLogTest, SaysWhatIsKnown)
{
    Stall stall;
    stall.wallNs = 83'000'000;
    stall.cpuNs = 61'000'000;
    EXPECT_EQ(stallText(stall), "The window stood still for 83 ms, 61 ms of them at work: no stage of a refresh ran");
    stall.event = "Paint to QWidget";
    stall.eventNs = 40'000'000;
    EXPECT_EQ(stallText(stall),
              "The window stood still for 83 ms, 61 ms of them at work: no stage of a refresh ran; "
              "longest was Paint to QWidget, 40 ms");
    stall.stage = "apply";
    stall.stageNs = 58'000'000;
    stall.stageRows = 500'000;
    EXPECT_EQ(stallText(stall),
              "The window stood still for 83 ms, 61 ms of them at work: apply of 500,000 rows took 58 ms");
}

TEST(StallLogTest, ManyStallsAreOneLineASecond)
{
    StallLog log;
    const Stall stall;
    EXPECT_TRUE(log.line(stall, 5).has_value());
    EXPECT_FALSE(log.line(stall, 6).has_value());
    EXPECT_FALSE(log.line(stall, 1'000'000'004).has_value());
    const auto line = log.line(stall, 1'000'000'005);
    ASSERT_TRUE(line.has_value());
    EXPECT_NE(line->find("the last of 3"), std::string::npos) << *line;
}
