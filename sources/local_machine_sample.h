// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/local_cgroup_parse.h"
#include "sources/local_environment.h"
#include "sources/local_mount_parse.h"
#include "sources/local_proc_parse.h"
#include "sources/local_process_parse.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tracedeck {

/// Traffic counters of one network device.
struct NetDeviceSample {
    std::string name;
    std::uint64_t rxBytes = 0;
    std::uint64_t txBytes = 0;
};

/// Transfer counters of one whole disk.
struct DiskSample {
    std::string name;
    std::uint64_t readBytes = 0;
    std::uint64_t writtenBytes = 0;
};

struct FilesystemSample {
    std::string mountPoint;
    std::string source;
    FilesystemUsage usage;
};

struct TemperatureSample {
    double celsius = 0;
    std::string sensor;
};

struct LocalProcess {
    std::int64_t pid = 0;
    std::string command;
    char state = '?';
    std::uint64_t cpuTicks = 0;
    std::uint64_t startTicks = 0;
    std::int64_t residentBytes = 0;
    std::optional<ProcessIo> io; ///< absent when not asked for or not allowed
};

/// One look at the machine as a whole. What could not be read is absent.
struct MachineSample {
    std::string hostname;
    std::string machineId;
    std::string osName;
    std::string kernel;
    ProcStat stat;
    MemInfo memory;
    std::optional<LoadAverage> load;
    std::optional<double> uptimeSec;
    std::optional<double> cpuPressure; ///< percent of the last 10 s some task waited
    std::optional<double> memoryPressure;
    std::optional<double> ioPressure;
    std::vector<NetDeviceSample> netDevices; ///< the counted ones
    bool netReadable = false;
    std::vector<DiskSample> disks; ///< whole devices
    bool disksReadable = false;
    CountedDevices diskNumbers;
    std::vector<FilesystemSample> filesystems;
    std::optional<TemperatureSample> temperature;
    std::vector<std::string> addresses;
    CgroupLayout cgroups;
};

} // namespace tracedeck
