// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <thread>

namespace tracedeck::test {
namespace {

TEST(WorkerPool, RunsEveryJobItTook)
{
    std::atomic<int> ran{0};
    std::promise<void> all;
    {
        WorkerPool pool(3, 1000);
        for (int i = 0; i < 500; ++i)
            ASSERT_TRUE(pool.post([&] {
                if (++ran == 500)
                    all.set_value();
            }));
        all.get_future().wait();
    }
    EXPECT_EQ(ran, 500);
}

TEST(WorkerPool, RefusesWhatDoesNotFitAndTakesAgainLater)
{
    WorkerPool pool(1, 2);
    std::promise<void> started;
    std::promise<void> release;
    std::promise<void> last;
    ASSERT_TRUE(pool.post([&] {
        started.set_value();
        release.get_future().wait();
    }));
    started.get_future().wait();
    EXPECT_TRUE(pool.post([] {}));
    EXPECT_TRUE(pool.post([&] { last.set_value(); }));
    EXPECT_FALSE(pool.post([] {}));
    release.set_value();
    last.get_future().wait();
    std::promise<void> again;
    EXPECT_TRUE(pool.post([&] { again.set_value(); }));
    again.get_future().wait();
}

TEST(WorkerPool, StopFinishesWhatRunsAndDropsWhatWaits)
{
    WorkerPool pool(1, 100'000'000); // never full: a refused job means that the stop has begun
    std::promise<void> started;
    std::promise<void> release;
    std::atomic<bool> finished{false};
    ASSERT_TRUE(pool.post([&] {
        started.set_value();
        release.get_future().wait();
        finished = true;
    }));
    started.get_future().wait();
    const auto held = std::make_shared<int>(1);
    std::atomic<bool> waitingRan{false};
    ASSERT_TRUE(pool.post([&waitingRan, held] { waitingRan = true; }));
    EXPECT_EQ(held.use_count(), 2);
    auto stopping = std::async(std::launch::async, [&] { pool.stop(); });
    while (pool.post([] {}))
        std::this_thread::yield();
    release.set_value();
    stopping.get();
    EXPECT_TRUE(finished);
    EXPECT_FALSE(waitingRan);
    EXPECT_EQ(held.use_count(), 1); // what a dropped job held is free
    EXPECT_FALSE(pool.post([] {}));
    pool.stop(); // twice is fine
}

} // namespace
} // namespace tracedeck::test
