// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace tracedeck {

/// What is wrong with a row of the demo fleet.
enum class DemoFault : std::uint8_t {
    None,
    Down, ///< hosts: no contact, for good; their workloads are unknown
    Flapping, ///< hosts: no contact for 3 minutes of every 20
    Stopped, ///< workloads: stopped by somebody
    Restarting, ///< exits and starts again every 4 minutes
    OutOfMemory, ///< memory climbs to its limit within 30 minutes, then the kernel ends it
    HealthCheck, ///< runs, but its check fails
    Hot, ///< CPU near its limit
    DiskFull,
    Outlier, ///< network rate far above all others
    StaleAgent ///< hosts: the part of the source behind it stopped answering
};

enum class DemoKind : std::uint8_t { Host, Guest, Container, Pod, Service };

/// The fixed facts that a demo row's numbers follow from.
struct DemoShape {
    std::uint64_t stream = 0; ///< names its random numbers
    std::uint32_t host = 0; ///< workloads: row of their host
    DemoKind kind = DemoKind::Host;
    DemoFault fault = DemoFault::None;
    std::uint16_t cpus = 1;
    float cpuLevel = 0; ///< percent around which the value wanders
    float memoryLevel = 0;
    float diskLevel = -1; ///< below 0 = not reported
    float networkLevel = 0; ///< bytes per second; below 0 = not reported
    float diskIoLevel = 0;
    std::int64_t memoryBytes = 0; ///< of the machine or the limit
    std::int64_t diskBytes = 0;
    std::int64_t startedAtNs = 0; ///< at the anchor, before any restart
};

enum class DemoPower : std::uint8_t { Running, Degraded, Stopped, NoContact };

/// One row at one moment. Percentages 0-100, rates bytes per second; unset = not reported.
struct DemoSample {
    DemoPower power = DemoPower::Running;
    std::optional<double> cpuPercent{};
    std::optional<double> memoryPercent{};
    std::optional<double> diskPercent{};
    std::optional<double> rxBytesPerSec{};
    std::optional<double> txBytesPerSec{};
    std::optional<double> readBytesPerSec{};
    std::optional<double> writeBytesPerSec{};
    std::optional<std::int64_t> startedAtNs{};
    std::int64_t restarts = 0;
};

inline constexpr std::int64_t kDemoStepNs = 5'000'000'000;

/// A row at a step (time / kDemoStepNs). Pure: no state, any order. `hostDown` = its host cannot be reached.
[[nodiscard]] DemoSample demoSample(const DemoShape& shape, std::int64_t step, bool hostDown);
/// Whether a host cannot be reached at that step.
[[nodiscard]] bool demoHostDown(const DemoShape& host, std::int64_t step);
/// The step whose values a row shows at `step`: rows of a fleet of `rows` report on in turn, all of them within
/// 15 s up to 1,000 rows, about 500 a minute beyond, so that a large fleet changes as one does and not all at once.
[[nodiscard]] std::int64_t demoReportStep(const DemoShape& shape, std::int64_t step, std::size_t rows);

} // namespace tracedeck
