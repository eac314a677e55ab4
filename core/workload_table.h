// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/column.h"
#include "core/ids.h"
#include "core/infrastructure_table.h"
#include "core/platform.h"
#include "core/search_arena.h"
#include "core/string_pool.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tracedeck {

enum class WorkloadType : std::uint8_t { Vm, SystemContainer, AppContainer, Pod, Unit, Count };

/// The three exclusive buckets every workload falls into (Pulse's rule, see selectors/workload_filter).
enum class StatusBucket : std::uint8_t { Running, Degraded, Stopped };

/// Which fields free text searches. Reference = the 19 fields of Pulse; Product adds tags, OS and
/// addresses, so that what is on screen can be found.
enum class WorkloadSearchFields : std::uint8_t { Reference, Product };

/// VMs, containers, pods and units of one source at one moment. Conventions as in InfrastructureTable.
struct WorkloadTable {
    StringPool strings;

    std::vector<RowKey> keys;
    std::vector<std::uint64_t> digests;
    std::vector<RowKey> hostKeys; ///< row key of the infrastructure row it runs on; 0 = unknown

    TextColumn id; ///< canonical id
    TextColumn name;
    TextColumn displayId;
    TextColumn status; ///< power state, lower-cased ("running", "stopped" …)
    TextColumn resourceStatus; ///< canonical health, lower-cased, apart from the power state
    TextColumn statusDetail; ///< short reason ("exit 137"), may be empty
    TextColumn node;
    TextColumn instance;
    TextColumn cluster;
    TextColumn contextLabel;
    TextColumn nameSpace;
    TextColumn image;
    TextColumn containerRuntime;
    TextColumn containerId; ///< full 64 hex where known
    TextColumn dockerHostId;
    TextColumn dockerHostName;
    TextColumn kubernetesAgentId;
    TextColumn composeProject;
    TextColumn unitPath; ///< cgroup path or unit name for local workloads
    TextColumn osName;
    TextColumn cpuBasis;
    TextColumn memoryBasis;
    ListColumn tags;
    ListColumn ipAddresses;
    ListColumn detailNames;
    ListColumn detailValues;

    std::vector<WorkloadType> type;
    std::vector<StatusBucket> bucket;
    std::vector<Platform> platform;
    std::vector<PlatformSet> platformScopes;
    std::vector<std::uint8_t> flags; ///< RowFlag

    OptionalColumn<std::int64_t> vmid;
    OptionalColumn<double> cpuPercent; ///< 0-100 of its own allocation
    OptionalColumn<double> cpuCount;
    OptionalColumn<double> memoryPercent;
    OptionalColumn<std::int64_t> memoryUsedBytes;
    OptionalColumn<std::int64_t> memoryTotalBytes;
    OptionalColumn<double> diskPercent;
    OptionalColumn<std::int64_t> diskUsedBytes;
    OptionalColumn<std::int64_t> diskTotalBytes;
    OptionalColumn<double> rxBytesPerSec;
    OptionalColumn<double> txBytesPerSec;
    OptionalColumn<double> readBytesPerSec;
    OptionalColumn<double> writeBytesPerSec;
    OptionalColumn<std::int64_t> processCount;
    OptionalColumn<std::int64_t> restartCount;
    OptionalColumn<std::int64_t> startedAtNs;
    OptionalColumn<std::int64_t> lastBackupNs;

    SearchArena search;

    [[nodiscard]] std::size_t rows() const noexcept { return keys.size(); }
    void resize(std::size_t rows);
    /// Fills search, digests and buckets from the other columns. Call once when all rows are in place.
    void finish(WorkloadSearchFields fields = WorkloadSearchFields::Product);
    /// Appends the given rows of another table, texts interned anew. finish() is the caller's.
    void append(const WorkloadTable& from, const std::vector<std::uint32_t>& rows);
    bool operator==(const WorkloadTable&) const = default;
};

/// "vm", "system-container", "app-container", "pod", "unit".
[[nodiscard]] std::string_view workloadTypeKey(WorkloadType type);
/// "VM", "LXC", "container", "pod", "unit": the short badge of a row.
[[nodiscard]] std::string_view workloadTypeBadge(WorkloadType type);
/// Plural label of a group of this type.
[[nodiscard]] std::string_view workloadTypePlural(WorkloadType type);
/// Bucket of a row: a resource status that is set and not online/running/healthy decides alone, else the
/// power state; online/running/healthy → Running; offline, error, failed, down, unreachable,
/// disconnected, timeout, stopped, inactive → Stopped; all else → Degraded. Source: facts, Pulse 3.2.
[[nodiscard]] StatusBucket statusBucketOf(std::string_view powerState, std::string_view resourceStatus);

} // namespace tracedeck
