// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo_noise.h"
#include "sources/demo_shape.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace tracedeck {
namespace {

constexpr std::int64_t kFlapEvery = 240; // steps: 20 minutes
constexpr std::int64_t kFlapFor = 36;
constexpr std::int64_t kRestartEvery = 48; // 4 minutes
constexpr std::int64_t kRestartFor = 4;
constexpr std::int64_t kMemoryEvery = 360; // 30 minutes
constexpr std::int64_t kMemoryFor = 6;

/// Where a step stands in a cycle of a row, and how many cycles are behind it.
struct Cycle {
    std::int64_t position = 0;
    std::int64_t number = 0;
    std::int64_t startStep = 0;
};

Cycle cycleAt(const DemoShape& shape, std::int64_t step, std::int64_t length)
{
    const auto phase = static_cast<std::int64_t>(demoHash(shape.stream, 77) % static_cast<std::uint64_t>(length));
    const std::int64_t shifted = step + phase;
    return {shifted % length, shifted / length, step - shifted % length};
}

double rounded(double value)
{
    return std::round(value * 100) / 100;
}

/// A level and how it wanders: between a third and three times the level, most of the time near it.
double wandering(double level, std::uint64_t stream, std::int64_t step)
{
    return level * std::exp((demoWalk(stream, step) - 0.5) * 2.2);
}

double percentAround(double level, double swing, std::uint64_t stream, std::int64_t step)
{
    // Octaves added up stay near their middle; twice the distance from it gives a course worth looking at.
    const double away = std::clamp((demoWalk(stream, step) - 0.5) * 2, -1.0, 1.0);
    return std::clamp(level + away * swing, 0.3, 99.7);
}

/// Rates come as whole bytes; quiet rows send nothing at all for a while.
std::optional<double> rateOf(double level, std::uint64_t stream, std::int64_t step)
{
    if (level < 0) {
        return std::nullopt;
    }
    const double value = wandering(level, stream, step);
    return value < 200 ? 0.0 : std::round(value);
}

void fillRates(DemoSample& sample, const DemoShape& shape, std::int64_t step)
{
    const double network = shape.fault == DemoFault::Outlier ? shape.networkLevel * 60.0 : shape.networkLevel;
    sample.rxBytesPerSec = rateOf(network * 0.6, shape.stream + 3, step);
    sample.txBytesPerSec = rateOf(network * 0.4, shape.stream + 4, step);
    sample.readBytesPerSec = rateOf(shape.diskIoLevel * 0.3, shape.stream + 5, step);
    sample.writeBytesPerSec = rateOf(shape.diskIoLevel * 0.7, shape.stream + 6, step);
}

void fillPercentages(DemoSample& sample, const DemoShape& shape, std::int64_t step)
{
    const double cpuLevel = shape.fault == DemoFault::Hot ? 91 : shape.cpuLevel;
    sample.cpuPercent = rounded(percentAround(cpuLevel, 10 + cpuLevel * 0.7, shape.stream, step));
    double memory = percentAround(shape.memoryLevel, 12, shape.stream + 1, step);
    if (shape.fault == DemoFault::OutOfMemory) {
        const Cycle cycle = cycleAt(shape, step, kMemoryEvery);
        memory = 35 + 64.5 * static_cast<double>(cycle.position) / static_cast<double>(kMemoryEvery);
    }
    sample.memoryPercent = rounded(memory);
    if (shape.diskLevel >= 0) {
        const double disk = shape.fault == DemoFault::DiskFull ? 96 : shape.diskLevel;
        // Disks fill slowly: the walk of a row a hundred times slower than itself.
        sample.diskPercent = rounded(percentAround(disk, 3, shape.stream + 2, step / 100));
    }
}

/// Power state, start and restarts of a row that comes and goes.
void fillRun(DemoSample& sample, const DemoShape& shape, std::int64_t step)
{
    sample.startedAtNs = shape.startedAtNs;
    const bool memory = shape.fault == DemoFault::OutOfMemory;
    if (memory || shape.fault == DemoFault::Restarting) {
        const Cycle cycle = cycleAt(shape, step, memory ? kMemoryEvery : kRestartEvery);
        const std::int64_t away = memory ? kMemoryFor : kRestartFor;
        sample.power = cycle.position < away ? DemoPower::Stopped : DemoPower::Degraded;
        sample.restarts = cycle.number % 200;
        sample.startedAtNs = (cycle.startStep + away) * kDemoStepNs;
        if (memory && cycle.position > kMemoryEvery / 4) {
            sample.power = DemoPower::Running; // nothing is wrong yet, but the history shows where it goes
        }
    }
    if (shape.fault == DemoFault::HealthCheck) {
        sample.power = DemoPower::Degraded;
    }
    if (shape.fault == DemoFault::Stopped) {
        sample.power = DemoPower::Stopped;
    }
}

} // namespace

bool demoHostDown(const DemoShape& host, std::int64_t step)
{
    return host.fault == DemoFault::Down
        || (host.fault == DemoFault::Flapping && cycleAt(host, step, kFlapEvery).position < kFlapFor);
}

DemoSample demoSample(const DemoShape& shape, std::int64_t step, bool hostDown)
{
    DemoSample sample;
    if (hostDown) {
        sample.power = DemoPower::NoContact;
        return sample;
    }
    fillRun(sample, shape, step);
    if (sample.power == DemoPower::Stopped) {
        sample.startedAtNs.reset();
        return sample;
    }
    fillPercentages(sample, shape, step);
    fillRates(sample, shape, step);
    return sample;
}

std::int64_t demoReportStep(const DemoShape& shape, std::int64_t step, std::size_t rows)
{
    constexpr std::size_t kLively = 1'000;
    constexpr std::int64_t kLivelyPeriod = 3;
    constexpr std::size_t kStepsPerMinute = 12;
    constexpr std::size_t kChangesPerMinute = 500;
    const std::int64_t period = rows <= kLively
        ? kLivelyPeriod
        : std::max(kLivelyPeriod, static_cast<std::int64_t>(rows * kStepsPerMinute / kChangesPerMinute));
    const auto phase = static_cast<std::int64_t>(demoHash(shape.stream, 78) % static_cast<std::uint64_t>(period));
    return step - (step + phase) % period;
}

} // namespace tracedeck
