// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo_layout_hosts.h"

#include "core/number_format.h"
#include "core/service_details.h"
#include "sources/demo_names.h"
#include "sources/demo_noise.h"

#include <array>
#include <fmt/format.h>

namespace tracedeck {
namespace {

constexpr std::uint64_t kHostStream = 0x486f7374;
constexpr std::int64_t kGiB = std::int64_t{1} << 30U;
constexpr std::int64_t kHourNs = 3'600'000'000'000;

enum class Role : std::uint8_t { Proxmox, Docker, Cluster, Node, Agent, Backup, Mail, Endpoint };

/// Every kind appears early, so that a small fleet shows them too; clusters come before their nodes.
Role roleOf(std::size_t index)
{
    using R = Role;
    constexpr std::array<Role, 20> kRound{R::Proxmox, R::Docker,  R::Proxmox, R::Cluster, R::Node,  R::Node,  R::Node,
                                          R::Docker,  R::Proxmox, R::Proxmox, R::Backup,  R::Agent, R::Node,  R::Docker,
                                          R::Proxmox, R::Mail,    R::Proxmox, R::Node,    R::Node,  R::Docker};
    const Role role = kRound[index % kRound.size()];
    const bool again = index >= 2 * kRound.size();
    if (role == Role::Mail && again) {
        return Role::Endpoint; // one mail gateway or two are enough
    }
    return role == Role::Backup && index >= 6 * kRound.size() ? Role::Agent : role;
}

/// Rows being laid out: counts name them.
struct HostLayout {
    InfrastructureTable& table;
    const DemoPlace& place;
    std::array<std::size_t, 8> counts{};
    std::string cluster{}; ///< Kubernetes cluster the next nodes belong to
    std::size_t nodesInCluster = 0;

