// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/selector_fixture_fields.h"

#include <algorithm>
#include <utility>

namespace tracedeck {
namespace {

using Type = WorkloadType;

Type typeOf(std::uint32_t percent)
{
    if (percent < 40) {
        return Type::Vm;
    }
    if (percent < 60) {
        return Type::SystemContainer;
    }
    return percent < 85 ? Type::AppContainer : Type::Pod;
}

bool livesOnNode(Type type)
{
    return type == Type::Vm || type == Type::SystemContainer;
}

/// Power state and canonical health.
std::pair<std::string_view, std::string_view> statusOf(std::uint32_t percent)
{
    if (percent < 75) {
        return {"running", "online"};
    }
    if (percent < 92) {
        return {"stopped", "offline"};
    }
    if (percent < 95) {
        return {"paused", "offline"};
    }
    return percent < 98 ? std::pair<std::string_view, std::string_view>{"degraded", "warning"}
                        : std::pair<std::string_view, std::string_view>{"unknown", "unknown"};
}

void fillGuest(WorkloadTable& t, std::uint32_t i, const std::string& node, const std::string& cluster,
               std::uint32_t nodeIndex, const FixtureRow& h)
{
    constexpr std::array<std::string_view, 6> kSystems{"debian", "ubuntu", "alpine", "windows", "rocky", "fedora"};
    const std::string instance = "pve-" + padded(nodeIndex % 40, 3);
    const std::uint32_t vmid = 100 + i;
    t.id[i] = t.strings.intern(instance + ':' + node + ':' + std::to_string(vmid));
    t.instance[i] = t.strings.intern(instance);
    t.cluster[i] = t.strings.intern(cluster);
    t.contextLabel[i] = t.strings.intern(node + " (" + cluster + ')');
    t.vmid.set(i, std::int64_t{vmid});
    t.displayId[i] = t.strings.intern(std::to_string(vmid));
    t.osName[i] = t.strings.intern(kSystems[h(19) % 6]);
    t.platform[i] = Platform::ProxmoxVe;
    t.lastBackupNs.set(i, kFixtureNowNs - static_cast<std::int64_t>(h(40) % 1'209'600) * 1'000'000'000);
}

void fillPodOrContainer(WorkloadTable& t, std::uint32_t i, const std::string& node, const std::string& cluster,
                        std::uint32_t nodeIndex, const FixtureRow& h)
{
    constexpr std::array<std::string_view, 6> kImages{"nginx:1.27", "redis:7",   "postgres:16",
                                                      "grafana:11", "traefik:3", "busybox:1"};
    t.image[i] = t.strings.intern(kImages[h(41) % 6]);
    if (t.type[i] == Type::Pod) {
        t.id[i] = t.strings.intern("k8s:" + cluster + ":pod:" + padded(i, 7));
        t.instance[i] = t.strings.intern(cluster);
        t.cluster[i] = t.instance[i];
        t.contextLabel[i] = t.instance[i];
        t.nameSpace[i] = t.strings.intern("ns-" + padded(h(42) % 24, 2));
        t.platform[i] = Platform::Kubernetes;
    } else {
        t.id[i] = t.strings.intern("app-container:" + node + ':' + padded(i, 7));
        t.contextLabel[i] = t.node[i];
        t.containerRuntime[i] = t.strings.intern(h(17) % 10 < 8 ? "docker" : "podman");
        t.dockerHostId[i] = t.strings.intern("host-" + padded(nodeIndex, 4));
        t.dockerHostName[i] = t.node[i];
        t.containerId[i] = t.strings.intern("c" + padded(h(36), 10));
        t.platform[i] = Platform::Docker;
    }
    t.displayId[i] = t.strings.intern(std::string(t.strings.view(t.id[i]).substr(0, 12)));
}

void fillMetrics(WorkloadTable& t, std::uint32_t i, bool running, const FixtureRow& h)
{
    t.cpuPercent.set(i, running ? (h(16) % 10001) / 10000.0 * 100.0 : 0.0);
    t.cpuCount.set(i, 1.0 + h(18) % 16);
    const FixtureCapacity memory = h.capacity(10, kGiB);
    t.memoryTotalBytes.set(i, memory.total);
    t.memoryUsedBytes.set(i, running ? memory.used : 0);
    t.memoryPercent.set(i, running ? memory.percent() : 0.0);
    const bool hasDisk = h.percent(9) >= 15;
    const FixtureCapacity disk = h.capacity(12, 16 * kGiB);
    t.diskTotalBytes.set(i, hasDisk ? disk.total : 0);
    t.diskUsedBytes.set(i, hasDisk ? disk.used : 0);
    t.diskPercent.set(i, hasDisk ? disk.percent() : 0.0);
    t.rxBytesPerSec.set(i, running ? h.rate(20, 2'000'000) : 0.0);
    t.txBytesPerSec.set(i, running ? h.rate(22, 1'000'000) : 0.0);
    t.readBytesPerSec.set(i, running ? h.rate(24, 4'000'000) : 0.0);
    t.writeBytesPerSec.set(i, running ? h.rate(26, 3'000'000) : 0.0);
    t.startedAtNs.set(i, running ? h.startedAtNs() : kFixtureNowNs);
}

} // namespace

WorkloadTable fixtureWorkloads(std::size_t rows, WorkloadSearchFields fields)
{
    WorkloadTable table;
    table.strings.reserve(rows * 4, rows * 90);
    table.resize(rows);
    const std::uint64_t nodes = std::clamp<std::uint64_t>(rows / 25, 8, 1000);
    for (std::uint32_t i = 0; i < rows; ++i) {
        const FixtureRow h(kWorkloadSeed, i);
        const auto nodeIndex = static_cast<std::uint32_t>(h(5) % nodes);
        const std::string node = "node-" + padded(nodeIndex, 4);
        const std::string cluster = "cluster-" + padded(nodeIndex % 40, 3);
        const auto [power, health] = statusOf(h.percent(4));
        table.type[i] = typeOf(h.percent(1));
        table.name[i] = table.strings.intern(h.name());
        table.node[i] = table.strings.intern(node);
        table.status[i] = table.strings.intern(power);
        table.resourceStatus[i] = table.strings.intern(health);
        if (livesOnNode(table.type[i])) {
            fillGuest(table, i, node, cluster, nodeIndex, h);
        } else {
            fillPodOrContainer(table, i, node, cluster, nodeIndex, h);
        }
        table.keys[i] = makeRowKey(RowKind::Workload, "fixture", table.strings.view(table.id[i]));
        table.platformScopes[i] = platformBit(table.platform[i]);
        h.addTags(table.strings, table.tags);
        fillMetrics(table, i, power == "running", h);
    }
    table.finish(fields);
    return table;
}

} // namespace tracedeck
