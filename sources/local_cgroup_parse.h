// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string_view>

namespace tracedeck {

/// Pure parsers of cgroup files; see the kernel's cgroup-v1 and cgroup-v2 admin guides.

/// A single number; "max", an empty file and garbage are "no value".
[[nodiscard]] std::optional<std::uint64_t> parseCgroupNumber(std::string_view text);
/// Value of `key` in a flat "key value" file (cpu.stat, memory.stat, memory.events, memory.oom_control).
[[nodiscard]] std::optional<std::uint64_t> parseCgroupKey(std::string_view text, std::string_view key);
/// A memory limit in bytes; none for "max" and for v1's "no limit" (close to 2^63).
[[nodiscard]] std::optional<std::int64_t> parseMemoryLimit(std::string_view text);
/// CPUs granted by cpu.max ("200000 100000" = 2); none for "max" or a zero period.
[[nodiscard]] std::optional<double> parseCpuMax(std::string_view text);
/// The same from v1's cpu.cfs_quota_us (-1 = none) and cpu.cfs_period_us.
[[nodiscard]] std::optional<double> parseCpuQuota(std::string_view quota, std::string_view period);

struct CgroupIo {
    std::uint64_t readBytes = 0;
    std::uint64_t writtenBytes = 0;
};
/// Devices whose bytes count (whole disks; stacked devices would count twice). Empty = all.
using CountedDevices = std::set<std::uint64_t>;
/// io.stat of v2: "8:0 rbytes=… wbytes=…" per device. An empty file is zero bytes: nothing was done yet.
[[nodiscard]] CgroupIo parseIoStat(std::string_view text, const CountedDevices& counted);
/// blkio.throttle.io_service_bytes_recursive of v1: "8:0 Read …" lines.
[[nodiscard]] CgroupIo parseBlkioBytes(std::string_view text, const CountedDevices& counted);

} // namespace tracedeck
