// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/local_machine_source.h"

#include "formats/local_text_scan.h"
#include "sources/system_units.h"

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace tracedeck {
namespace {

constexpr std::chrono::milliseconds kCadence{5000};
constexpr std::int64_t kNsPerSec = 1'000'000'000;

Error cancelledError()
{
    return makeError(ErrorCode::Cancelled, "this machine", "", "", true);
}

} // namespace

LocalMachineSource::LocalMachineSource(LocalEnvironment environment)
    : m_environment(std::move(environment)),
      m_files(m_environment.root),
      m_proc(m_environment, m_files),
      m_cgroups(m_files),
      m_history(kCadence)
{ }

std::string LocalMachineSource::instance() const
{
    return "local";
}

std::string LocalMachineSource::label() const
{
    return "this machine";
}

std::chrono::milliseconds LocalMachineSource::cadence() const
{
    return kCadence;
}

void LocalMachineSource::fetch(const FetchRequest&, Done done)
{
    m_cancelled.store(false);
    done(read());
}

void LocalMachineSource::cancel()
{
    m_cancelled.store(true);
}

Result<FleetSnapshot> LocalMachineSource::read()
{
    m_history.beginRound(m_environment.monotonicNs());
    const std::int64_t sampledAtNs = m_environment.wallNs();
    const MachineSample machine = m_proc.readMachine();
    if (!machine.stat.cpu && !machine.memory.totalBytes) {
        return makeError(ErrorCode::NotFound, "this machine", "proc/stat and proc/meminfo cannot be read",
                         "Is /proc mounted?", true);
    }
    identify(machine);
    if (m_cancelled.load()) {
        return cancelledError();
    }
    FleetSnapshot snapshot;
    snapshot.volatileFields.sampledAtNs = sampledAtNs;
    {
        const DecodeMeter::Piece decoding(m_decoded);
        snapshot.infrastructure =
            std::make_shared<const InfrastructureTable>(buildHostTable(machine, m_identity, m_history));
    }
    std::uint64_t duplicates = 0;
    const std::vector<LocalWorkloadRow> rows = readWorkloads(machine);
    if (m_cancelled.load()) {
        return cancelledError();
    }
    {
        const DecodeMeter::Piece decoding(m_decoded);
        snapshot.workloads = std::make_shared<const WorkloadTable>(buildWorkloadTable(rows, m_identity, duplicates));
    }
    m_decoded.finishAnswer();
    m_previousUptimeSec = machine.uptimeSec;
    if (duplicates > 0) {
        snapshot.warnings.push_back({"workloads with an id that another one has already, ignored", duplicates});
    }
    if (m_cgroups.skipped() > 0) {
        snapshot.warnings.push_back({"cgroups not visited, there are too many", m_cgroups.skipped()});
    }
    return snapshot;
}

void LocalMachineSource::identify(const MachineSample& machine)
{
    m_identity.instance = instance();
    m_identity.hostname = machine.hostname.empty() ? label() : machine.hostname;
    m_identity.hostId = machine.machineId.empty() ? m_identity.hostname : machine.machineId;
    m_identity.hostKey = makeRowKey(RowKind::Infrastructure, m_identity.instance, m_identity.hostId);
    const std::int64_t bootSec = machine.stat.bootTimeSec.value_or(0);
    constexpr std::int64_t kMaxSec = 9'000'000'000; // keeps boot + process start inside 64-bit nanoseconds
    if (bootSec <= 0 || bootSec > kMaxSec / 2) {
        m_identity.bootTimeNs = 0;
        return;
    }
    // The kernel derives it from two clocks, so it wavers by a second; that is no change of anything.
    const std::int64_t bootNs = bootSec * kNsPerSec;
    if (std::llabs(bootNs - m_identity.bootTimeNs) > 2 * kNsPerSec) {
        m_identity.bootTimeNs = bootNs;
    }
}

std::vector<LocalWorkloadRow> LocalMachineSource::readWorkloads(const MachineSample& machine)
{
    std::vector<LocalProcess> processes = m_proc.readProcesses();
    const std::vector<CgroupSample> cgroups = m_cgroups.read(machine.cgroups, machine.diskNumbers, m_cancelled);
    std::vector<LocalWorkloadRow> rows;
    std::vector<std::int64_t> claimed;
    bool hasUnits = false;
    for (const CgroupSample& cgroup : cgroups) {
        hasUnits = hasUnits || cgroup.name.type == WorkloadType::Unit;
        rows.push_back(
            rowOfCgroup(cgroup, machine, m_environment, m_identity, processes, trafficOf(cgroup), m_history));
        if (cgroup.pids) {
            claimed.insert(claimed.end(), cgroup.pids->begin(), cgroup.pids->end());
        }
    }
    if (hasUnits && m_environment.systemUnits && !m_cancelled.load()) {
        applySystemUnits(m_environment.systemUnits(), rows);
    }
    if (hasUnits || m_cancelled.load()) {
        return rows;
    }
    std::sort(claimed.begin(), claimed.end());
    std::erase_if(processes, [&](const LocalProcess& process) {
        return std::binary_search(claimed.begin(), claimed.end(), process.pid);
    });
    m_proc.readProcessIo(processes);
    std::vector<LocalWorkloadRow> groups =
        rowsOfProcessGroups(processes, machine, m_environment, m_identity, m_previousUptimeSec, m_history);
    std::move(groups.begin(), groups.end(), std::back_inserter(rows));
    return rows;
}

std::optional<WorkloadTraffic> LocalMachineSource::trafficOf(const CgroupSample& cgroup)
{
    if (cgroup.name.type == WorkloadType::Unit || !cgroup.pids || cgroup.pids->empty()) {
        return std::nullopt;
    }
    // Counters of a process are those of its network name space; the machine's own is not the workload's.
    const std::string process = "proc/" + std::to_string(cgroup.pids->front());
    const auto own = m_files.linkTarget("proc/self/ns/net");
    const auto its = m_files.linkTarget(process + "/ns/net");
    const auto text = own && its && *own != *its ? m_files.read(process, "net/dev") : std::nullopt;
    if (!text) {
        return std::nullopt;
    }
    WorkloadTraffic traffic;
    for (const NetCounters& device : parseNetDev(*text)) {
        if (device.device != "lo") {
            traffic.rxBytes += device.rxBytes;
            traffic.txBytes += device.txBytes;
        }
    }
    return traffic;
}

} // namespace tracedeck
