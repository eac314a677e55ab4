// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/local_file_reader.h"
#include "sources/local_machine_sample.h"

#include <vector>

namespace tracedeck {

/// Reads machine-wide figures and the process list from proc and sys. Cost: about 20 files plus one per
/// process. May block on a hanging file system (statvfs), so it belongs on a worker thread.
class LocalProcReader {
public:
    /// Both outlive the reader.
    LocalProcReader(const LocalEnvironment& environment, LocalFileReader& files);

    [[nodiscard]] MachineSample readMachine();
    /// Processes that are neither kernel threads nor zombies, by ascending pid.
    [[nodiscard]] std::vector<LocalProcess> readProcesses();
    /// Adds storage bytes to processes; those of other users stay without unless run as root.
    void readProcessIo(std::vector<LocalProcess>& processes);

private:
    void readIdentity(MachineSample& sample);
    void readMounts(MachineSample& sample);

    const LocalEnvironment& m_environment;
    LocalFileReader& m_files;
};

/// Counted network devices: physical ones; where there are none (containers, guests) every device that
/// is not loopback, a bridge, a bridge member or a virtual end point of this machine.
void readNetDevices(LocalFileReader& files, MachineSample& sample);
/// Whole disks: entries of sys/block without loop, device-mapper, md, ram, zram, optical and floppy
/// devices, which would count the same bytes twice or are no disks.
void readDisks(LocalFileReader& files, MachineSample& sample);
/// The processor's sensor if one is known by name, else the hottest thermal zone.
void readTemperature(LocalFileReader& files, MachineSample& sample);

} // namespace tracedeck
