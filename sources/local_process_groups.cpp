// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/number_format.h"
#include "sources/local_workload_rows.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>

namespace tracedeck {
namespace {

struct Group {
    std::int64_t count = 0;
    std::int64_t stopped = 0;
    std::int64_t residentBytes = 0;
    double ticksPerSec = 0;
    double readPerSec = 0;
    double writtenPerSec = 0;
    bool anyCpu = false;
    bool anyIo = false;
    bool ioHidden = false;
    bool pending = false;
    std::optional<std::int64_t> startedAtNs;
    std::string pids; ///< the first few, for the drawer
};

constexpr std::int64_t kShownPids = 8;

std::string processes(std::int64_t count)
{
    return count == 1 ? std::string("1 process") : fmt::format("{} processes", count);
}

void addRates(Group& group, const LocalProcess& process, bool bornSince, CounterHistory& history)
{
    CounterReading reading;
    reading[static_cast<std::size_t>(Counter::Cpu)] = process.cpuTicks;
    if (process.io) {
        reading[static_cast<std::size_t>(Counter::Read)] = process.io->readBytes;
        reading[static_cast<std::size_t>(Counter::Written)] = process.io->writtenBytes;
    }
    // Pids are used again, so the start time is part of the identity.
    const std::uint64_t key = makeGroupKey("process", fmt::format("{}/{}", process.pid, process.startTicks));
    const CounterRates rates = history.advance(key, reading);
    const std::optional<double> elapsed = history.elapsedSeconds();
    if (const auto ticks = rates.at(Counter::Cpu)) {
        group.ticksPerSec += *ticks;
        group.anyCpu = true;
    } else if (bornSince && elapsed) {
        group.ticksPerSec += static_cast<double>(process.cpuTicks) / *elapsed;
        group.anyCpu = true;
    } else {
        group.pending = true;
    }
    group.ioHidden = group.ioHidden || !process.io;
    const auto read = rates.at(Counter::Read);
    const auto written = rates.at(Counter::Written);
    if (read && written) {
        group.readPerSec += *read;
        group.writtenPerSec += *written;
        group.anyIo = true;
    }
}

LocalWorkloadRow rowOf(const std::string& command, const Group& group, const MachineSample& machine,
                       const LocalEnvironment& environment)
{
    LocalWorkloadRow row;
    row.id = "process-group/" + command;
    row.name = command;
    row.displayId = command;
    row.type = WorkloadType::Unit;
    row.status = group.stopped == group.count ? "paused" : "running";
    row.statusDetail = processes(group.count); // what kind of row it is, the group's header says
    row.context = "process groups";
    row.processCount = group.count;
    row.startedAtNs = group.startedAtNs;
    row.pending = group.pending && !group.anyCpu;
    row.memoryUsedBytes = group.residentBytes;
    const double cpus = machine.stat.cpuCount;
    if (cpus > 0) {
        row.cpuBasis = fmt::format("of {} CPUs, {} of this name added up", cpus, processes(group.count));
        if (group.anyCpu) {
            const double busy = group.ticksPerSec / static_cast<double>(environment.ticksPerSecond) / cpus;
            // Ticks are coarse: a short interval may seem to hold more of them than all CPUs can give.
            row.cpuPercent = std::min(std::round(busy * 10'000.0) / 100.0, 100.0);
        }
    }
    if (machine.memory.totalBytes && *machine.memory.totalBytes > 0) {
        row.memoryPercent =
            static_cast<double>(group.residentBytes) * 100.0 / static_cast<double>(*machine.memory.totalBytes);
        row.memoryBasis = fmt::format("resident memory, shared pages counted in every process, of machine memory, {}",
                                      formatBytesBinary(*machine.memory.totalBytes).joined());
    }
    if (group.anyIo && !group.ioHidden) {
        row.readBytesPerSec = group.readPerSec;
        row.writeBytesPerSec = group.writtenPerSec;
    }
    row.details = {{"Kind", row.statusDetail}, {"Process ids", group.pids}};
    return row;
}

} // namespace

std::vector<LocalWorkloadRow> rowsOfProcessGroups(const std::vector<LocalProcess>& list, const MachineSample& machine,
                                                  const LocalEnvironment& environment, const LocalIdentity& identity,
                                                  std::optional<double> previousUptimeSec, CounterHistory& history)
{
    std::map<std::string, Group> groups;
    for (const LocalProcess& process : list) {
        Group& group = groups[process.command];
        ++group.count;
        group.stopped += process.state == 'T' || process.state == 't' ? 1 : 0;
        group.residentBytes += process.residentBytes;
        const double startSec =
            static_cast<double>(process.startTicks) / static_cast<double>(environment.ticksPerSecond);
        addRates(group, process, previousUptimeSec && startSec >= *previousUptimeSec, history);
        const auto started = processStartNs(process, identity, environment);
        if (started && (!group.startedAtNs || *started < *group.startedAtNs)) {
            group.startedAtNs = started;
        }
        if (group.count <= kShownPids) {
            group.pids += fmt::format("{}{}", group.pids.empty() ? "" : ", ", process.pid);
        }
    }
    std::vector<LocalWorkloadRow> rows;
    rows.reserve(groups.size());
    for (auto& [command, group] : groups) {
        if (group.count > kShownPids) {
            group.pids += fmt::format(" ({} of {})", kShownPids, group.count);
        }
        rows.push_back(rowOf(command, group, machine, environment));
    }
    return rows;
}

} // namespace tracedeck
