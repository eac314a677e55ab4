// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/column.h"
#include "core/ids.h"
#include "core/platform.h"
#include "core/search_arena.h"
#include "core/string_pool.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tracedeck {

/// What an infrastructure row is. Facts: Pulse's resource types.
enum class InfrastructureType : std::uint8_t {
    Agent,
    DockerHost,
    SwarmNode,
    KubernetesCluster,
    KubernetesNode,
    NetworkEndpoint,
    ProxmoxBackup, ///< service row
    ProxmoxMail, ///< service row
    Count
};

/// Mapped health of an infrastructure row; `Other` keeps its own word in statusText.
enum class InfrastructureStatus : std::uint8_t { Online, Degraded, Paused, Offline, Stopped, Unknown, Running, Other };

/// Per-row facts that are neither value nor text.
enum RowFlag : std::uint8_t {
    kRatesPending = 1, ///< counters have one sample so far: rates print as pending, not as missing or 0
    kRowStale = 2, ///< the part of the source that feeds this row did not answer this time
};

/// Hosts, nodes and service machines of one source at one moment: one vector per field, all of size
/// rows(). Percent columns are 0-100 (may exceed 100 where a source says so), rates bytes per second,
/// times ns since the Unix epoch, UTC. Uptime is kept as its start, which does not change on every
/// poll; "last seen" sits outside the table (FleetSnapshot) for the same reason.
struct InfrastructureTable {
    StringPool strings;

    std::vector<RowKey> keys;
    std::vector<std::uint64_t> digests; ///< hash of every shown value of the row; equal digest = equal row

    TextColumn id;
    TextColumn name; ///< display name
    TextColumn platformId;
    TextColumn hostname;
    TextColumn machineId;
    TextColumn cluster; ///< explicit cluster name only; 0 = standalone
    TextColumn statusText; ///< status as the source words it
    TextColumn statusDetail; ///< short reason ("failed units: 2"), may be empty
    TextColumn osName;
    TextColumn kernelVersion;
    TextColumn cpuBasis; ///< what cpuPercent is a percentage of, e.g. "of 8 CPUs"
    TextColumn memoryBasis;
    TextColumn diskBasis;
    ListColumn tags;
    ListColumn ipAddresses;
    ListColumn detailNames; ///< further facts for the drawer, parallel to detailValues
    ListColumn detailValues;

    std::vector<InfrastructureType> type;
    std::vector<InfrastructureStatus> status;
    std::vector<Platform> platform; ///< the row's main platform
    std::vector<Platform> firstSource; ///< first known source in the source's own order; Count = none
    std::vector<PlatformSet> sources; ///< all known sources; 0 = none known
    std::vector<std::uint8_t> flags; ///< RowFlag

    OptionalColumn<double> cpuPercent;
    OptionalColumn<double> cpuCount;
    OptionalColumn<double> loadAverage1;
    OptionalColumn<double> memoryPercent; ///< used/total·100 when both are known and non-zero, else as reported
    OptionalColumn<std::int64_t> memoryUsedBytes;
    OptionalColumn<std::int64_t> memoryTotalBytes;
    OptionalColumn<std::int64_t> swapUsedBytes;
    OptionalColumn<std::int64_t> swapTotalBytes;
    OptionalColumn<double> diskPercent;
    OptionalColumn<std::int64_t> diskUsedBytes;
    OptionalColumn<std::int64_t> diskTotalBytes;
    OptionalColumn<double> rxBytesPerSec;
    OptionalColumn<double> txBytesPerSec;
    OptionalColumn<double> readBytesPerSec;
    OptionalColumn<double> writeBytesPerSec;
    OptionalColumn<double> temperatureCelsius;
    OptionalColumn<std::int64_t> startedAtNs; ///< uptime = now - startedAtNs

    SearchArena search; ///< name, id, hostname, addresses, tags

    [[nodiscard]] std::size_t rows() const noexcept { return keys.size(); }
    /// Sizes every per-row vector (lists and search are appended row by row instead).
    void resize(std::size_t rows);
    /// Fills search and digests from the other columns. Call once when all rows are in place.
    void finish();
    /// Appends the given rows of another table, texts interned anew. finish() is the caller's.
    void append(const InfrastructureTable& from, const std::vector<std::uint32_t>& rows);
    bool operator==(const InfrastructureTable&) const = default;
};

[[nodiscard]] std::string_view infrastructureTypeKey(InfrastructureType type);
[[nodiscard]] std::string_view infrastructureTypeLabel(InfrastructureType type);
/// "online", "degraded" …; for Other the caller shows statusText.
[[nodiscard]] std::string_view infrastructureStatusKey(InfrastructureStatus status);
/// Maps a source's word: online|running → Online; offline|stopped → Offline; warning|degraded → Degraded;
/// paused → Paused; anything else → Unknown. Case-insensitive.
[[nodiscard]] InfrastructureStatus infrastructureStatusFromText(std::string_view text);

} // namespace tracedeck
