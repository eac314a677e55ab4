// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/pulse_rows.h"

#include "sources/local_host_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace tracedeck {
namespace {

std::optional<InfrastructureType> hostType(std::string_view type)
{
    constexpr std::array<std::pair<std::string_view, InfrastructureType>, 9> kPulseTypes{
        {{"agent", InfrastructureType::Agent},
         {"truenas", InfrastructureType::Agent}, // as older servers word it
         {"docker-host", InfrastructureType::DockerHost},
         {"docker-swarm-node", InfrastructureType::SwarmNode},
         {"k8s-cluster", InfrastructureType::KubernetesCluster},
         {"k8s-node", InfrastructureType::KubernetesNode},
         {"network-endpoint", InfrastructureType::NetworkEndpoint},
         {"pbs", InfrastructureType::ProxmoxBackup},
         {"pmg", InfrastructureType::ProxmoxMail}}};
    for (const auto& [name, value] : kPulseTypes) {
        if (name == type) {
            return value;
        }
    }
    return std::nullopt;
}

std::optional<WorkloadType> guestType(std::string_view type)
{
    constexpr std::array<std::pair<std::string_view, WorkloadType>, 13> kPulseTypes{
        {{"vm", WorkloadType::Vm},
         {"qemu", WorkloadType::Vm},
         {"system-container", WorkloadType::SystemContainer},
         {"oci-container", WorkloadType::SystemContainer},
         {"lxc", WorkloadType::SystemContainer},
         {"incus", WorkloadType::SystemContainer},
         {"jail", WorkloadType::SystemContainer},
         {"app-container", WorkloadType::AppContainer},
         {"docker", WorkloadType::AppContainer},
         {"pod", WorkloadType::Pod},
         {"k8s", WorkloadType::Pod},
         {"kubernetes", WorkloadType::Pod},
         {"k8s-pod", WorkloadType::Pod}}};
    for (const auto& [name, value] : kPulseTypes) {
        if (name == type) {
            return value;
        }
    }
    return std::nullopt;
}

/// The main platform is the first in this order that the row's sources name.
Platform mainPlatform(PlatformSet sources)
{
    for (const Platform platform :
         {Platform::ProxmoxVe, Platform::ProxmoxBackup, Platform::ProxmoxMail, Platform::VmwareVsphere,
          Platform::TrueNas, Platform::Kubernetes, Platform::Docker, Platform::Agent, Platform::Availability}) {
        if ((sources & platformBit(platform)) != 0) {
            return platform;
        }
    }
    return Platform::Generic;
}

PlatformSet platformsOf(const PulseResource& resource, Platform& first)
{
    PlatformSet set = 0;
    first = Platform::Count;
    for (const std::string& source : resource.sources) {
        const Platform platform = platformFromKey(source);
        if (platform != Platform::Count) {
            set |= platformBit(platform);
            first = first == Platform::Count ? platform : first;
        }
    }
    return set;
}

/// Used of total where both are known, else what the server says.
std::optional<double> usedPercent(const std::optional<std::int64_t>& used, const std::optional<std::int64_t>& total,
                                  const std::optional<double>& reported)
{
    if (used && total && *used > 0 && *total > 0) {
        return static_cast<double>(*used) * 100.0 / static_cast<double>(*total);
    }
    return reported;
}

template <class Table> void fillShared(Table& table, std::size_t row, const PulseResource& from, std::int64_t startNs)
{
    table.cpuPercent.set(row, from.cpuPercent);
    table.cpuCount.set(row, from.cpuCount);
    table.memoryUsedBytes.set(row, from.memoryUsedBytes);
    table.memoryTotalBytes.set(row, from.memoryTotalBytes);
    table.memoryPercent.set(row, usedPercent(from.memoryUsedBytes, from.memoryTotalBytes, from.memoryPercent));
    table.diskUsedBytes.set(row, from.diskUsedBytes);
    table.diskTotalBytes.set(row, from.diskTotalBytes);
    table.diskPercent.set(row, usedPercent(from.diskUsedBytes, from.diskTotalBytes, from.diskPercent));
    table.rxBytesPerSec.set(row, from.rxBytesPerSec);
    table.txBytesPerSec.set(row, from.txBytesPerSec);
    table.readBytesPerSec.set(row, from.readBytesPerSec);
    table.writeBytesPerSec.set(row, from.writeBytesPerSec);
    if (startNs > 0) {
        table.startedAtNs.set(row, startNs);
    }
    if (from.cpuPercent) {
        table.cpuBasis[row] =
            table.strings.intern(from.cpuCount ? fmt::format("of {:.4g} CPUs, as Pulse says", *from.cpuCount)
                                               : std::string("as Pulse says"));
    }
    if (table.memoryPercent.has(row)) {
        table.memoryBasis[row] = table.strings.intern("as Pulse says");
    }
    for (const std::string& address : from.addresses) {
        table.ipAddresses.add(table.strings.intern(address));
    }
    for (const std::string& tag : from.tags) {
        table.tags.add(table.strings.intern(tag));
    }
    table.ipAddresses.endRow();
    table.tags.endRow();
    addDetail(table.strings, table.detailNames, table.detailValues, "Web page", from.customUrl);
    addDetail(table.strings, table.detailNames, table.detailValues, "Problem", from.statusReason);
    table.detailNames.endRow();
    table.detailValues.endRow();
}

void fillHost(InfrastructureTable& table, std::size_t row, const std::string& instance, const PulseResource& from,
              std::int64_t startNs)
{
    StringPool& strings = table.strings;
    Platform first = Platform::Count;
    const PlatformSet sources = platformsOf(from, first);
    const std::string id = pulseCanonicalId(from);
    table.keys[row] = makeRowKey(RowKind::Infrastructure, instance, id);
    table.id[row] = strings.intern(id);
    table.name[row] = strings.intern(from.name);
    table.platformId[row] = strings.intern(from.platformId);
    table.hostname[row] = strings.intern(from.hostname);
    table.machineId[row] = strings.intern(from.machineId);
    table.cluster[row] = strings.intern(from.clusterName);
    table.statusText[row] = strings.intern(from.resourceStatus);
    table.statusDetail[row] = strings.intern(from.statusReason);
    table.osName[row] = strings.intern(from.osName);
    table.kernelVersion[row] = strings.intern(from.kernelVersion);
    table.type[row] = hostType(from.type).value_or(InfrastructureType::Agent);
    table.status[row] = infrastructureStatusFromText(from.resourceStatus);
    table.platform[row] = mainPlatform(sources);
    table.firstSource[row] = first;
    table.sources[row] = sources;
    table.loadAverage1.set(row, from.loadAverage1);
    table.temperatureCelsius.set(row, from.temperatureCelsius);
    fillShared(table, row, from, startNs);
}

std::string contextOf(const PulseResource& from, WorkloadType type)
{
    if (type == WorkloadType::Pod) {
        return from.clusterName;
    }
    if (type == WorkloadType::AppContainer) {
        return from.parentName.empty() ? from.hostName : from.parentName;
    }
    const std::string& around = from.clusterName.empty() ? from.instance : from.clusterName;
    return around.empty() || from.node.empty() ? from.node : fmt::format("{} ({})", from.node, around);
}

void fillGuestTexts(WorkloadTable& table, std::size_t row, const std::string& instance, const PulseResource& from,
                    WorkloadType type)
{
    StringPool& strings = table.strings;
    const std::string id = pulseCanonicalId(from);
    table.keys[row] = makeRowKey(RowKind::Workload, instance, id);
    table.id[row] = strings.intern(id);
    table.name[row] = strings.intern(from.name);
    table.displayId[row] = strings.intern(from.vmid ? std::to_string(*from.vmid) : from.id.substr(0, 12));
    table.status[row] = strings.intern(from.status);
    table.resourceStatus[row] = strings.intern(from.resourceStatus);
    table.statusDetail[row] = strings.intern(from.statusReason);
    table.node[row] = strings.intern(!from.node.empty()           ? from.node
                                         : !from.hostName.empty() ? from.hostName
                                                                  : from.parentName);
    table.instance[row] = strings.intern(from.instance.empty() ? instance : from.instance);
    table.cluster[row] = strings.intern(from.clusterName);
    table.contextLabel[row] = strings.intern(contextOf(from, type));
    table.nameSpace[row] = strings.intern(from.nameSpace);
    table.image[row] = strings.intern(from.image);
    table.containerRuntime[row] = strings.intern(from.runtime);
    table.containerId[row] = strings.intern(from.containerId);
    table.dockerHostId[row] = strings.intern(from.hostId);
    table.dockerHostName[row] = strings.intern(from.hostName);
    table.kubernetesAgentId[row] = strings.intern(from.kubernetesAgentId);
    table.composeProject[row] = strings.intern(from.project);
    table.osName[row] = strings.intern(from.osName);
}

void fillGuest(WorkloadTable& table, std::size_t row, const std::string& instance, const PulseResource& from,
               std::int64_t startNs)
{
    const WorkloadType type = guestType(from.type).value_or(WorkloadType::SystemContainer);
    fillGuestTexts(table, row, instance, from, type);
    Platform first = Platform::Count;
    table.platformScopes[row] = platformsOf(from, first);
    table.platform[row] = mainPlatform(table.platformScopes[row]);
    table.type[row] = type;
    table.vmid.set(row, from.vmid);
    table.restartCount.set(row, from.restartCount);
    table.lastBackupNs.set(row, from.lastBackupNs);
    PulseResource shown = from;
    if (from.status == "stopped") {
        const auto dropZero = [](auto& value) {
            if (value && *value == 0) {
                value.reset();
            }
        };
        dropZero(shown.cpuPercent);
        dropZero(shown.memoryPercent);
        dropZero(shown.memoryUsedBytes);
        dropZero(shown.rxBytesPerSec);
        dropZero(shown.txBytesPerSec);
        dropZero(shown.readBytesPerSec);
        dropZero(shown.writeBytesPerSec);
    }
    fillShared(table, row, shown, from.status == "stopped" ? 0 : startNs);
}

} // namespace

