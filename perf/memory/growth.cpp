// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/memory/growth.h"

#include <fmt/format.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <fstream>

namespace tracedeck {
namespace {

constexpr std::size_t kFewestSamples = 8;
constexpr double kWarmUp = 0.3;
constexpr double kMostGrowthBytes = 5e6;

double meanOf(const std::vector<MemorySample>& samples, std::size_t from, std::size_t count,
              double MemorySample::*field)
{
    double sum = 0;
    for (std::size_t i = from; i < from + count; ++i) {
        sum += samples[i].*field;
    }
    return sum / static_cast<double>(count);
}

double ratioOf(const std::vector<MemorySample>& samples, double MemorySample::*field)
{
    const std::size_t quarter = samples.size() / 4;
    const double first = meanOf(samples, 0, quarter, field);
    const double last = meanOf(samples, samples.size() - quarter, quarter, field);
    return first > 0 ? last / first : 1;
}

double heapSlopeOf(const std::vector<MemorySample>& samples)
{
    std::vector<double> slopes;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        for (std::size_t j = i + 1; j < samples.size(); ++j) {
            slopes.push_back((samples[j].heapBytes - samples[i].heapBytes) / static_cast<double>(j - i));
        }
    }
    const auto middle = slopes.begin() + static_cast<std::ptrdiff_t>(slopes.size() / 2);
    std::nth_element(slopes.begin(), middle, slopes.end());
    return *middle;
}

} // namespace

MemorySample memoryNow()
{
    malloc_trim(0);
    const struct mallinfo2 heap = mallinfo2();
    double total = 0;
    double resident = 0;
    std::ifstream("/proc/self/statm") >> total >> resident;
    return {static_cast<double>(heap.uordblks + heap.hblkhd), resident * static_cast<double>(sysconf(_SC_PAGESIZE))};
}

MemoryGrowth growthOf(const std::vector<MemorySample>& samples)
{
    MemoryGrowth growth;
    const auto warm = static_cast<std::size_t>(kWarmUp * static_cast<double>(samples.size()));
    const std::vector<MemorySample> kept(samples.begin() + static_cast<std::ptrdiff_t>(warm), samples.end());
    if (kept.size() < kFewestSamples) {
        return growth;
    }
    growth.kept = kept.size();
    growth.heapRatio = ratioOf(kept, &MemorySample::heapBytes);
    growth.residentRatio = ratioOf(kept, &MemorySample::residentBytes);
    growth.heapSlope = heapSlopeOf(kept);
    return growth;
}

std::string growthProblem(const MemoryGrowth& growth, double mostRatio)
{
    if (growth.kept == 0) {
        return "too few samples to tell";
    }
    if (growth.heapRatio > mostRatio) {
        return fmt::format("the heap grew to {:.2f} times what it was, {:.2f} is allowed", growth.heapRatio, mostRatio);
    }
    const double ahead = growth.heapSlope * static_cast<double>(growth.kept);
    if (ahead > kMostGrowthBytes) {
        return fmt::format("the heap grows by {:.0f} bytes a sample, {:.1f} MB over a run as long as this one",
                           growth.heapSlope, ahead / 1e6);
    }
    return {};
}

} // namespace tracedeck
