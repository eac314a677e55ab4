// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/system_unit.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace tracedeck {

/// What statvfs says about a mounted file system, in bytes.
struct FilesystemUsage {
    std::int64_t usedBytes = 0;
    std::int64_t availableBytes = 0; ///< for unprivileged users, so used + available excludes the reserve
};

/// Everything this-machine reading takes from outside, so that tests can put a recorded machine there.
struct LocalEnvironment {
    std::string root = "/"; ///< all files are read below it
    std::function<std::int64_t()> monotonicNs;
    std::function<std::int64_t()> wallNs; ///< since the Unix epoch
    std::function<std::optional<FilesystemUsage>(const std::string& mountPoint)> filesystemUsage;
    std::function<std::vector<std::string>()> addresses; ///< global IPv4 and IPv6 addresses as text
    std::function<std::vector<SystemUnit>()> systemUnits; ///< of the service manager; empty = nobody to ask
    std::int64_t ticksPerSecond = 100;
    std::int64_t pageBytes = 4096;
};

/// The machine the program runs on.
[[nodiscard]] LocalEnvironment liveEnvironment();

} // namespace tracedeck
