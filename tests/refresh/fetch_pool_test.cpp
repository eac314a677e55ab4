// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/fetch_pool.h"

#include "refresh/refresh_clock.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <gtest/gtest.h>
#include <mutex>
#include <thread>
#include <vector>

namespace tracedeck {
namespace {

/// Lets threads wait for each other by name of a step.
class Gate {
public:
    void open()
    {
        const std::lock_guard lock(m_mutex); // who passes may end the gate: it must not be told afterwards
        m_open = true;
        m_changed.notify_all();
    }
    void pass()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_open; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_open = false;
};

TEST(FetchPool, RunsEverythingOnOtherThreads)
{
    FetchPool pool(3);
    std::atomic<int> count{0};
    std::atomic<bool> elsewhere{true};
    Gate done;
    const auto here = std::this_thread::get_id();
    for (int i = 0; i < 500; ++i) {
        pool.run([&, here] {
            elsewhere = elsewhere && std::this_thread::get_id() != here;
            if (++count == 500) {
                done.open();
            }
        });
    }
    done.pass();
    EXPECT_TRUE(elsewhere);
    EXPECT_TRUE(pool.stop(std::chrono::seconds(20)));
}

TEST(FetchPool, OneThreadKeepsTheOrder)
{
    FetchPool pool(1);
    std::vector<int> order;
    Gate done;
    for (int i = 0; i < 100; ++i) {
        pool.run([&, i] { order.push_back(i); });
    }
    pool.run([&] { done.open(); });
    done.pass();
    ASSERT_EQ(order.size(), 100U);
    EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST(FetchPool, AStuckPieceOfWorkLeavesTheOtherThreads)
{
    FetchPool pool(2);
    Gate stuck;
    Gate other;
    pool.run([&] { stuck.pass(); });
    pool.run([&] { other.open(); });
    other.pass();
    stuck.open();
    EXPECT_TRUE(pool.stop(std::chrono::seconds(20)));
}

TEST(FetchPool, StopDropsWhatHasNotBegunAndGivesUpWhenStuck)
{
    Gate begun;
    auto stuck = std::make_shared<Gate>();
    auto ended = std::make_shared<Gate>();
    std::atomic<bool> second{false};
    {
        FetchPool pool(1);
        pool.run([&begun, stuck, ended] {
            begun.open();
            stuck->pass();
            ended->open();
        });
        pool.run([&second] { second = true; });
        begun.pass();
        EXPECT_FALSE(pool.stop(std::chrono::milliseconds(0)));
        pool.run([&second] { second = true; });
        stuck->open();
    }
    ended->pass();
    EXPECT_FALSE(second);
}

TEST(FetchPool, WorkMayGiveMoreWork)
{
    FetchPool pool(2);
    Gate done;
    std::function<void(int)> again = [&](int left) {
        if (left == 0) {
            done.open();
            return;
        }
        pool.run([&again, left] { again(left - 1); });
    };
    again(50);
    done.pass();
    EXPECT_TRUE(pool.stop(std::chrono::seconds(20)));
}

TEST(SystemRefreshClock, TheAlarmComesNotBeforeItsTimeAndOnAnotherThread)
{
    SystemRefreshClock clock;
    Gate rang;
    std::atomic<std::int64_t> at{0};
    std::thread::id thread;
    clock.onWake([&] {
        at = clock.monotonicNs();
        thread = std::this_thread::get_id();
        rang.open();
    });
    const std::int64_t wanted = clock.monotonicNs() + 3'000'000;
    clock.wakeAt(wanted);
    rang.pass();
    clock.stop();
    EXPECT_GE(at, wanted);
    EXPECT_NE(thread, std::this_thread::get_id());
    EXPECT_GT(clock.wallNs(), 1'000'000'000'000'000'000);
}

TEST(SystemRefreshClock, ANewAlarmReplacesTheOldAndMayBeSetFromInside)
{
    SystemRefreshClock clock;
    Gate rang;
    std::atomic<int> count{0};
    clock.onWake([&] {
        if (++count == 3) {
            rang.open();
        } else {
            clock.wakeAt(clock.monotonicNs());
        }
    });
    clock.wakeAt(clock.monotonicNs() + std::int64_t{3600} * 1'000'000'000);
    clock.wakeAt(clock.monotonicNs() - 5);
    rang.pass();
    clock.wakeAt(std::nullopt);
    clock.stop();
    clock.stop();
    clock.wakeAt(0);
    EXPECT_EQ(count, 3);
}

} // namespace
} // namespace tracedeck
