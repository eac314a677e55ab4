// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tracedeck {

/// /proc/<pid>/stat as far as it is used. `command` points into the text and may hold any byte, also
/// ") " and line feeds: it reaches from the first "(" to the last ")".
struct ProcessStat {
    std::int64_t pid = 0;
    std::string_view command;
    char state = '?';
    bool kernelThread = false;
    std::uint64_t cpuTicks = 0; ///< utime + stime
    std::uint64_t startTicks = 0; ///< after boot
    std::int64_t threads = 0;
    std::int64_t residentPages = 0;
};
/// Nothing when the text is cut or is not a stat line.
[[nodiscard]] std::optional<ProcessStat> parseProcessStat(std::string_view text);

/// /proc/<pid>/io: bytes that really went to or came from storage.
struct ProcessIo {
    std::uint64_t readBytes = 0;
    std::uint64_t writtenBytes = 0;
};
[[nodiscard]] std::optional<ProcessIo> parseProcessIo(std::string_view text);

/// Path of a process in one hierarchy, from /proc/<pid>/cgroup. `controller` is empty for cgroup v2,
/// else a controller ("memory") or "name=systemd". Nothing when the hierarchy is not listed.
[[nodiscard]] std::optional<std::string_view> parseProcessCgroup(std::string_view text, std::string_view controller);

} // namespace tracedeck