    [[nodiscard]] StringId text(std::string_view value) const { return table.strings.intern(value); }
};

struct RoleFacts {
    InfrastructureType type;
    Platform platform;
    std::string_view os;
    std::string_view kernel;
};

RoleFacts factsOf(Role role)
{
    switch (role) {
    case Role::Proxmox:
        return {InfrastructureType::Agent, Platform::ProxmoxVe, "Proxmox VE 8.2", "6.8.4-3-pve"};
    case Role::Docker:
        return {InfrastructureType::DockerHost, Platform::Docker, "Debian GNU/Linux 12", "6.1.0-21-amd64"};
    case Role::Cluster:
        return {InfrastructureType::KubernetesCluster, Platform::Kubernetes, "Kubernetes 1.30", ""};
    case Role::Node:
        return {InfrastructureType::KubernetesNode, Platform::Kubernetes, "Talos 1.7", "6.6.29-talos"};
    case Role::Backup:
        return {InfrastructureType::ProxmoxBackup, Platform::ProxmoxBackup, "Proxmox Backup Server 3.2", "6.8.4-3-pve"};
    case Role::Mail:
        return {InfrastructureType::ProxmoxMail, Platform::ProxmoxMail, "Proxmox Mail Gateway 8.1", "6.8.4-3-pve"};
    case Role::Endpoint:
        return {InfrastructureType::NetworkEndpoint, Platform::Availability, "", ""};
    case Role::Agent:
        break;
    }
    return {InfrastructureType::Agent, Platform::Agent, "Ubuntu 24.04 LTS", "6.8.0-31-generic"};
}

std::string nameOf(HostLayout& layout, Role role)
{
    const std::size_t number = layout.counts[static_cast<std::size_t>(role)]++;
    switch (role) {
    case Role::Proxmox:
        return fmt::format("pve-{}-{}", demoRegion(number / 4 + layout.place.site * 5),
                           static_cast<char>('a' + number % 4));
    case Role::Docker:
        return fmt::format("edge-{:02}", number + 1);
    case Role::Cluster:
        layout.cluster = fmt::format("prod-{}", demoRegion(number));
        layout.nodesInCluster = 0;
        return layout.cluster;
    case Role::Node:
        return fmt::format("{}-worker-{:02}", layout.cluster, ++layout.nodesInCluster);
    case Role::Backup:
        return fmt::format("backup-{:02}", number + 1);
    case Role::Mail:
        return fmt::format("mail-gw-{:02}", number + 1);
    case Role::Endpoint:
        return fmt::format("uplink-{:02}", number + 1);
    case Role::Agent:
        break;
    }
    return fmt::format("bare-{:02}", number + 1);
}

std::string clusterOf(const HostLayout& layout, Role role, std::size_t number)
{
    if (role == Role::Cluster || role == Role::Node) {
        return layout.cluster;
    }
    // Every fifth Proxmox cluster is no cluster: its nodes stand alone.
    const bool clustered = role == Role::Proxmox && number / 4 % 5 != 4;
    return clustered ? fmt::format("core-{}", demoRegion(number / 4 + layout.place.site * 5)) : std::string();
}

DemoFault faultOf(std::size_t row, std::size_t count, Role role)
{
    if (count < 6 || role == Role::Cluster) {
        return DemoFault::None; // a fleet of few shows the calm case
    }
    switch (row % 61) {
    case 9:
        return DemoFault::Down;
    case 5:
        return DemoFault::Flapping;
    case 7:
        return DemoFault::StaleAgent;
    case 2:
    case 34:
        return DemoFault::Hot;
    case 13:
        return DemoFault::DiskFull;
    case 18:
        return DemoFault::Outlier;
    default:
        return DemoFault::None;
    }
}

DemoShape shapeOf(std::size_t row, std::size_t count, Role role, const DemoPlace& place)
{
    DemoShape shape;
    shape.stream = demoHash(kHostStream + place.site, row);
    shape.kind = role == Role::Backup || role == Role::Mail ? DemoKind::Service : DemoKind::Host;
    shape.fault = faultOf(row, count, role);
    const auto unit = [&](std::uint64_t which) { return demoUnit(shape.stream, which); };
    constexpr std::array<std::uint16_t, 5> kCpus{8, 16, 24, 32, 64};
    shape.cpus = kCpus[demoHash(shape.stream, 1) % kCpus.size()];
    shape.cpuLevel = static_cast<float>(8 + 60 * unit(2) * unit(3));
    shape.memoryLevel = static_cast<float>(30 + 45 * unit(4));
    shape.diskLevel = static_cast<float>(15 + 60 * unit(5));
    shape.networkLevel = static_cast<float>(2e5 + 1.2e7 * unit(6) * unit(7));
    shape.diskIoLevel = static_cast<float>(1e5 + 8e6 * unit(8) * unit(9));
    shape.memoryBytes = kGiB * shape.cpus * 4;
    shape.diskBytes = kGiB * (200 + static_cast<std::int64_t>(1'800 * unit(10)));
    shape.startedAtNs = place.anchorNs - kHourNs * (2 + static_cast<std::int64_t>(24 * 120 * unit(11) * unit(12)));
    if (role == Role::Endpoint) {
        shape.diskLevel = shape.networkLevel = -1;
    }
    return shape;
}

void addDetails(HostLayout& layout, const DemoShape& shape, std::string_view address, Role role)
{
    const auto add = [&](std::string_view name, const std::string& value) {
        layout.table.detailNames.add(layout.text(name));
        layout.table.detailValues.add(layout.text(value));
    };
    add("Network eno1", fmt::format("{}, 10 Gbit/s, up", address));
    add("File system /", fmt::format("{} on /dev/nvme0n1p2", formatBytesBinary(shape.diskBytes).joined()));
    add("Agent version", "2.4.1");
    const auto number = [&](std::string_view name, std::uint64_t which, std::uint64_t below) {
        add(name, fmt::format("{}", demoHash(shape.stream, which) % below));
    };
    if (role == Role::Backup) {
        number(kDatastoresDetail, 30, 6);
        number(kJobsDetail, 31, 24);
        add(kVersionDetail, "3.2-1");
    } else if (role == Role::Mail) {
        number(kQueueDetail, 32, 400);
        number(kDeferredDetail, 33, 60);
        number(kHoldDetail, 34, 5);
        add(kMailNodesDetail, "2");
        add(kVersionDetail, "8.1-4");
    }
    layout.table.detailNames.endRow();
    layout.table.detailValues.endRow();
}

void addHost(HostLayout& layout, std::size_t row, Role role, const DemoShape& shape)
{
    InfrastructureTable& table = layout.table;
    const std::size_t number = layout.counts[static_cast<std::size_t>(role)];
    const std::string name = nameOf(layout, role);
    const RoleFacts facts = factsOf(role);
    const std::string id = fmt::format("{}/{}", platformKey(facts.platform), name);
    table.keys[row] = makeRowKey(RowKind::Infrastructure, layout.place.instance, id);
    table.id[row] = layout.text(id);
    table.name[row] = layout.text(name);
    table.hostname[row] = layout.text(name);
    table.platformId[row] = layout.text(name);
    // A cloned machine that nobody gave an id of its own.
    const bool clone = row % 47 == 31;
    table.machineId[row] = clone ? table.machineId[row - 1] : layout.text(demoHex(shape.stream, 32));
    table.cluster[row] = layout.text(clusterOf(layout, role, number));
    table.statusText[row] = layout.text("online");
    table.osName[row] = layout.text(facts.os);
    table.kernelVersion[row] = layout.text(facts.kernel);
    table.cpuBasis[row] = layout.text(fmt::format("of {} CPUs", shape.cpus));
    table.memoryBasis[row] = layout.text(fmt::format("of {}", formatBytesBinary(shape.memoryBytes).joined()));
    table.diskBasis[row] = layout.text(fmt::format("of {}", formatBytesBinary(shape.diskBytes).joined()));
    table.type[row] = facts.type;
    table.platform[row] = facts.platform;
    table.firstSource[row] = facts.platform;
    // Some hosts are seen twice: by their platform and by an agent.
    const bool agent = demoHash(shape.stream, 20) % 4 == 0;
    table.sources[row] = platformBit(facts.platform) | (agent ? platformBit(Platform::Agent) : PlatformSet{0});
    table.cpuCount.set(row, shape.cpus);
    const std::string address = demoAddress(static_cast<std::uint32_t>(256 * 10 + row));
    table.ipAddresses.add(layout.text(address));
    table.ipAddresses.endRow();
    table.tags.add(layout.text(demoHash(shape.stream, 21) % 5 == 0 ? "staging" : "prod"));
    table.tags.endRow();
    addDetails(layout, shape, address, role);
}

} // namespace

void layOutDemoHosts(std::size_t count, const DemoPlace& place, InfrastructureTable& table,
                     std::vector<DemoShape>& shapes)
{
    table.resize(count);
    shapes.reserve(count);
    HostLayout layout{table, place};
    for (std::size_t row = 0; row < count; ++row) {
        const Role role = roleOf(row);
        shapes.push_back(shapeOf(row, count, role, place));
        addHost(layout, row, role, shapes.back());
    }
    // Words a row may need later: the pool of a finished table does not grow any more.
    for (const char* word :
         {"offline", "degraded", "no contact", "agent silent, last values shown", "CPU at its limit"}) {
        table.strings.intern(word);
    }
    table.finish();
}

std::size_t demoHostWeight(const InfrastructureTable& table, std::size_t row)
{
    switch (table.platform[row]) {
    case Platform::ProxmoxVe:
        return 12;
    case Platform::Docker:
        return 14;
    case Platform::Kubernetes:
        return table.type[row] == InfrastructureType::KubernetesNode ? 20 : 0;
    default:
        return 0;
    }
}

} // namespace tracedeck
