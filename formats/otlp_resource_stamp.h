// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/resource_identity.h"

#include <string>
#include <string_view>

namespace tracedeck {

/// Who is at the other end of the connection that spans came over, as far as that could be found out. Empty
/// texts are not known.
struct PeerPlace {
    std::string address; ///< without port; empty for this machine's loopback, which says nothing
    std::string container; ///< full id
    std::string unit; ///< systemd unit or guest, named as its row is
    std::string process; ///< command name
    std::string note; ///< why nothing is said: "nginx passes on what others send"
    [[nodiscard]] bool isEmpty() const
    {
        return address.empty() && container.empty() && unit.empty() && process.empty() && note.empty();
    }
    bool operator==(const PeerPlace&) const = default;
};

/// The body with the peer as attributes "tracedeck.peer.*" of every resource that names no container and no
/// pod itself and carries no such attribute yet (whoever saw the connection first was nearer to the sender).
/// Everything else keeps its bytes and its order. Empty when nothing changes or the bytes are no message. One
/// pass and one copy.
[[nodiscard]] std::string stampResources(std::string_view protobufBody, const PeerPlace& peer);

} // namespace tracedeck
