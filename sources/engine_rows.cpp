// SPDX-License-Identifier: GPL-3.0-or-later
// The tables an EngineBook makes of what it knows.
#include "sources/engine_book.h"

#include "core/number_format.h"
#include "core/time_format.h"
#include "sources/local_host_table.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace tracedeck {
namespace {

constexpr std::size_t kShortId = 12;

struct EngineStatus {
    std::string word;
    std::string detail;
};

std::string exitText(const EngineContainer& listed, const std::optional<EngineInspect>& inspected)
{
    const auto code = listed.exitCode ? listed.exitCode : inspected ? inspected->exitCode : std::nullopt;
    std::string text = code ? fmt::format("exit {}", *code) : std::string();
    if (inspected && inspected->oomKilled) {
        text += text.empty() ? "out of memory" : ", out of memory";
    }
    if (inspected && !inspected->error.empty()) {
        text += (text.empty() ? "" : ": ") + inspected->error;
    }
    return text;
}

/// The engines' words in the fleet's: a container that ended is stopped, one that cannot be removed failed.
EngineStatus statusOfContainer(const EngineContainer& listed, const std::optional<EngineInspect>& inspected)
{
    if (listed.state == "running") {
        return {"running", listed.health == "starting" ? "health: starting" : listed.health};
    }
    if (listed.state == "exited" || listed.state == "stopped") {
        return {"stopped", exitText(listed, inspected)};
    }
    if (listed.state == "created" || listed.state == "configured" || listed.state == "initialized") {
        return {"stopped", "never started"};
    }
    if (listed.state == "dead") {
        return {"failed", "dead"};
    }
    return {listed.state.empty() ? "unknown" : listed.state, exitText(listed, inspected)};
}

std::string engineName(const std::string& runtime)
{
    return runtime == "podman" ? "Podman" : "Docker";
}

std::string cpuWord(double cpus)
{
    return cpus == 1.0 ? std::string("1 CPU") : fmt::format("{:.4g} CPUs", cpus);
}

} // namespace

std::string EngineBook::hostId() const
{
    if (!m_identity.localMachineId.empty() && m_info.hostname == m_identity.localHostname) {
        return m_identity.localMachineId;
    }
    return m_info.id.empty() ? m_info.hostname : m_info.id;
}

InfrastructureTable EngineBook::buildHost() const
{
    InfrastructureTable table;
    table.resize(1);
    StringPool& strings = table.strings;
    const std::string id = hostId();
    const bool isLocal = !m_identity.localMachineId.empty() && id == m_identity.localMachineId;
    table.keys[0] = makeRowKey(RowKind::Infrastructure, m_identity.instance, id);
    table.id[0] = strings.intern(id);
    table.name[0] = strings.intern(m_info.hostname.empty() ? m_identity.instance : m_info.hostname);
    table.hostname[0] = strings.intern(m_info.hostname);
    table.machineId[0] = strings.intern(isLocal ? id : std::string());
    table.platformId[0] = strings.intern(m_identity.instance);
    table.statusText[0] = strings.intern("online");
    table.osName[0] = strings.intern(m_info.osName);
    table.kernelVersion[0] = strings.intern(m_info.kernelVersion);
    table.type[0] = InfrastructureType::DockerHost;
    table.status[0] = InfrastructureStatus::Online;
    table.platform[0] = Platform::Docker;
    table.firstSource[0] = Platform::Docker;
    table.sources[0] = platformBit(Platform::Docker);
    if (m_info.cpuCount) {
        table.cpuCount.set(0, static_cast<double>(*m_info.cpuCount));
    }
    table.memoryTotalBytes.set(0, m_info.memoryBytes);
    const auto add = [&](std::string_view name, const std::string& value) {
        addDetail(strings, table.detailNames, table.detailValues, name, value);
    };
    add("Engine", fmt::format("{} {}", engineName(m_identity.runtime), m_info.serverVersion));
    add("Engine API", m_identity.apiVersion);
    add("cgroup version", m_info.cgroupVersion);
    std::size_t running = 0;
    for (const auto& [containerId, known] : m_known) {
        running += known.listed.state == "running" ? 1 : 0;
    }
    add("Containers", fmt::format("{} of {} running", running, m_known.size()));
    for (const std::string& warning : m_info.warnings) {
        add("Engine warning", warning);
    }
    table.detailNames.endRow();
    table.detailValues.endRow();
    table.finish();
    return table;
}

void EngineBook::fillTexts(WorkloadTable& table, std::size_t row, const Known& known) const
{
    StringPool& strings = table.strings;
    const EngineContainer& listed = known.listed;
    const std::string host = hostId();
    const std::string id = host + '/' + listed.id;
    const std::string shortId = listed.id.substr(0, kShortId);
    const EngineStatus status = statusOfContainer(listed, known.inspected);
    table.keys[row] = makeRowKey(RowKind::Workload, m_identity.instance, id);
    table.hostKeys[row] = makeRowKey(RowKind::Infrastructure, m_identity.instance, host);
    table.id[row] = strings.intern(id);
    table.name[row] = strings.intern(listed.name.empty() ? shortId : listed.name);
    table.displayId[row] = strings.intern(shortId);
    table.status[row] = strings.intern(status.word);
    table.statusDetail[row] = strings.intern(status.detail);
    // A check that has not answered yet says nothing about health.
    table.resourceStatus[row] =
        strings.intern(status.word == "running" && listed.health != "starting" ? listed.health : std::string());
    table.node[row] = strings.intern(m_info.hostname);
    table.instance[row] = strings.intern(m_identity.instance);
    table.contextLabel[row] = strings.intern(m_info.hostname);
    table.nameSpace[row] = strings.intern(listed.podNamespace);
    table.image[row] = strings.intern(listed.image);
    table.containerRuntime[row] = strings.intern(m_identity.runtime);
    table.containerId[row] = strings.intern(listed.id);
    table.dockerHostId[row] = strings.intern(m_info.id);
    table.dockerHostName[row] = strings.intern(m_info.hostname);
    table.composeProject[row] = strings.intern(listed.project);
    for (const std::string& address : listed.addresses) {
        table.ipAddresses.add(strings.intern(address));
    }
    table.ipAddresses.endRow();
    table.type[row] = WorkloadType::AppContainer;
    table.platform[row] = Platform::Docker;
    table.platformScopes[row] = platformBit(Platform::Docker);
}

