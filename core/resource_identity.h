// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace tracedeck {

/// The resource attributes that say where spans came from, as far as a list or a filter needs them.
/// Numbers are stored: never reorder, only append.
enum class ResourceKey : std::uint8_t {
    HostName,
    HostId,
    ContainerId,
    ContainerName,
    PodName,
    PodUid,
    Namespace,
    Node,
    Instance,
    ProcessId,
    PeerAddress, ///< the four of the connection: what the collector saw, see formats/otlp_resource_stamp.h
    PeerContainer,
    PeerUnit,
    PeerProcess,
    Count
};
inline constexpr std::size_t kResourceKeyCount = static_cast<std::size_t>(ResourceKey::Count);

/// Resource attribute that says why a connection's workload is not known.
inline constexpr std::string_view kPeerNoteAttribute = "tracedeck.peer.note";

/// Name in the OpenTelemetry semantic conventions, "host.name", "k8s.pod.uid" …, or of our own, "tracedeck.peer.unit".
[[nodiscard]] std::string_view resourceKeyName(ResourceKey key);
[[nodiscard]] std::optional<ResourceKey> resourceKeyFromName(std::string_view name);
/// Names people type into a search field; ids and process numbers would only match by accident.
[[nodiscard]] bool isSearchedResourceKey(ResourceKey key);

/// One resource by key; an empty text = the sender did not say. Views belong to whoever filled it.
using ResourceIdentity = std::array<std::string_view, kResourceKeyCount>;

/// Distinct values of several resources by key, first seen first. Views belong to whoever filled it.
using ResourceValues = std::array<std::vector<std::string_view>, kResourceKeyCount>;

/// How much of a trace's resources is known.
enum class ResourceKnowledge : std::uint8_t {
    Unknown, ///< written before resources were kept
    Whole,
    Part ///< more than are kept, or spans from before are missing
};

} // namespace tracedeck
