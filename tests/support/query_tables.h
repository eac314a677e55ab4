// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infrastructure_table.h"
#include "core/trace_list_table.h"
#include "core/workload_table.h"

#include <cstdint>
#include <initializer_list>

namespace tracedeck::tests {

inline constexpr std::int64_t kTestSecond = 1'000'000'000;
/// 2026-11-21T10:42:07Z, the "now" of query tests.
inline constexpr std::int64_t kTestNow = 1'795'257'727 * kTestSecond;

inline void addTexts(StringPool& pool, ListColumn& column, std::initializer_list<const char*> texts)
{
    for (const char* text : texts) {
        column.add(pool.intern(text));
    }
    column.endRow();
}

/// Four workloads that differ in every field the query tests ask for:
/// 0 checkout-web (VM, busy), 1 edge-proxy (LXC, network), 2 session-cache (stopped container, nothing
/// reported), 3 Müller-API (pod, degraded).
inline WorkloadTable sampleWorkloads()
{
    WorkloadTable t;
    t.resize(4);
    const auto text = [&](TextColumn& column, std::initializer_list<const char*> values) {
        std::size_t row = 0;
        for (const char* value : values) {
            column[row++] = t.strings.intern(value);
        }
    };
    text(t.id, {"pve:a:107", "pve:a:128", "docker:c1", "k8s:x:pod:1"});
    text(t.displayId, {"107", "128", "c1", "pod-1"});
    text(t.name, {"checkout-web", "edge-proxy", "session-cache", "M\xC3\xBCller-API"});
    text(t.status, {"running", "running", "exited", "running"});
    text(t.resourceStatus, {"", "", "offline", "warning"});
    text(t.node, {"pve-west-a", "pve-west-a", "", "node-1"});
    text(t.cluster, {"core", "core", "", "prod-eu"});
    text(t.nameSpace, {"", "", "", "kube-system"});
    text(t.image, {"", "", "redis:7", "nginx:1.25"});
    text(t.containerRuntime, {"", "", "docker", "containerd"});
    text(t.containerId, {"", "", "4bf92f3577b34da6", ""});
    text(t.dockerHostName, {"", "", "edge-01", ""});
    text(t.osName, {"Debian 12", "Alpine", "", ""});
    text(t.composeProject, {"", "", "shop", ""});
    t.type = {WorkloadType::Vm, WorkloadType::SystemContainer, WorkloadType::AppContainer, WorkloadType::Pod};
    t.platform = {Platform::ProxmoxVe, Platform::ProxmoxVe, Platform::Docker, Platform::Kubernetes};
    t.vmid.set(0, std::int64_t{107});
    t.vmid.set(1, std::int64_t{128});
    t.cpuPercent.set(0, 86.4);
    t.cpuPercent.set(1, 20.0);
    t.cpuPercent.set(3, 0.0);
    t.memoryPercent.set(0, 23.0);
    t.memoryUsedBytes.set(0, std::int64_t{2} << 30U);
    t.memoryPercent.set(1, 74.0);
    t.rxBytesPerSec.set(0, 7e6);
    t.txBytesPerSec.set(0, 4e6);
    t.rxBytesPerSec.set(1, 218e6);
    t.restartCount.set(2, std::int64_t{3});
    t.startedAtNs.set(0, kTestNow - 3600 * kTestSecond);
    t.startedAtNs.set(1, kTestNow - 86'400 * kTestSecond);
    t.startedAtNs.set(3, kTestNow + 60 * kTestSecond); // a clock that is ahead
    addTexts(t.strings, t.tags, {"prod", "edge"});
    addTexts(t.strings, t.tags, {"Prod"});
    addTexts(t.strings, t.tags, {});
    addTexts(t.strings, t.tags, {"dev"});
    addTexts(t.strings, t.ipAddresses, {"10.0.0.1", "fe80::1"});
    for (std::size_t row = 0; row < t.rows(); ++row) {
        t.keys[row] = row + 1;
    }
    t.finish();
    return t;
}

/// Two hosts: 0 nas (online, two sources), 1 backup (status in its own words, nothing measured).
inline InfrastructureTable sampleHosts()
{
    InfrastructureTable t;
    t.resize(2);
    t.name = {t.strings.intern("nas"), t.strings.intern("backup")};
    t.hostname = {t.strings.intern("nas.lan"), 0};
    t.statusText = {t.strings.intern("online"), t.strings.intern("resilvering")};
    t.osName = {t.strings.intern("Debian GNU/Linux 12"), 0};
    t.kernelVersion = {t.strings.intern("6.1.0"), 0};
    t.type = {InfrastructureType::Agent, InfrastructureType::ProxmoxBackup};
    t.status = {InfrastructureStatus::Running, InfrastructureStatus::Other};
    t.platform = {Platform::Agent, Platform::ProxmoxBackup};
    t.sources = {platformBit(Platform::Agent) | platformBit(Platform::Docker), platformBit(Platform::ProxmoxBackup)};
    t.loadAverage1.set(0, 1.5);
    t.temperatureCelsius.set(0, -5.0);
    t.diskPercent.set(0, 92.0);
    for (std::size_t row = 0; row < t.rows(); ++row) {
        t.keys[row] = row + 1;
    }
    t.finish();
    return t;
}

/// Three traces: 0 slow with errors, of two hosts, a container and a pod, 1 fast, with a
/// short container id, 2 our own with the root still missing.
inline TraceListTable sampleTraces()
{
    TraceListTable t;
    t.resize(3);
    t.traceId = {*TraceId::fromHex("4bf92f3577b34da6a3ce929d0e0e4736"), *TraceId::fromHex("abc"),
                 *TraceId::fromHex("def")};
    t.startNs = {kTestNow - 60 * kTestSecond, kTestNow - 7200 * kTestSecond, kTestNow - kTestSecond};
    t.durationNs = {1'840'000'000, 250'000'000, 0};
    t.rootService = {t.strings.intern("frontend"), t.strings.intern("frontend"), 0};
    t.rootName = {t.strings.intern("POST /checkout"), t.strings.intern("GET /search"), 0};
    t.spanCount = {412, 3, 1};
    t.errorCount = {2, 0, 0};
    t.own = {0, 0, 1};
    addTexts(t.strings, t.services, {"frontend", "payments"});
    addTexts(t.strings, t.services, {"frontend"});
    addTexts(t.strings, t.services, {"tracedeck"});
    t.serviceSpans = {400, 12, 3, 1};
    const auto resource = [&](ResourceKey key, std::initializer_list<const char*> first) {
        addTexts(t.strings, t.resources[static_cast<std::size_t>(key)], first);
    };
    resource(ResourceKey::HostName, {"edge-01", "edge-02"});
    resource(ResourceKey::ContainerId, {"4bf92f3577b34da6a3ce929d0e0e47364bf92f3577b34da6a3ce929d0e0e4736"});
    resource(ResourceKey::PodName, {"checkout-7d9f"});
    resource(ResourceKey::Namespace, {"shop"});
    resource(ResourceKey::ProcessId, {"4711"});
    resource(ResourceKey::HostName, {});
    resource(ResourceKey::ContainerId, {"0a1b2c3d4e5f"});
    t.resourcesKnown = {ResourceKnowledge::Whole, ResourceKnowledge::Part, ResourceKnowledge::Unknown};
    t.finish();
    return t;
}

} // namespace tracedeck::tests
