// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// One line of /proc/self/mountinfo, octal escapes resolved.
struct MountEntry {
    std::uint64_t deviceNumber = 0; ///< major << 32 | minor
    std::string mountPoint;
    std::string fsType;
    std::string source;
    std::string superOptions; ///< comma-separated; names the controllers of a cgroup v1 mount
};
/// Lines that do not parse are skipped.
[[nodiscard]] std::vector<MountEntry> parseMountInfo(std::string_view text);

/// Mounts that hold data on a block device, one per device (bind mounts and subvolumes once, the
/// shortest mount point first); read-only images (squashfs, iso9660) and loop devices left out.
[[nodiscard]] std::vector<MountEntry> blockDeviceMounts(const std::vector<MountEntry>& mounts);

enum class CgroupController : std::uint8_t { Cpu, CpuAccounting, Memory, Io, Pids, Freezer, Count };

/// Where a controller lives. A controller is in one hierarchy only, so a v1 mount that names it decides.
struct ControllerMount {
    std::string mountPoint; ///< without leading slash, relative to the file system root; empty = nowhere
    bool v2 = false;
};

/// The machine's cgroup layout, decided per controller: v1, v2 and hybrid machines alike.
struct CgroupLayout {
    std::array<ControllerMount, static_cast<std::size_t>(CgroupController::Count)> controllers;
    std::vector<std::string> trees; ///< mount points to look for workloads in, v2 first, without duplicates
    [[nodiscard]] const ControllerMount& at(CgroupController controller) const
    {
        return controllers[static_cast<std::size_t>(controller)];
    }
};
[[nodiscard]] CgroupLayout cgroupLayoutOf(const std::vector<MountEntry>& mounts);

} // namespace tracedeck
