// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/platform.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace tracedeck {
namespace {

struct Names {
    std::string_view key;
    std::string_view label;
};

constexpr std::array<Names, static_cast<std::size_t>(Platform::Count)> kNames{{
    {"agent", "Agent"},
    {"availability", "Availability"},
    {"truenas", "TrueNAS"},
    {"proxmox-pve", "Proxmox VE"},
    {"proxmox-pbs", "Proxmox Backup"},
    {"proxmox-pmg", "Proxmox Mail"},
    {"docker", "Docker"},
    {"kubernetes", "Kubernetes"},
    {"vmware-vsphere", "vSphere"},
    {"unraid", "Unraid"},
    {"synology-dsm", "Synology"},
    {"microsoft-hyperv", "Hyper-V"},
    {"aws", "AWS"},
    {"azure", "Azure"},
    {"gcp", "Google Cloud"},
    {"generic", "Generic"},
    {"local", "This machine"},
}};

struct Alias {
    std::string_view alias;
    Platform platform;
};

constexpr std::array<Alias, 12> kAliases{{
    {"k8s", Platform::Kubernetes},
    {"pve", Platform::ProxmoxVe},
    {"proxmox", Platform::ProxmoxVe},
    {"pbs", Platform::ProxmoxBackup},
    {"pmg", Platform::ProxmoxMail},
    {"vmware", Platform::VmwareVsphere},
    {"vsphere", Platform::VmwareVsphere},
    {"hyper-v", Platform::HyperV},
    {"availability-probe", Platform::Availability},
    {"endpoint", Platform::Availability},
    {"network-endpoint", Platform::Availability},
    {"this-machine", Platform::LocalMachine},
}};

} // namespace

std::string_view platformKey(Platform platform)
{
    return platform < Platform::Count ? kNames[static_cast<std::size_t>(platform)].key : std::string_view{};
}

std::string_view platformLabel(Platform platform)
{
    return platform < Platform::Count ? kNames[static_cast<std::size_t>(platform)].label : std::string_view{};
}

Platform platformFromKey(std::string_view key)
{
    std::string lower(key);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (kNames[i].key == lower) {
            return static_cast<Platform>(i);
        }
    }
    const auto* const found =
        std::find_if(kAliases.begin(), kAliases.end(), [&](const Alias& alias) { return alias.alias == lower; });
    return found != kAliases.end() ? found->platform : Platform::Count;
}

} // namespace tracedeck
