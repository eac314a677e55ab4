// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workload_table.h"
#include "sources/counter_history.h"
#include "sources/local_host_table.h"
#include "sources/local_machine_sample.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tracedeck {

struct CgroupSample;

/// One workload of this machine before it becomes a table row; the common form of cgroups and process
/// groups. Missing stays absent.
struct LocalWorkloadRow {
    std::string id; ///< below the machine: cgroup path or process group
    std::string name;
    std::string displayId;
    std::string status;
    std::string statusDetail;
    std::string context;
    std::string runtime;
    std::string containerId;
    std::string unitPath;
    std::string cpuBasis;
    std::string memoryBasis;
    WorkloadType type = WorkloadType::Unit;
    std::optional<std::int64_t> vmid;
    std::optional<double> cpuPercent;
    std::optional<double> cpuCount;
    std::optional<double> memoryPercent;
    std::optional<std::int64_t> memoryUsedBytes;
    std::optional<std::int64_t> memoryLimitBytes;
    std::optional<double> rxBytesPerSec;
    std::optional<double> txBytesPerSec;
    std::optional<double> readBytesPerSec;
    std::optional<double> writeBytesPerSec;
    std::optional<std::int64_t> processCount;
    std::optional<std::int64_t> startedAtNs;
    bool pending = false;
    std::vector<std::pair<std::string, std::string>> details;
};

/// Network counters of a workload's own network name space.
struct WorkloadTraffic {
    std::uint64_t rxBytes = 0;
    std::uint64_t txBytes = 0;
};

/// Row of a unit, container or guest. `processes` is sorted by pid.
[[nodiscard]] LocalWorkloadRow rowOfCgroup(const CgroupSample& cgroup, const MachineSample& machine,
                                           const LocalEnvironment& environment, const LocalIdentity& identity,
                                           const std::vector<LocalProcess>& processes,
                                           const std::optional<WorkloadTraffic>& traffic, CounterHistory& history);

/// Rows of processes grouped by command name, for machines that keep no units. `previousUptimeSec` tells
/// processes born since the last round, whose whole CPU time belongs to the interval.
[[nodiscard]] std::vector<LocalWorkloadRow> rowsOfProcessGroups(
    const std::vector<LocalProcess>& processes, const MachineSample& machine, const LocalEnvironment& environment,
    const LocalIdentity& identity, std::optional<double> previousUptimeSec, CounterHistory& history);

/// Start of a process in ns since the Unix epoch; none when the boot time is unknown.
[[nodiscard]] std::optional<std::int64_t> processStartNs(const LocalProcess& process, const LocalIdentity& identity,
                                                         const LocalEnvironment& environment);

/// The table; of rows with equal ids the first wins, the others are counted in `duplicates`.
[[nodiscard]] WorkloadTable buildWorkloadTable(const std::vector<LocalWorkloadRow>& rows, const LocalIdentity& identity,
                                               std::uint64_t& duplicates);

} // namespace tracedeck
