// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// One resource of a Pulse server, reduced to what the fleet shows. Missing stays absent; ratios are
/// percent 0-100, rates bytes per second, times ns since the Unix epoch.
struct PulseResource {
    std::string id;
    std::string type; ///< as the server words it: "vm", "agent", "app-container" …
    std::string name; ///< display name, else name, else id
    std::string status;
    std::string resourceStatus; ///< canonical health, apart from the power state
    std::vector<std::string> sources;
    std::string hostname;
    std::string machineId;
    std::string clusterName;
    std::string parentId;
    std::string parentName;
    std::vector<std::string> addresses;
    std::vector<std::string> tags;
    std::string platformId;
    std::string node;
    std::string instance;
    std::string nameSpace;
    std::string image;
    std::string runtime;
    std::string containerId;
    std::string hostId; ///< of a container: the host it runs on
    std::string hostName;
    std::string kubernetesClusterId;
    std::string kubernetesAgentId;
    std::string podUid;
    std::string osName;
    std::string kernelVersion;
    std::string statusReason; ///< summary of its worst incident
    std::string project;
    std::string customUrl; ///< its own web page
    std::string historyType; ///< what the server keeps its history under; both or none
    std::string historyId;
    std::optional<std::int64_t> vmid;
    std::optional<double> cpuPercent;
    std::optional<double> cpuCount;
    std::optional<double> memoryPercent;
    std::optional<std::int64_t> memoryUsedBytes;
    std::optional<std::int64_t> memoryTotalBytes;
    std::optional<double> diskPercent;
    std::optional<std::int64_t> diskUsedBytes;
    std::optional<std::int64_t> diskTotalBytes;
    std::optional<double> rxBytesPerSec;
    std::optional<double> txBytesPerSec;
    std::optional<double> readBytesPerSec;
    std::optional<double> writeBytesPerSec;
    std::optional<double> temperatureCelsius;
    std::optional<double> uptimeSec;
    std::optional<double> loadAverage1;
    std::optional<std::int64_t> restartCount;
    std::optional<std::int64_t> lastBackupNs;
    bool isTemplate = false;
};

/// One page of GET /api/resources.
struct PulsePage {
    std::vector<PulseResource> resources;
    std::vector<std::string> raw; ///< the same resources as JSON texts, for merge patches
    std::int64_t page = 1;
    std::int64_t totalPages = 1;
    std::int64_t total = 0;
};

/// Entries without an id are left out. Malformed when there is no data array.
[[nodiscard]] Result<PulsePage> decodePulsePage(std::string_view json);
[[nodiscard]] Result<PulseResource> decodePulseResource(std::string_view json);

/// A text frame of /ws.
struct PulseMessage {
    enum class Kind : std::uint8_t { Other, Ping, Snapshot, Delta, TooLarge };
    Kind kind = Kind::Other;
    std::string data; ///< of a snapshot or delta: its data object as JSON text
};
[[nodiscard]] Result<PulseMessage> decodePulseMessage(std::string_view json);

/// The state a socket keeps: resources by id in order, as JSON. Snapshots replace it, deltas change it.
class PulseLiveState {
public:
    PulseLiveState();
    ~PulseLiveState();
    PulseLiveState(const PulseLiveState&) = delete;
    PulseLiveState& operator=(const PulseLiveState&) = delete;

    /// Whether a whole snapshot came over this connection; deltas before it are not applied.
    [[nodiscard]] bool hasBaseline() const noexcept { return m_baseline; }
    void dropBaseline() noexcept { m_baseline = false; }
    /// False (and nothing changes) when there is no resources array.
    [[nodiscard]] bool takeSnapshot(std::string_view data);
    /// Upserts are RFC 7386 merge patches by id, unknown ids are appended; then removals; then `order`,
    /// ids missing from it go last. False without a baseline or when the text is no object.
    [[nodiscard]] bool takeDelta(std::string_view data);
    [[nodiscard]] std::size_t size() const noexcept;
    /// JSON text of a resource; empty = unknown.
    [[nodiscard]] std::string resource(const std::string& id) const;
    [[nodiscard]] std::vector<std::string> ids() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
    bool m_baseline = false;
};

/// The thin live row over the rich one: fields of `live` win, objects are merged, facets of a source that
/// is no longer listed go. Both are JSON objects; what is none counts as empty.
[[nodiscard]] std::string mergedPulseResource(std::string_view rich, std::string_view live);

} // namespace tracedeck
