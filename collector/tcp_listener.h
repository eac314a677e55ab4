// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tracedeck {

/// Listens on one or more addresses and hands out accepted sockets, on a thread of its own.
class TcpListener {
public:
    /// Takes over a connected, close-on-exec, blocking socket.
    using Accepted = std::function<void(int socket)>;

    explicit TcpListener(Accepted accepted);
    ~TcpListener();
    TcpListener(const TcpListener&) = delete;
    TcpListener& operator=(const TcpListener&) = delete;

    /// Listens on one more address and returns it as "host:port" with the real port (0 = any free one).
    /// Conflict when the port is taken, PermissionDenied when it may not be used, InvalidArgument for a
    /// host that is none.
    [[nodiscard]] Result<std::string> listen(const std::string& host, std::uint16_t port);
    /// Closes all addresses and joins. May be called twice.
    void stop();

private:
    void run();
    void acceptFrom(int listener);
    Accepted m_accepted;
    std::mutex m_mutex;
    std::vector<int> m_listeners; ///< under m_mutex
    bool m_stopping = false; ///< under m_mutex
    int m_wake = -1;
    std::thread m_thread;
};

/// "127.0.0.1:4318", "[::1]:4318".
[[nodiscard]] std::string joinHostPort(const std::string& host, std::uint16_t port);
/// Other end of a TCP socket as joinHostPort writes it; empty when it has none.
[[nodiscard]] std::string peerOf(int socket);
/// Whether a server could bind this address now.
[[nodiscard]] bool portIsFree(const std::string& host, std::uint16_t port);

} // namespace tracedeck
