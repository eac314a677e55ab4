// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/memory/growth.h"

#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <rapidcheck.h>

namespace tracedeck {
namespace {

std::vector<MemorySample> series(int count, const std::function<double(int)>& heap)
{
    std::vector<MemorySample> samples;
    samples.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        samples.push_back({heap(i), 2 * heap(i)});
    }
    return samples;
}

TEST(MemoryGrowth, FlatIsFlat)
{
    const MemoryGrowth growth = growthOf(series(100, [](int) { return 1e6; }));
    EXPECT_EQ(growth.kept, 70U);
    EXPECT_DOUBLE_EQ(growth.heapRatio, 1);
    EXPECT_DOUBLE_EQ(growth.residentRatio, 1);
    EXPECT_DOUBLE_EQ(growth.heapSlope, 0);
    EXPECT_EQ(growthProblem(growth, 1.05), "");
}

TEST(MemoryGrowth, WarmUpDoesNotCount)
{
    const auto samples = series(100, [](int i) { return i < 30 ? 1e6 + i * 1e6 : 31e6; });
    EXPECT_EQ(growthProblem(growthOf(samples), 1.05), "");
}

TEST(MemoryGrowth, ALeakIsSeenByItsRatio)
{
    const MemoryGrowth growth = growthOf(series(100, [](int i) { return 1e6 + i * 1e4; }));
    EXPECT_GT(growth.heapRatio, 1.3);
    EXPECT_NEAR(growth.heapSlope, 1e4, 1);
    EXPECT_NE(growthProblem(growth, 1.20).find("times"), std::string::npos);
}

TEST(MemoryGrowth, ALeakThatIsSmallBesideALargeHeapIsSeenByItsSlope)
{
    const MemoryGrowth growth = growthOf(series(100, [](int i) { return 1e9 + i * 1e5; }));
    EXPECT_LT(growth.heapRatio, 1.05);
    EXPECT_NE(growthProblem(growth, 1.05).find("a sample"), std::string::npos);
}

TEST(MemoryGrowth, ASpikeIsNoSlope)
{
    const MemoryGrowth growth = growthOf(series(100, [](int i) { return i == 95 ? 3e6 : 1e6; }));
    EXPECT_DOUBLE_EQ(growth.heapSlope, 0);
    EXPECT_EQ(growthProblem(growth, 1.20), "");
}

TEST(MemoryGrowth, AFewSamplesTellNothing)
{
    const MemoryGrowth growth = growthOf(series(11, [](int) { return 1e6; }));
    EXPECT_EQ(growth.kept, 8U);
    EXPECT_EQ(growthOf(series(10, [](int) { return 1e6; })).kept, 0U);
    EXPECT_EQ(growthOf({}).kept, 0U);
    EXPECT_NE(growthProblem(growthOf({}), 1.2), "");
}

TEST(MemoryGrowth, ScaleDoesNotChangeTheRatio)
{
    EXPECT_TRUE(rc::check("ratios are of no unit", [] {
        const auto heaps = *rc::gen::container<std::vector<int>>(40, rc::gen::inRange(1, 1000));
        const auto at = [&](int i) { return static_cast<double>(heaps[static_cast<std::size_t>(i)]); };
        const MemoryGrowth small = growthOf(series(40, at));
        const MemoryGrowth large = growthOf(series(40, [&](int i) { return at(i) * 1024; }));
        RC_ASSERT(std::abs(small.heapRatio - large.heapRatio) < 1e-9);
        RC_ASSERT(std::abs(small.heapSlope * 1024 - large.heapSlope) < 1e-6);
    }));
}

TEST(MemoryNow, SeesWhatTheProcessHolds)
{
    constexpr std::size_t kBytes = 8U << 20U;
    const MemorySample before = memoryNow();
    const auto block = std::make_unique<std::vector<char>>(kBytes, 'x');
    const MemorySample after = memoryNow();
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    EXPECT_GE(after.heapBytes - before.heapBytes, static_cast<double>(kBytes));
#endif
    EXPECT_GE(after.residentBytes - before.residentBytes, 0.9 * static_cast<double>(kBytes));
    EXPECT_EQ((*block)[kBytes / 2], 'x');
}

} // namespace
} // namespace tracedeck
