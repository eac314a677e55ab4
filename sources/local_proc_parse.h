// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// Pure parsers of the kernel's machine-wide text files (proc(5)). Input is the file's text; views in
/// results point into it. Lines that do not parse are skipped, absent values stay absent.

/// Ticks since boot over all CPUs. total counts user, nice, system, idle, iowait, irq, softirq and steal
/// (guest time is already inside user); busy = total - idle - iowait.
struct CpuTicks {
    std::uint64_t total = 0;
    std::uint64_t busy = 0;
};

/// /proc/stat
struct ProcStat {
    std::optional<CpuTicks> cpu;
    std::uint32_t cpuCount = 0; ///< lines cpu0, cpu1 …
    std::optional<std::int64_t> bootTimeSec; ///< Unix time of boot
};
[[nodiscard]] ProcStat parseProcStat(std::string_view text);

/// /proc/meminfo, in bytes (the file says kB and means KiB).
struct MemInfo {
    std::optional<std::int64_t> totalBytes;
    std::optional<std::int64_t> availableBytes;
    std::optional<std::int64_t> swapTotalBytes;
    std::optional<std::int64_t> swapFreeBytes;
};
[[nodiscard]] MemInfo parseMemInfo(std::string_view text);

/// One line of /proc/net/dev.
struct NetCounters {
    std::string_view device;
    std::uint64_t rxBytes = 0;
    std::uint64_t txBytes = 0;
};
[[nodiscard]] std::vector<NetCounters> parseNetDev(std::string_view text);

/// One line of /proc/diskstats; sectors are 512 bytes whatever the device's block size.
struct DiskCounters {
    std::string_view device;
    std::uint64_t deviceNumber = 0; ///< major << 32 | minor
    std::uint64_t readBytes = 0;
    std::uint64_t writtenBytes = 0;
};
[[nodiscard]] std::vector<DiskCounters> parseDiskStats(std::string_view text);

/// "major:minor" as one number, as in DiskCounters::deviceNumber.
[[nodiscard]] std::optional<std::uint64_t> parseDeviceNumber(std::string_view text);

/// /proc/loadavg: 1, 5 and 15 minutes.
struct LoadAverage {
    double minutes1 = 0;
    double minutes5 = 0;
    double minutes15 = 0;
};
[[nodiscard]] std::optional<LoadAverage> parseLoadAverage(std::string_view text);

/// Seconds since boot from /proc/uptime.
[[nodiscard]] std::optional<double> parseUptime(std::string_view text);

/// PRETTY_NAME of os-release(5), else NAME; unquoted.
[[nodiscard]] std::string parseOsName(std::string_view text);

/// avg10 of the "some" line of /proc/pressure/*, in percent.
[[nodiscard]] std::optional<double> parsePressure(std::string_view text);

} // namespace tracedeck
