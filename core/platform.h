// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace tracedeck {

/// A kind of back-end a row can come from. Values are bit positions in a PlatformSet and stay stable.
enum class Platform : std::uint8_t {
    Agent,
    Availability,
    TrueNas,
    ProxmoxVe,
    ProxmoxBackup,
    ProxmoxMail,
    Docker,
    Kubernetes,
    VmwareVsphere,
    Unraid,
    Synology,
    HyperV,
    Aws,
    Azure,
    Gcp,
    Generic,
    LocalMachine, ///< this machine, read without any daemon
    Count
};

/// Bit set over Platform.
using PlatformSet = std::uint32_t;

[[nodiscard]] constexpr PlatformSet platformBit(Platform platform)
{
    return PlatformSet{1} << static_cast<unsigned>(platform);
}

/// Stable key as used in queries and settings, e.g. "proxmox-pve", "docker", "local".
[[nodiscard]] std::string_view platformKey(Platform platform);
/// Label as shown to people, e.g. "Proxmox VE", "Docker", "This machine".
[[nodiscard]] std::string_view platformLabel(Platform platform);
/// Key or alias (k8s, pve, pbs, pmg, vmware, hyper-v, network-endpoint …) of any case to platform.
/// Platform::Count when unknown. Alias table: Pulse's source aliases.
[[nodiscard]] Platform platformFromKey(std::string_view key);

} // namespace tracedeck
