// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo_layout.h"
#include "sources/demo_layout_hosts.h"
#include "sources/demo_names.h"
#include "sources/demo_noise.h"

#include "core/number_format.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace tracedeck {
namespace {

constexpr std::uint64_t kWorkloadStream = 0x576f726b;
constexpr std::int64_t kMiB = std::int64_t{1} << 20U;
constexpr std::int64_t kLayoutHourNs = 3'600'000'000'000;
constexpr std::size_t kRowsPerHost = 12;
constexpr std::size_t kDuplicateEvery = 240; ///< one workload in so many is reported twice by its source

struct WorkloadLayout {
    const InfrastructureTable& hosts;
    WorkloadTable& table;
    const DemoPlace& place;

    [[nodiscard]] StringId text(std::string_view value) const { return table.strings.intern(value); }
    [[nodiscard]] std::string_view hostText(const TextColumn& column, std::size_t host) const
    {
        return hosts.strings.view(column[host]);
    }
};

DemoKind kindOn(Platform platform)
{
    return platform == Platform::Docker    ? DemoKind::Container
        : platform == Platform::Kubernetes ? DemoKind::Pod
                                           : DemoKind::Guest;
}

DemoFault faultOf(std::size_t row, std::size_t count)
{
    if (count < 30) {
        return DemoFault::None;
    }
    switch (row % 211) {
    case 7:
    case 140:
        return DemoFault::Stopped;
    case 19:
    case 63:
        return DemoFault::Restarting;
    case 25:
    case 131:
        return DemoFault::OutOfMemory;
    case 33:
    case 97:
        return DemoFault::HealthCheck;
    case 5:
    case 44:
    case 180:
        return DemoFault::Hot;
    case 52:
    case 160:
        return DemoFault::DiskFull;
    case 11:
        return DemoFault::Outlier;
    default:
        return DemoFault::None;
    }
}

DemoShape shapeOf(std::size_t row, std::size_t count, std::uint32_t host, DemoKind kind, const DemoPlace& place)
{
    DemoShape shape;
    shape.stream = demoHash(kWorkloadStream + place.site, row);
    shape.host = host;
    shape.kind = kind;
    shape.fault = faultOf(row, count);
    const auto unit = [&](std::uint64_t which) { return demoUnit(shape.stream, which); };
    shape.cpus = static_cast<std::uint16_t>(1 + demoHash(shape.stream, 1) % 8);
    shape.cpuLevel = static_cast<float>(2 + 85 * unit(2) * unit(3));
    shape.memoryLevel = static_cast<float>(12 + 68 * unit(4));
    const bool hasDisk = kind == DemoKind::Guest && unit(5) < 0.85; // a guest without an agent reports no disk
    shape.diskLevel = hasDisk ? static_cast<float>(10 + 65 * unit(6)) : -1.0F;
    shape.networkLevel = static_cast<float>(3e3 + 7e6 * unit(7) * unit(8) * unit(8));
    shape.diskIoLevel = static_cast<float>(1e3 + 2e6 * unit(9) * unit(10));
    shape.memoryBytes = kMiB * 256 * (1 + static_cast<std::int64_t>(30 * unit(11)));
    shape.diskBytes = kMiB * 1024 * (8 + static_cast<std::int64_t>(120 * unit(12)));
    const double hours = kind == DemoKind::Pod ? 24 * 9 : 24 * 70;
    shape.startedAtNs = place.anchorNs - kLayoutHourNs
        - static_cast<std::int64_t>(static_cast<double>(kLayoutHourNs) * hours * unit(13));
    return shape;
}

std::string nameOf(const DemoShape& shape, const DemoService& service, std::size_t row)
{
    const std::size_t copy = row / kDemoServices;
    if (shape.kind == DemoKind::Pod) {
        return fmt::format("{}-{}-{}", service.name, demoSuffix(demoHash(copy, row % kDemoServices), 9),
                           demoSuffix(shape.stream, 5));
    }
    return copy == 0 ? std::string(service.name) : fmt::format("{}-{}", service.name, copy + 1);
}

void addGuest(WorkloadLayout& layout, std::size_t row, const DemoShape& shape)
{
    WorkloadTable& table = layout.table;
    const auto vmid = static_cast<std::int64_t>(100 + row);
    const std::string_view node = layout.hostText(layout.hosts.name, shape.host);
    const std::string_view cluster = layout.hostText(layout.hosts.cluster, shape.host);
    table.id[row] = layout.text(fmt::format("{}:{}:{}", cluster.empty() ? node : cluster, node, vmid));
    table.displayId[row] = layout.text(std::to_string(vmid));
    table.vmid.set(row, vmid);
    table.type[row] = demoHash(shape.stream, 30) % 5 < 3 ? WorkloadType::Vm : WorkloadType::SystemContainer;
    table.instance[row] = layout.text(cluster.empty() ? node : cluster);
    table.contextLabel[row] = layout.text(cluster.empty() ? std::string(node) : fmt::format("{} ({})", node, cluster));
    table.osName[row] = layout.text(demoHash(shape.stream, 31) % 3 == 0 ? "Ubuntu 24.04 LTS" : "Debian GNU/Linux 12");
    table.platform[row] = Platform::ProxmoxVe;
}

void addContainer(WorkloadLayout& layout, std::size_t row, const DemoShape& shape, const DemoService& service)
{
    WorkloadTable& table = layout.table;
    const std::string containerId = demoHex(shape.stream, 64);
    const std::string_view host = layout.hostText(layout.hosts.name, shape.host);
    table.id[row] = layout.text(fmt::format("{}/{}", host, containerId));
    table.displayId[row] = layout.text(std::string_view(containerId).substr(0, 12));
    table.type[row] = WorkloadType::AppContainer;
    table.instance[row] = layout.text(layout.place.instance);
    table.contextLabel[row] = layout.text(host);
    table.containerRuntime[row] = layout.text(demoHash(shape.stream, 32) % 6 == 0 ? "podman" : "docker");
    table.containerId[row] = layout.text(containerId);
    table.dockerHostId[row] = layout.text(host);
    table.dockerHostName[row] = layout.text(host);
    table.composeProject[row] = layout.text(service.project);
    table.image[row] = layout.text(service.image);
    table.platform[row] = Platform::Docker;
}

void addPod(WorkloadLayout& layout, std::size_t row, const DemoShape& shape, const DemoService& service)
{
    WorkloadTable& table = layout.table;
    const std::string_view cluster = layout.hostText(layout.hosts.cluster, shape.host);
    const std::string uid = demoHex(shape.stream, 32);
    table.id[row] = layout.text(fmt::format("k8s:{}:pod:{}", cluster, uid));
    table.displayId[row] = layout.text(std::string_view(uid).substr(0, 8));
    table.type[row] = WorkloadType::Pod;
    table.instance[row] = layout.text(layout.place.instance);
    table.contextLabel[row] = layout.text(cluster);
    table.containerRuntime[row] = layout.text("containerd");
    table.containerId[row] = layout.text(demoHex(shape.stream + 1, 64));
    table.nameSpace[row] = layout.text(service.project);
    table.kubernetesAgentId[row] = layout.text(cluster);
    table.image[row] = layout.text(service.image);
    table.platform[row] = Platform::Kubernetes;
}

void addLists(WorkloadLayout& layout, std::size_t row, const DemoShape& shape, const DemoService& service)
{
    WorkloadTable& table = layout.table;
    const std::string address = demoAddress(static_cast<std::uint32_t>(0x100000 + row));
    table.tags.add(layout.text(demoHash(shape.stream, 33) % 5 == 0 ? "staging" : "prod"));
    table.tags.add(layout.text(service.tag));
    table.tags.endRow();
    table.ipAddresses.add(layout.text(address));
    table.ipAddresses.endRow();
    const auto add = [&](std::string_view name, std::string_view value) {
        table.detailNames.add(layout.text(name));
        table.detailValues.add(layout.text(value));
    };
    if (shape.kind == DemoKind::Guest) {
        add("Network net0", fmt::format("{} on vmbr0", address));
        add("Disk scsi0", fmt::format("{} on local-zfs", formatBytesBinary(shape.diskBytes).joined()));
    } else {
        add("Network eth0", address);
        add("Port 8080/tcp", "published");
        // Details may carry secrets; what shows them has to mask this one.
        add("Environment DATABASE_PASSWORD", demoSuffix(shape.stream, 12));
        add("Label team", service.project);
    }
    table.detailNames.endRow();
    table.detailValues.endRow();
}

void addWorkload(WorkloadLayout& layout, std::size_t row, const DemoShape& shape)
{
    WorkloadTable& table = layout.table;
    const DemoService& service = demoService(row);
    switch (shape.kind) {
    case DemoKind::Container:
        addContainer(layout, row, shape, service);
        break;
    case DemoKind::Pod:
        addPod(layout, row, shape, service);
        break;
    default:
        addGuest(layout, row, shape);
        break;
    }
    table.keys[row] = makeRowKey(RowKind::Workload, layout.place.instance, table.strings.view(table.id[row]));
    table.hostKeys[row] = layout.hosts.keys[shape.host];
    table.name[row] = layout.text(nameOf(shape, service, row));
    table.node[row] = layout.text(layout.hostText(layout.hosts.name, shape.host));
    table.cluster[row] = layout.text(layout.hostText(layout.hosts.cluster, shape.host));
    table.status[row] = layout.text("running");
    table.platformScopes[row] = platformBit(table.platform[row]);
    table.cpuCount.set(row, shape.cpus);
    table.cpuBasis[row] = layout.text(fmt::format("of its {} CPUs", shape.cpus));
    table.memoryBasis[row] =
        layout.text(fmt::format("of its limit, {}", formatBytesBinary(shape.memoryBytes).joined()));
    addLists(layout, row, shape, service);
}

/// Host of every workload, neighbours together, heavier hosts with more of them.
std::vector<std::uint32_t> spread(const InfrastructureTable& hosts, std::size_t count)
{
    std::vector<std::uint32_t> carriers;
    for (std::size_t host = 0; host < hosts.rows(); ++host) {
        carriers.insert(carriers.end(), demoHostWeight(hosts, host), static_cast<std::uint32_t>(host));
    }
    std::vector<std::uint32_t> of(carriers.empty() ? 0 : count);
    for (std::size_t i = 0; i < of.size(); ++i) {
        of[i] = carriers[i * carriers.size() / count];
    }
    return of;
}

} // namespace

