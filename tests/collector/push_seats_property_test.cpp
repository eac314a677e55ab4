// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/push_seats.h"

#include <atomic>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck.h>
#include <thread>
#include <vector>

namespace tracedeck::test {
namespace {

constexpr std::size_t kPerToken = 3;
constexpr std::size_t kTotal = 7;

TEST(PushSeatsProperty, AgreesWithCountingThem)
{
    EXPECT_TRUE(rc::check("seats", [] {
        PushSeats seats(kPerToken, kTotal);
        std::map<std::size_t, std::vector<PushSeats::Seat>> held;
        std::size_t taken = 0;
        const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 8));
        for (const int step : steps) {
            const auto token = static_cast<std::size_t>(step % 4);
            auto& mine = held[token];
            if (step >= 4 && !mine.empty()) {
                mine.pop_back();
                --taken;
            } else {
                const Result<PushSeats::Seat> seat = seats.take(token);
                RC_ASSERT(seat.ok() == (mine.size() < kPerToken && taken < kTotal));
                if (seat.ok()) {
                    mine.push_back(*seat);
                    ++taken;
                } else {
                    RC_ASSERT(seat.error().code == ErrorCode::Busy);
                    RC_ASSERT(seat.error().retryable);
                    const bool own = seat.error().what.find("this token") != std::string::npos;
                    RC_ASSERT(own == (mine.size() >= kPerToken)); // the nearer limit is named
                }
            }
            RC_ASSERT(seats.taken() == taken);
        }
    }));
}

TEST(PushSeatsProperty, ThreadsNeverGetMoreThanThereAreAndAllComeBack)
{
    PushSeats seats(kTotal, kTotal);
    std::vector<std::thread> threads;
    std::atomic<std::size_t> inUse{0};
    std::atomic<std::size_t> most{0};
    for (std::size_t token = 0; token < 4; ++token) {
        threads.emplace_back([&, token] {
            for (int round = 0; round < 2'000; ++round) {
                const Result<PushSeats::Seat> seat = seats.take(token);
                if (!seat.ok()) {
                    continue;
                }
                const std::size_t now = ++inUse;
                std::size_t known = most.load();
                while (now > known && !most.compare_exchange_weak(known, now)) { }
                --inUse;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_LE(most.load(), kTotal);
    EXPECT_GE(most.load(), 1U);
    EXPECT_EQ(seats.taken(), 0U);
}

} // namespace
} // namespace tracedeck::test
