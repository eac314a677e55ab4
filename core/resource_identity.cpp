// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/resource_identity.h"

#include <algorithm>

namespace tracedeck {
namespace {

constexpr std::array<std::string_view, kResourceKeyCount> kNames{"host.name",
                                                                 "host.id",
                                                                 "container.id",
                                                                 "container.name",
                                                                 "k8s.pod.name",
                                                                 "k8s.pod.uid",
                                                                 "k8s.namespace.name",
                                                                 "k8s.node.name",
                                                                 "service.instance.id",
                                                                 "process.pid",
                                                                 "tracedeck.peer.address",
                                                                 "tracedeck.peer.container",
                                                                 "tracedeck.peer.unit",
                                                                 "tracedeck.peer.process"};

} // namespace

std::string_view resourceKeyName(ResourceKey key)
{
    return key < ResourceKey::Count ? kNames[static_cast<std::size_t>(key)] : std::string_view();
}

std::optional<ResourceKey> resourceKeyFromName(std::string_view name)
{
    const auto* const found = std::find(kNames.begin(), kNames.end(), name);
    return found == kNames.end() ? std::nullopt
                                 : std::optional(static_cast<ResourceKey>(std::distance(kNames.begin(), found)));
}

bool isSearchedResourceKey(ResourceKey key)
{
    return key == ResourceKey::HostName || key == ResourceKey::ContainerName || key == ResourceKey::PodName;
}

} // namespace tracedeck
