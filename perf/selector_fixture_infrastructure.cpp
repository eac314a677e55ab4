// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/selector_fixture_fields.h"

#include <algorithm>
#include <vector>

namespace tracedeck {
namespace {

using Type = InfrastructureType;

Type typeOf(std::uint32_t percent)
{
    if (percent < 60) {
        return Type::Agent;
    }
    if (percent < 75) {
        return Type::DockerHost;
    }
    if (percent < 87) {
        return Type::KubernetesNode;
    }
    if (percent < 90) {
        return Type::KubernetesCluster;
    }
    return percent < 95 ? Type::ProxmoxBackup : Type::ProxmoxMail;
}

/// Sources in the row's own order.
std::vector<Platform> sourcesOf(Type type, std::uint32_t percent)
{
    switch (type) {
    case Type::Agent:
        if (percent < 50) {
            return {Platform::ProxmoxVe};
        }
        return percent < 75 ? std::vector{Platform::ProxmoxVe, Platform::Agent} : std::vector{Platform::Agent};
    case Type::DockerHost:
        return percent < 50 ? std::vector{Platform::Docker} : std::vector{Platform::Agent, Platform::Docker};
    case Type::ProxmoxBackup:
        return {Platform::ProxmoxBackup};
    case Type::ProxmoxMail:
        return {Platform::ProxmoxMail};
    default:
        return {Platform::Kubernetes};
    }
}

Platform mainPlatform(PlatformSet sources)
{
    for (const Platform platform : {Platform::ProxmoxVe, Platform::ProxmoxBackup, Platform::ProxmoxMail,
                                    Platform::Kubernetes, Platform::Docker}) {
        if ((sources & platformBit(platform)) != 0) {
            return platform;
        }
    }
    return Platform::Agent;
}

InfrastructureStatus statusOf(std::uint32_t percent)
{
    if (percent < 80) {
        return InfrastructureStatus::Online;
    }
    if (percent < 88) {
        return InfrastructureStatus::Offline;
    }
    if (percent < 95) {
        return InfrastructureStatus::Degraded;
    }
    return percent < 98 ? InfrastructureStatus::Paused : InfrastructureStatus::Unknown;
}

void fillIdentity(InfrastructureTable& t, std::uint32_t i, std::uint64_t clusters, const FixtureRow& h)
{
    const std::string id = "res-" + padded(i, 7);
    const std::string name = h.name();
    t.keys[i] = makeRowKey(RowKind::Infrastructure, "fixture", id);
    t.id[i] = t.strings.intern(id);
    t.name[i] = t.strings.intern(name);
    t.platformId[i] = t.name[i];
    t.hostname[i] = t.strings.intern(name + ".lan");
    t.machineId[i] = t.strings.intern("m" + padded(h(36), 10));
    if (h(5) % 10 < 7) {
        t.cluster[i] = t.strings.intern("cluster-" + padded(h(6) % clusters, 3));
    }
    t.type[i] = typeOf(h.percent(1));
    for (const Platform source : sourcesOf(t.type[i], h.percent(2))) {
        t.firstSource[i] = t.sources[i] == 0 ? source : t.firstSource[i];
        t.sources[i] |= platformBit(source);
    }
    t.platform[i] = mainPlatform(t.sources[i]);
    t.status[i] = statusOf(h.percent(4));
    t.statusText[i] = t.strings.intern(infrastructureStatusKey(t.status[i]));
    h.addTags(t.strings, t.tags);
    t.ipAddresses.add(t.strings.intern("10." + std::to_string(h(37) % 256) + '.' + std::to_string(h(38) % 256) + '.'
                                       + std::to_string(h(39) % 256)));
    t.ipAddresses.endRow();
}

void fillMetrics(InfrastructureTable& t, std::uint32_t i, const FixtureRow& h)
{
    if (h.percent(7) >= 3) {
        t.cpuPercent.set(i, (h(16) % 10001) / 100.0);
    }
    if (h.percent(8) >= 3) {
        const FixtureCapacity memory = h.capacity(10, 8 * kGiB);
        t.memoryPercent.set(i, memory.percent());
        t.memoryUsedBytes.set(i, memory.used);
        t.memoryTotalBytes.set(i, memory.total);
    }
    if (h.percent(9) >= 5) {
        const FixtureCapacity disk = h.capacity(12, 128 * kGiB);
        t.diskPercent.set(i, disk.percent());
        t.diskUsedBytes.set(i, disk.used);
        t.diskTotalBytes.set(i, disk.total);
    }
    if (h.percent(14) >= 10) {
        t.rxBytesPerSec.set(i, h.rate(20, 2'000'000));
        t.txBytesPerSec.set(i, h.rate(22, 1'000'000));
    }
    if (h.percent(15) >= 20) {
        t.readBytesPerSec.set(i, h.rate(24, 4'000'000));
        t.writeBytesPerSec.set(i, h.rate(26, 3'000'000));
    }
    if (h.percent(28) < 40) {
        t.temperatureCelsius.set(i, 30.0 + h(29) % 60);
    }
    t.startedAtNs.set(i, h.startedAtNs());
}

} // namespace

InfrastructureTable fixtureInfrastructure(std::size_t rows)
{
    InfrastructureTable table;
    table.strings.reserve(rows * 5, rows * 70);
    table.resize(rows);
    const std::uint64_t clusters = std::clamp<std::uint64_t>(rows / 50, 4, 200);
    for (std::uint32_t i = 0; i < rows; ++i) {
        const FixtureRow h(kInfrastructureSeed, i);
        fillIdentity(table, i, clusters, h);
        fillMetrics(table, i, h);
    }
    table.finish();
    return table;
}

} // namespace tracedeck
