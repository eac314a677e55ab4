// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/infrastructure_table.h"
#include "core/platform.h"
#include "core/search_arena.h"
#include "core/workload_table.h"
#include "selectors/query_enum_bit.h"
#include "selectors/query_fields.h"

#include <algorithm>
#include <array>
#include <deque>

namespace tracedeck {
namespace {

using Health = InfrastructureStatus;

constexpr std::array<QueryEnumValue, 6> kHealth{
    {{"online", "running up", queryEnumBit(Health::Online) | queryEnumBit(Health::Running)},
     {"degraded", "warning", queryEnumBit(Health::Degraded)},
     {"paused", "", queryEnumBit(Health::Paused)},
     {"offline", "stopped down", queryEnumBit(Health::Offline) | queryEnumBit(Health::Stopped)},
     {"unknown", "", queryEnumBit(Health::Unknown)},
     {"other", "", queryEnumBit(Health::Other)}}};

constexpr std::array<QueryEnumValue, 3> kBuckets{{{"running", "online up", queryEnumBit(StatusBucket::Running)},
                                                  {"degraded", "warning", queryEnumBit(StatusBucket::Degraded)},
                                                  {"stopped", "offline down", queryEnumBit(StatusBucket::Stopped)}}};

constexpr std::array<QueryEnumValue, 5> kWorkloadTypes{
    {{"vm", "qemu vms", queryEnumBit(WorkloadType::Vm)},
     {"system-container", "lxc container containers", queryEnumBit(WorkloadType::SystemContainer)},
     {"app-container", "cont docker oci container containers", queryEnumBit(WorkloadType::AppContainer)},
     {"pod", "pods k8s", queryEnumBit(WorkloadType::Pod)},
     {"unit", "units service", queryEnumBit(WorkloadType::Unit)}}};

constexpr std::array<QueryEnumValue, 8> kHostTypes{
    {{"agent", "host hosts", queryEnumBit(InfrastructureType::Agent)},
     {"docker-host", "docker host hosts", queryEnumBit(InfrastructureType::DockerHost)},
     {"docker-swarm-node", "swarm node", queryEnumBit(InfrastructureType::SwarmNode)},
     {"k8s-cluster", "kubernetes k8s cluster", queryEnumBit(InfrastructureType::KubernetesCluster)},
     {"k8s-node", "kubernetes k8s node", queryEnumBit(InfrastructureType::KubernetesNode)},
     {"network-endpoint", "endpoint", queryEnumBit(InfrastructureType::NetworkEndpoint)},
     {"pbs", "backup proxmox-backup", queryEnumBit(InfrastructureType::ProxmoxBackup)},
     {"pmg", "mail proxmox-mail", queryEnumBit(InfrastructureType::ProxmoxMail)}}};

constexpr std::array<QueryEnumValue, 2> kTraceStatus{{{"ok", "good", 1}, {"error", "errors failed", 2}}};
constexpr std::array<QueryEnumValue, 2> kYesNo{{{"no", "false 0", 1}, {"yes", "true 1", 2}}};

/// Platforms by key, with the label and the usual short names as aliases. Built once.
std::span<const QueryEnumValue> platformValues()
{
    static const auto values = [] {
        static std::deque<std::string> texts; // deque: views into it stay valid while it grows
        std::vector<QueryEnumValue> out;
        constexpr std::array<std::string_view, 7> kShort{"k8s", "pve", "pbs", "pmg", "vmware", "vsphere", "hyper-v"};
        for (unsigned i = 0; i < static_cast<unsigned>(Platform::Count); ++i) {
            const auto platform = static_cast<Platform>(i);
            std::string aliases = foldCase(platformLabel(platform));
            std::replace(aliases.begin(), aliases.end(), ' ', '-');
            for (const std::string_view name : kShort) {
                if (platformFromKey(name) == platform) {
                    aliases += " ";
                    aliases += name;
                }
            }
            texts.push_back(std::move(aliases));
            out.push_back({platformKey(platform), texts.back(), std::uint64_t{platformBit(platform)}});
        }
        return out;
    }();
    return values;
}

enum class Fit : std::uint8_t { Exact, Begin, Inside };

bool fits(std::string_view known, std::string_view word, Fit fit)
{
    switch (fit) {
    case Fit::Exact:
        return known == word;
    case Fit::Begin:
        return known.substr(0, word.size()) == word;
    case Fit::Inside:
        return known.find(word) != std::string_view::npos;
    }
    return false;
}

bool valueFits(const QueryEnumValue& value, std::string_view word, Fit fit)
{
    if (fits(value.key, word, fit)) {
        return true;
    }
    std::string_view rest = value.aliases;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        if (fits(rest.substr(0, end), word, fit)) {
            return true;
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

} // namespace

std::span<const QueryEnumValue> queryEnumValues(QueryTable table, QueryFieldId field)
{
    switch (field) {
    case QueryFieldId::Source:
        return table == QueryTable::Traces ? std::span<const QueryEnumValue>{} : platformValues();
    case QueryFieldId::Own:
        return kYesNo;
    case QueryFieldId::Status:
        switch (table) {
        case QueryTable::Infrastructure:
            return kHealth;
        case QueryTable::Workloads:
            return kBuckets;
        case QueryTable::Traces:
            return kTraceStatus;
        }
        return {};
    case QueryFieldId::Type:
        return table == QueryTable::Infrastructure ? std::span<const QueryEnumValue>(kHostTypes)
                                                   : std::span<const QueryEnumValue>(kWorkloadTypes);
    default:
        return {};
    }
}

std::uint64_t queryEnumMask(QueryTable table, QueryFieldId field, std::string_view word, bool exactOnly)
{
    for (const Fit fit : {Fit::Exact, Fit::Begin, Fit::Inside}) {
        std::uint64_t mask = 0;
        for (const QueryEnumValue& value : queryEnumValues(table, field)) {
            mask |= valueFits(value, word, fit) ? value.bits : 0;
        }
        if (mask != 0 || exactOnly) {
            return mask;
        }
    }
    return 0;
}

} // namespace tracedeck