DemoLayout demoLayout(std::size_t rows, const DemoPlace& place)
{
    rows = std::min(rows, kMaxDemoRows);
    const std::size_t hostCount = rows == 0 ? 0 : std::max<std::size_t>(1, rows / kRowsPerHost);
    DemoLayout layout;
    InfrastructureTable hosts;
    layOutDemoHosts(hostCount, place, hosts, layout.hostShapes);
    const std::vector<std::uint32_t> hostOf = spread(hosts, rows - hostCount);
    WorkloadTable workloads;
    workloads.resize(hostOf.size());
    WorkloadLayout writer{hosts, workloads, place};
    layout.workloadShapes.reserve(hostOf.size());
    for (std::size_t row = 0; row < hostOf.size(); ++row) {
        const DemoKind kind = kindOn(hosts.platform[hostOf[row]]);
        layout.workloadShapes.push_back(shapeOf(row, hostOf.size(), hostOf[row], kind, place));
        addWorkload(writer, row, layout.workloadShapes.back());
    }
    for (const char* word :
         {"stopped", "exit 137, out of memory", "exit 1, restarting", "restarting", "health check failing", "unknown",
          "host has no contact", "degraded", "stopped by an operator"}) {
        workloads.strings.intern(word);
    }
    workloads.finish();
    layout.duplicateIds = hostOf.size() / kDuplicateEvery;
    layout.hosts = std::make_shared<const InfrastructureTable>(std::move(hosts));
    layout.workloads = std::make_shared<const WorkloadTable>(std::move(workloads));
    return layout;
}

} // namespace tracedeck
