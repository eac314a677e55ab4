// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/engine_rates.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

EngineSample sample(std::uint64_t cpuNs, std::uint64_t rx, std::uint64_t read)
{
    EngineSample made;
    made.cpuNs = cpuNs;
    made.rxBytes = rx;
    made.txBytes = rx / 2;
    made.readBytes = read;
    made.writtenBytes = read * 3;
    return made;
}

} // namespace

TEST(EngineRatesTest, AreDifferencesPerSecond)
{
    const EngineRates rates =
        engineRates(sample(0, 1000, 10), 0, sample(3 * kSecond, 5000, 40), 2 * kSecond, EngineRates());
    EXPECT_FALSE(rates.pending);
    EXPECT_DOUBLE_EQ(rates.cpus.value(), 1.5) << "three CPU seconds in two";
    EXPECT_DOUBLE_EQ(rates.rxBytesPerSec.value(), 2000);
    EXPECT_DOUBLE_EQ(rates.txBytesPerSec.value(), 1000);
    EXPECT_DOUBLE_EQ(rates.readBytesPerSec.value(), 15);
    EXPECT_DOUBLE_EQ(rates.writeBytesPerSec.value(), 45);
}

TEST(EngineRatesTest, AnIdleContainerIsZeroNotUnknown)
{
    const EngineRates rates = engineRates(sample(5, 5, 5), 0, sample(5, 5, 5), kSecond, EngineRates());
    EXPECT_EQ(rates.cpus, 0.0);
    EXPECT_EQ(rates.rxBytesPerSec, 0.0);
}

TEST(EngineRatesTest, ACounterThatWentBackwardsHasNoRateTheOthersDo)
{
    EngineSample now = sample(2 * kSecond, 50, 100);
    const EngineRates rates = engineRates(sample(kSecond, 1000, 10), 0, now, kSecond, EngineRates());
    EXPECT_FALSE(rates.rxBytesPerSec.has_value()) << "the container started anew";
    EXPECT_EQ(rates.cpus, 1.0);
    EXPECT_EQ(rates.readBytesPerSec, 90.0);
    now.cpuNs.reset();
    EXPECT_FALSE(engineRates(sample(1, 1, 1), 0, now, kSecond, EngineRates()).cpus.has_value());
    EXPECT_FALSE(engineRates(EngineSample(), 0, now, kSecond, EngineRates()).readBytesPerSec.has_value());
}

TEST(EngineRatesTest, SamplesOutOfOrderOrTooFarApartWaitForTheNext)
{
    const EngineSample one = sample(1, 1, 1);
    const EngineSample two = sample(9, 9, 9);
    EXPECT_TRUE(engineRates(one, 5 * kSecond, two, 4 * kSecond, EngineRates()).pending);
    EXPECT_FALSE(engineRates(one, 0, two, 60 * kSecond, EngineRates()).pending) << "a minute is still fine";
    const EngineRates late = engineRates(one, 0, two, 60 * kSecond + 1, EngineRates());
    EXPECT_TRUE(late.pending);
    EXPECT_FALSE(late.cpus.has_value());
}

TEST(EngineRatesTest, TheSameMomentReadTwiceKeepsWhatWasKnown)
{
    EngineRates known;
    known.pending = false;
    known.cpus = 0.25;
    const EngineRates again = engineRates(sample(1, 1, 1), 7, sample(9, 9, 9), 7, known);
    EXPECT_EQ(again.cpus, 0.25);
    EXPECT_FALSE(again.pending);
}

RC_GTEST_PROP(EngineRatesProperty, areNeverNegativeAndGrowWithTheCounter, ())
{
    const auto before = *rc::gen::inRange<std::uint64_t>(0, 1'000'000);
    const auto more = *rc::gen::inRange<std::uint64_t>(0, 1'000'000);
    const auto elapsed = *rc::gen::inRange<std::int64_t>(1, 60 * kSecond);
    const EngineRates rates = engineRates(sample(before, before, before), 0,
                                          sample(before + more, before + more, before + more), elapsed, {});
    RC_ASSERT(rates.rxBytesPerSec.has_value());
    RC_ASSERT(*rates.rxBytesPerSec >= 0);
    const double back = *rates.readBytesPerSec * static_cast<double>(elapsed) / 1e9;
    RC_ASSERT(std::abs(back - static_cast<double>(more)) < 1e-3);
}
