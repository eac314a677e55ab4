// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tracedeck {

/// What GET /info of a Docker or Podman engine says about its host. Missing stays empty.
struct EngineInfo {
    std::string id; ///< stable id of the engine
    std::string hostname;
    std::string serverVersion;
    std::string osName;
    std::string kernelVersion;
    std::string cgroupVersion;
    std::optional<std::int64_t> cpuCount;
    std::optional<std::int64_t> memoryBytes;
    std::vector<std::string> warnings;
};

/// One entry of GET /containers/json.
struct EngineContainer {
    std::string id; ///< 64 hex digits
    std::string name; ///< without the slash in front
    std::string image;
    std::string imageId;
    std::string state; ///< "running", "paused", "exited" …
    std::string status; ///< for people: "Up 5 minutes (healthy)"
    std::string health; ///< "healthy", "unhealthy", "starting"; empty = no health check
    std::optional<std::int64_t> exitCode; ///< of an exited one
    std::optional<std::int64_t> createdSec;
    std::string project; ///< compose project or stack
    std::string service; ///< compose or swarm service
    std::string podName;
    std::string podNamespace;
    std::string ports; ///< "127.0.0.1:8080->80/tcp, 443/tcp"
    std::vector<std::string> addresses;
    std::vector<std::string> networks;
};

/// Counters and gauges of one container at one moment; counters grow from the container's start.
struct EngineSample {
    std::int64_t readNs = 0; ///< when the engine read it; 0 = not said
    std::optional<std::uint64_t> cpuNs;
    std::optional<std::int64_t> onlineCpus;
    std::optional<std::int64_t> memoryBytes; ///< without the inactive file cache where the engine says how much that is
    bool memoryWithCache = false; ///< memoryBytes includes page cache
    std::optional<std::int64_t> memoryLimitBytes; ///< the host's memory when there is no own limit
    std::optional<std::uint64_t> rxBytes;
    std::optional<std::uint64_t> txBytes;
    std::optional<std::uint64_t> readBytes;
    std::optional<std::uint64_t> writtenBytes;
    std::optional<std::int64_t> processes;
};

/// What GET /containers/ID/json adds to the list.
struct EngineInspect {
    std::optional<std::int64_t> startedAtNs;
    std::optional<std::int64_t> restartCount;
    std::optional<std::int64_t> exitCode;
    std::optional<double> cpuLimit; ///< CPUs
    std::optional<std::int64_t> memoryLimitBytes;
    std::optional<std::int64_t> pid;
    bool oomKilled = false;
    bool tty = false; ///< its log is not framed
    std::string error;
    std::string health;
    std::string restartPolicy;
    std::string logDriver;
};

/// One line of GET /events.
struct EngineEvent {
    std::string type; ///< "container", "image" …
    std::string action; ///< "start", "die", "oom", "health_status: healthy" …
    std::string id;
    std::string name;
    std::int64_t timeNs = 0;
};

[[nodiscard]] Result<EngineInfo> decodeEngineInfo(std::string_view json);
/// Entries without an id of hex digits are left out; fields of a wrong type count as missing.
[[nodiscard]] Result<std::vector<EngineContainer>> decodeEngineContainers(std::string_view json);
[[nodiscard]] Result<EngineSample> decodeEngineStats(std::string_view json);
/// All containers in one answer (libpod); pairs of id and sample, stopped containers left out.
[[nodiscard]] Result<std::vector<std::pair<std::string, EngineSample>>> decodePodmanStats(std::string_view json);
[[nodiscard]] Result<EngineInspect> decodeEngineInspect(std::string_view json);
/// Image id -> when it was built, seconds since the Unix epoch.
[[nodiscard]] Result<std::unordered_map<std::string, std::int64_t>> decodeEngineImages(std::string_view json);
[[nodiscard]] Result<EngineEvent> decodeEngineEvent(std::string_view line);
/// The sentence in an error answer ({"message": …} or {"cause": …}); else the first 200 characters.
[[nodiscard]] std::string engineErrorMessage(std::string_view body);

/// RFC 3339 with up to nine decimals and an offset, as ns since the Unix epoch; none for year 1 ("never").
[[nodiscard]] std::optional<std::int64_t> parseRfc3339(std::string_view text);

} // namespace tracedeck
