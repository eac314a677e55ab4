// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tracedeck {

/// One end of a TCP connection: the address as people write it, without brackets; an IPv4 address mapped
/// into IPv6 is the IPv4 address.
struct SocketAddress {
    std::string host;
    std::uint16_t port = 0;
    bool operator==(const SocketAddress&) const = default;
};

/// "127.0.0.1:4711", "[::1]:4711", and what gRPC calls a peer: "ipv4:127.0.0.1:4711", "ipv6:%5B::1%5D:4711".
/// None for anything else, such as a Unix socket.
[[nodiscard]] std::optional<SocketAddress> parseSocketAddress(std::string_view text);

/// A line of /proc/net/tcp or tcp6.
struct SocketEntry {
    std::uint64_t inode = 0;
    std::uint32_t user = 0;
    bool operator==(const SocketEntry&) const = default;
};

/// The connection whose own end is `local`, in a text of /proc/net/tcp or /proc/net/tcp6; none when it is not
/// there, is listening, or nobody holds it any more (inode 0). See the kernel's proc_net_tcp.rst.
[[nodiscard]] std::optional<SocketEntry> findSocket(std::string_view table, const SocketAddress& local);

/// Number in "socket:[4711]", the link target of a descriptor.
[[nodiscard]] std::optional<std::uint64_t> socketInode(std::string_view linkTarget);

} // namespace tracedeck
