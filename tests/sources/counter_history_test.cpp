// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/counter_history.h"

#include <gtest/gtest.h>

namespace tracedeck {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

CounterReading cpu(std::uint64_t value)
{
    CounterReading reading;
    reading[static_cast<std::size_t>(Counter::Cpu)] = value;
    return reading;
}

class CounterHistoryTest : public testing::Test {
protected:
    CounterRates round(double atSec, std::uint64_t value)
    {
        m_history.beginRound(static_cast<std::int64_t>(atSec * 1e9) + kSecond);
        return m_history.advance(7, cpu(value));
    }
    CounterHistory m_history{std::chrono::seconds(5)};
};

TEST_F(CounterHistoryTest, TheFirstReadingIsPendingTheSecondARate)
{
    const CounterRates first = round(0, 100);
    EXPECT_TRUE(first.pending);
    EXPECT_FALSE(first.at(Counter::Cpu));
    const CounterRates second = round(5, 600);
    EXPECT_FALSE(second.pending);
    EXPECT_DOUBLE_EQ(*second.at(Counter::Cpu), 100.0);
    EXPECT_FALSE(second.at(Counter::Read));
}

TEST_F(CounterHistoryTest, BackwardsCountersGiveNoRateOnce)
{
    (void)round(0, 100);
    const CounterRates back = round(5, 50);
    EXPECT_TRUE(back.pending);
    EXPECT_FALSE(back.at(Counter::Cpu));
    EXPECT_DOUBLE_EQ(*round(10, 60).at(Counter::Cpu), 2.0);
}

TEST_F(CounterHistoryTest, GapsAndBackwardsTimeGiveNoRate)
{
    (void)round(0, 100);
    EXPECT_FALSE(round(15.1, 200).at(Counter::Cpu));
    EXPECT_FALSE(round(10, 300).at(Counter::Cpu));
    EXPECT_FALSE(round(10, 300).at(Counter::Cpu));
    EXPECT_FALSE(m_history.elapsedSeconds());
    EXPECT_DOUBLE_EQ(*round(10.25, 400).at(Counter::Cpu), 400.0);
}

TEST_F(CounterHistoryTest, RowsThatMissARoundStartAgain)
{
    (void)round(0, 100);
    m_history.beginRound(6 * kSecond);
    EXPECT_FALSE(round(10, 200).at(Counter::Cpu));
}

TEST_F(CounterHistoryTest, OfTwoReadingsOfAKeyTheFirstStays)
{
    (void)round(0, 100);
    (void)m_history.advance(7, cpu(999));
    EXPECT_DOUBLE_EQ(*round(1, 200).at(Counter::Cpu), 100.0);
}

} // namespace
} // namespace tracedeck