void EngineBook::fillNumbers(WorkloadTable& table, std::size_t row, const Known& known) const
{
    const bool running = known.listed.state == "running";
    const bool pending = running && (!known.sample || known.rates.pending);
    table.flags[row] = pending ? kRatesPending : 0;
    const EngineSample sample = known.sample.value_or(EngineSample());
    const EngineInspect inspected = known.inspected.value_or(EngineInspect());
    const auto hostCpus = sample.onlineCpus ? sample.onlineCpus : m_info.cpuCount;
    const double cpus = inspected.cpuLimit.value_or(static_cast<double>(hostCpus.value_or(0)));
    table.cpuCount.set(row, inspected.cpuLimit);
    if (cpus > 0) {
        table.cpuBasis[row] =
            table.strings.intern(inspected.cpuLimit ? fmt::format("of its own quota, {}", cpuWord(cpus))
                                                    : fmt::format("of {}, no own quota", cpuWord(cpus)));
        if (known.rates.cpus) {
            table.cpuPercent.set(row, std::round(*known.rates.cpus / cpus * 10'000.0) / 100.0);
        }
    }
    table.memoryUsedBytes.set(row, sample.memoryBytes);
    table.memoryTotalBytes.set(row, inspected.memoryLimitBytes);
    const auto limit = inspected.memoryLimitBytes ? inspected.memoryLimitBytes
        : sample.memoryLimitBytes                 ? sample.memoryLimitBytes
                                                  : m_info.memoryBytes;
    if (sample.memoryBytes && limit && *limit > 0) {
        table.memoryPercent.set(row, static_cast<double>(*sample.memoryBytes) * 100.0 / static_cast<double>(*limit));
        const std::string size = formatBytesBinary(*limit).joined();
        table.memoryBasis[row] =
            table.strings.intern((inspected.memoryLimitBytes ? fmt::format("of its own limit, {}", size)
                                                             : fmt::format("of machine memory, {}, no own limit", size))
                                 + (sample.memoryWithCache ? ", with page cache" : ""));
    }
    table.rxBytesPerSec.set(row, known.rates.rxBytesPerSec);
    table.txBytesPerSec.set(row, known.rates.txBytesPerSec);
    table.readBytesPerSec.set(row, known.rates.readBytesPerSec);
    table.writeBytesPerSec.set(row, known.rates.writeBytesPerSec);
    table.processCount.set(row, sample.processes);
    table.restartCount.set(row, inspected.restartCount);
    if (running) {
        table.startedAtNs.set(row, inspected.startedAtNs);
    }
}

void EngineBook::fillDetails(WorkloadTable& table, const Known& known) const
{
    const auto add = [&](std::string_view name, const std::string& value) {
        addDetail(table.strings, table.detailNames, table.detailValues, name, value);
    };
    const EngineContainer& listed = known.listed;
    const auto joined = [](const std::vector<std::string>& texts) {
        std::string out;
        for (const std::string& text : texts) {
            out += (out.empty() ? "" : ", ") + text;
        }
        return out;
    };
    const auto date = [](std::int64_t seconds) {
        constexpr std::int64_t kMost = 9'000'000'000;
        return seconds > 0 && seconds < kMost ? formatDateAndTime(seconds * 1'000'000'000, 0).substr(0, 10)
                                              : std::string();
    };
    add("Service", listed.service);
    add("Pod", listed.podName);
    add("Ports", listed.ports);
    add("Networks", joined(listed.networks));
    const auto image = m_images.find(listed.imageId);
    add("Image built", image == m_images.end() ? std::string() : date(image->second));
    add("Created", date(listed.createdSec.value_or(0)));
    if (known.inspected) {
        add("Restart policy", known.inspected->restartPolicy == "no" ? "" : known.inspected->restartPolicy);
        add("Log driver", known.inspected->logDriver);
        add("Out-of-memory kill", known.inspected->oomKilled ? "the last run ended by one" : "");
        add("Main process", known.inspected->pid ? std::to_string(*known.inspected->pid) : std::string());
    }
    table.detailNames.endRow();
    table.detailValues.endRow();
}

FleetSnapshot EngineBook::build(std::int64_t nowNs) const
{
    FleetSnapshot snapshot;
    snapshot.volatileFields.sampledAtNs = nowNs;
    snapshot.infrastructure = std::make_shared<const InfrastructureTable>(buildHost());
    WorkloadTable table;
    table.resize(m_order.size());
    for (std::size_t row = 0; row < m_order.size(); ++row) {
        const Known& known = m_known.at(m_order[row]);
        fillTexts(table, row, known);
        fillNumbers(table, row, known);
        fillDetails(table, known);
    }
    table.finish();
    snapshot.workloads = std::make_shared<const WorkloadTable>(std::move(table));
    if (m_duplicates > 0) {
        snapshot.warnings.push_back({"containers that the engine listed twice, ignored", m_duplicates});
    }
    return snapshot;
}

} // namespace tracedeck
