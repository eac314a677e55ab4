// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workload_table.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tracedeck {

/// What a cgroup path names.
struct LocalWorkloadName {
    WorkloadType type = WorkloadType::Unit;
    std::string name; ///< as far as the tree says one; a container without a name has its short id
    std::string kind; ///< "service", "scope", "session", "transient unit", "container", "virtual machine" …
    std::string runtime; ///< "docker", "podman", "cri-o", "containerd", "lxc", "qemu", "nspawn"; empty for units
    std::string containerId; ///< full hex id of a container
    std::string podId; ///< uid of the Kubernetes pod
    std::string slice; ///< folder it lives in: "system.slice", "kubepods/burstable"
    std::optional<std::int64_t> vmid; ///< numeric guest id (Proxmox VE)
};

/// What a walk does with a cgroup folder.
enum class CgroupRole : std::uint8_t {
    Workload, ///< a row; nothing below it is one
    Folder, ///< look further down
    Ignored ///< neither (container monitors, mounts, sockets)
};

/// Role of a cgroup by its path below the hierarchy's mount point ("/system.slice/cron.service"). `name`
/// is filled for Workload. Rules: systemd's unit names, and the names Docker, Podman, CRI-O, containerd,
/// Kubernetes, LXC, libvirt, nspawn and Proxmox VE give their cgroups with both cgroup drivers.
[[nodiscard]] CgroupRole classifyCgroup(std::string_view path, LocalWorkloadName& name);

/// systemd's unit name escape resolved: "machine-qemu\x2d3\x2dweb" -> "machine-qemu-3-web".
[[nodiscard]] std::string unescapedUnitName(std::string_view text);

} // namespace tracedeck