std::string pulseCanonicalId(const PulseResource& resource)
{
    const auto type = guestType(resource.type);
    const bool isGuest = type == WorkloadType::Vm || type == WorkloadType::SystemContainer;
    if (isGuest && resource.vmid && !resource.node.empty() && !resource.instance.empty()) {
        return fmt::format("{}:{}:{}", resource.instance, resource.node, *resource.vmid);
    }
    if (type == WorkloadType::Pod && !resource.podUid.empty() && !resource.kubernetesClusterId.empty()) {
        return fmt::format("k8s:{}:pod:{}", resource.kubernetesClusterId, resource.podUid);
    }
    return resource.id;
}

FleetSnapshot pulseTables(const std::string& instance, const std::vector<PulseResource>& resources,
                          const std::vector<std::int64_t>& startNs)
{
    std::vector<std::size_t> hosts;
    std::vector<std::size_t> guests;
    std::unordered_map<std::string_view, RowKey> hostKeys;
    for (std::size_t i = 0; i < resources.size(); ++i) {
        if (hostType(resources[i].type)) {
            hosts.push_back(i);
            hostKeys.emplace(resources[i].id,
                             makeRowKey(RowKind::Infrastructure, instance, pulseCanonicalId(resources[i])));
        } else if (guestType(resources[i].type)) {
            guests.push_back(i);
        }
    }
    auto infrastructure = std::make_shared<InfrastructureTable>();
    infrastructure->resize(hosts.size());
    for (std::size_t row = 0; row < hosts.size(); ++row) {
        fillHost(*infrastructure, row, instance, resources[hosts[row]], startNs[hosts[row]]);
    }
    infrastructure->finish();
    auto workloads = std::make_shared<WorkloadTable>();
    workloads->resize(guests.size());
    for (std::size_t row = 0; row < guests.size(); ++row) {
        const PulseResource& guest = resources[guests[row]];
        fillGuest(*workloads, row, instance, guest, startNs[guests[row]]);
        if (const auto host = hostKeys.find(guest.parentId); host != hostKeys.end()) {
            workloads->hostKeys[row] = host->second;
        }
    }
    workloads->finish();
    return {std::move(infrastructure), std::move(workloads), {}, {}};
}

std::vector<PulseHistoryRow> pulseHistoryRows(const std::string& instance, const std::vector<PulseResource>& resources)
{
    std::vector<PulseHistoryRow> rows;
    rows.reserve(resources.size());
    for (const PulseResource& from : resources) {
        const bool isHost = hostType(from.type).has_value();
        if (!isHost && !guestType(from.type)) {
            continue;
        }
        PulseHistoryRow row;
        const std::string id = pulseCanonicalId(from);
        row.key = makeRowKey(isHost ? RowKind::Infrastructure : RowKind::Workload, instance, id);
        row.type = from.historyType;
        row.id = from.historyId;
        std::string guest;
        if (from.vmid && !from.instance.empty() && !from.node.empty()) {
            guest = fmt::format("{}-{}-{}", from.instance, from.node, *from.vmid);
        }
        for (const std::string& candidate :
             {from.historyId, id, from.id, guest, from.containerId, from.platformId, from.hostname}) {
            if (!candidate.empty()
                && std::find(row.courses.begin(), row.courses.end(), candidate) == row.courses.end()) {
                row.courses.push_back(candidate);
            }
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace tracedeck
