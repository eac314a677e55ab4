// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "core/platform.h"
#include "core/workload_table.h"
#include "selectors/sort_direction.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tracedeck {

/// Bit set over StatusBucket.
using StatusBucketSet = std::uint8_t;

[[nodiscard]] constexpr StatusBucketSet bucketBit(StatusBucket bucket)
{
    return static_cast<StatusBucketSet>(1U << static_cast<unsigned>(bucket));
}

/// Kind of workloads looked at. Container = system containers and app containers.
enum class WorkloadView : std::uint8_t { All, Vm, Container, SystemContainer, AppContainer, Pod, Unit };

enum class WorkloadSortKey : std::uint8_t {
    Name,
    Status, ///< by bucket (running, degraded, stopped), then its word
    Type,
    Node,
    Cluster,
    Namespace,
    Image,
    Os,
    ComposeProject,
    Vmid,
    Platform,
    Cpu,
    Memory,
    Disk,
    NetIo, ///< received + sent
    DiskIo, ///< read + written
    Uptime,
    Processes,
    Restarts,
    LastBackup
};

/// Tag: by the first tag as the source lists them, so that every row stands in one group.
enum class WorkloadGrouping : std::uint8_t {
    None,
    Node,
    Type,
    Status,
    Namespace,
    ComposeProject,
    Cluster,
    Platform,
    Tag
};

/// Which rows pass. Everything left at its default lets all rows pass; the conditions are joined by "and".
/// Semantics (facts, Pulse 3.2 no. 3): `node` and `hostHint` are ignored in the pod view, `hostHint` also
/// when `node` is set; context and namespace count in the pod view only, `cluster` in the VM view only,
/// `containerRuntime` in the container views only.
struct WorkloadFilter {
    WorkloadView view = WorkloadView::All;
    std::string node; ///< host scope equals: guests "instance-node", containers docker host, pods none
    std::string hostHint; ///< substring of the host's names, any case; pods fail
    std::string kubernetesContext; ///< equals the first non-empty of context label, instance, node
    std::string nameSpace;
    std::string cluster;
    std::string containerRuntime; ///< equals, any case; only app containers pass
    PlatformSet platforms = 0; ///< any of the row's scopes (or its platform when it has none); 0 = all
    StatusBucketSet buckets = 0; ///< any of these; 0 = all
    RowKey host = 0; ///< row key of the infrastructure row it runs on; 0 = all
    std::vector<std::string> terms; ///< each must occur in the searched fields, any case; empty ones are ignored
    bool problemsOnly = false; ///< status is Warning or worse

    bool operator==(const WorkloadFilter&) const = default;
};

/// Everything that decides what the workload table shows; with the snapshot pointer it is the key of
/// the memo. A plain value.
struct WorkloadQuery {
    WorkloadFilter filter;
    std::string text; ///< query language; see PlanInputs::matches
    WorkloadSortKey sort = WorkloadSortKey::Name;
    SortDirection direction = SortDirection::Ascending;
    std::optional<WorkloadSortKey> thenBy{}; ///< decides among equal values of `sort`, before the name
    SortDirection thenDirection = SortDirection::Ascending;
    bool quantised = false; ///< automatic re-sort: live metrics in steps of 5 points or powers of two, then name
    WorkloadGrouping grouping = WorkloadGrouping::Node;
    WorkloadGrouping thenGrouping = WorkloadGrouping::None; ///< inside the groups of `grouping`
    GroupOrder groupOrder = GroupOrder::Label;
    std::vector<RowKey> collapsed; ///< group keys (PlanGroup::key) whose rows are hidden; any order

    bool operator==(const WorkloadQuery&) const = default;
};

} // namespace tracedeck
