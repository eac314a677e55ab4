// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/local_workload_rows.h"

#include "core/number_format.h"
#include "sources/local_cgroup_reader.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace tracedeck {
namespace {

std::optional<std::uint64_t>& slot(CounterReading& reading, Counter counter)
{
    return reading[static_cast<std::size_t>(counter)];
}

std::string cpuCountText(double cpus)
{
    return cpus == 1.0 ? std::string("1 CPU") : fmt::format("{:.4g} CPUs", cpus);
}

void fillCpu(LocalWorkloadRow& row, const CgroupSample& cgroup, const MachineSample& machine, const CounterRates& rates)
{
    const double cpus = cgroup.cpuQuota ? *cgroup.cpuQuota : static_cast<double>(machine.stat.cpuCount);
    if (cgroup.cpuQuota) {
        row.cpuCount = cgroup.cpuQuota;
    }
    if (cpus <= 0 || !cgroup.cpuNs) {
        return;
    }
    row.cpuBasis = cgroup.cpuQuota ? fmt::format("of its own quota, {}", cpuCountText(cpus))
                                   : fmt::format("of {}, no own quota", cpuCountText(cpus));
    if (const auto nsPerSec = rates.at(Counter::Cpu)) {
        row.cpuPercent = std::round(*nsPerSec / 1e9 / cpus * 10'000.0) / 100.0;
    }
}

void fillMemory(LocalWorkloadRow& row, const CgroupSample& cgroup, const MachineSample& machine)
{
    row.memoryUsedBytes = cgroup.memoryBytes;
    row.memoryLimitBytes = cgroup.memoryLimitBytes;
    const auto base = cgroup.memoryLimitBytes ? cgroup.memoryLimitBytes : machine.memory.totalBytes;
    if (!cgroup.memoryBytes || !base || *base <= 0) {
        return;
    }
    row.memoryPercent = static_cast<double>(*cgroup.memoryBytes) * 100.0 / static_cast<double>(*base);
    const std::string size = formatBytesBinary(*base).joined();
    row.memoryBasis = cgroup.memoryLimitBytes ? fmt::format("of its own limit, {}", size)
                                              : fmt::format("of machine memory, {}, no own limit", size);
}

void fillStart(LocalWorkloadRow& row, const CgroupSample& cgroup, const std::vector<LocalProcess>& processes,
               const LocalIdentity& identity, const LocalEnvironment& environment)
{
    if (!cgroup.pids) {
        return;
    }
    row.processCount = static_cast<std::int64_t>(cgroup.pids->size());
    for (const std::int64_t pid : *cgroup.pids) {
        const auto process = std::lower_bound(processes.begin(), processes.end(), pid,
                                              [](const LocalProcess& a, std::int64_t b) { return a.pid < b; });
        if (process == processes.end() || process->pid != pid) {
            continue;
        }
        const auto start = processStartNs(*process, identity, environment);
        if (start && (!row.startedAtNs || *start < *row.startedAtNs)) {
            row.startedAtNs = start;
        }
    }
}

void fillDetails(LocalWorkloadRow& row, const CgroupSample& cgroup)
{
    const auto count = [&](const char* name, const std::optional<std::uint64_t>& value) {
        if (value) {
            row.details.emplace_back(name, formatCount(*value));
        }
    };
    row.details.emplace_back("Kind", cgroup.name.kind);
    row.details.emplace_back("Slice", cgroup.name.slice);
    row.details.emplace_back("Pod", cgroup.name.podId);
    count("Tasks", cgroup.tasks);
    count("Throttled periods", cgroup.throttledPeriods);
    count("Out-of-memory kills", cgroup.oomKills);
}

} // namespace

std::optional<std::int64_t> processStartNs(const LocalProcess& process, const LocalIdentity& identity,
                                           const LocalEnvironment& environment)
{
    constexpr std::uint64_t kSecondNs = 1'000'000'000;
    const auto ticks = static_cast<std::uint64_t>(std::max<std::int64_t>(environment.ticksPerSecond, 1));
    constexpr std::uint64_t kMaxSeconds = 9'000'000'000ULL; // far in the future: a broken file, not a start
    if (identity.bootTimeNs <= 0 || process.startTicks / ticks > kMaxSeconds / 2) {
        return std::nullopt;
    }
    const std::uint64_t ns = process.startTicks / ticks * kSecondNs + process.startTicks % ticks * (kSecondNs / ticks);
    return identity.bootTimeNs + static_cast<std::int64_t>(ns);
}

LocalWorkloadRow rowOfCgroup(const CgroupSample& cgroup, const MachineSample& machine,
                             const LocalEnvironment& environment, const LocalIdentity& identity,
                             const std::vector<LocalProcess>& processes, const std::optional<WorkloadTraffic>& traffic,
                             CounterHistory& history)
{
    LocalWorkloadRow row;
    const bool container = !cgroup.name.containerId.empty();
    row.id = container ? cgroup.name.containerId : cgroup.path.substr(1);
    row.name = cgroup.name.name;
    row.displayId = cgroup.name.name;
    row.type = cgroup.name.type;
    row.vmid = cgroup.name.vmid;
    row.runtime = cgroup.name.runtime;
    row.containerId = cgroup.name.containerId;
    row.unitPath = cgroup.path;
    row.context = cgroup.name.podId.empty() ? cgroup.name.slice : "pod " + cgroup.name.podId;
    const bool empty = cgroup.pids && cgroup.pids->empty();
    row.status = cgroup.frozen ? "paused" : empty ? "stopped" : "running";
    if (empty) {
        row.statusDetail = "no processes";
    }

    CounterReading reading;
    slot(reading, Counter::Cpu) = cgroup.cpuNs;
    if (cgroup.io) {
        slot(reading, Counter::Read) = cgroup.io->readBytes;
        slot(reading, Counter::Written) = cgroup.io->writtenBytes;
    }
    if (traffic) {
        slot(reading, Counter::Received) = traffic->rxBytes;
        slot(reading, Counter::Sent) = traffic->txBytes;
    }
    const CounterRates rates = history.advance(makeRowKey(RowKind::Workload, identity.instance, row.id), reading);
    row.pending = rates.pending;
    row.readBytesPerSec = rates.at(Counter::Read);
    row.writeBytesPerSec = rates.at(Counter::Written);
    row.rxBytesPerSec = rates.at(Counter::Received);
    row.txBytesPerSec = rates.at(Counter::Sent);
    fillCpu(row, cgroup, machine, rates);
    fillMemory(row, cgroup, machine);
    fillStart(row, cgroup, processes, identity, environment);
    fillDetails(row, cgroup);
    return row;
}

} // namespace tracedeck
