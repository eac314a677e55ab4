// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/http_handler.h"
#include "collector/server_counters.h"
#include "collector/worker_pool.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace tracedeck {

struct HttpLimits {
    std::size_t headBytes = std::size_t{16} << 10U;
    std::size_t allBodiesBytes = std::size_t{192} << 20U; ///< bodies in memory, over all connections
    std::size_t connections = 256;
    std::chrono::milliseconds headTimeout{10'000}; ///< first byte of a request to its last header line
    std::chrono::milliseconds idleTimeout{60'000}; ///< between requests of a connection
    std::chrono::milliseconds bodyStall{30'000}; ///< for each 64 KiB of a body
    std::chrono::milliseconds bodyTimeout{180'000}; ///< for a whole body
    std::chrono::milliseconds writeStall{30'000}; ///< for each piece of an answer
    std::chrono::milliseconds linger{2'000}; ///< reading on after a refusal, so that the client sees it
};

/// A connection that asked to become a WebSocket: the socket belongs to whoever takes this.
struct UpgradedConnection {
    int socket = -1;
    HttpHead head;
    std::string received; ///< bytes that came after the head
    std::shared_ptr<const void> seat; ///< HeadVerdict::seat
};

/// HTTP/1.1 on one I/O thread: keep-alive, pipelining, chunked bodies both ways, 100-continue, bounded
/// in connections, bytes and time. Refusals are written before the body is read.
class HttpServer {
public:
    using Upgrade = std::function<void(UpgradedConnection)>;

    /// References outlive the server. `upgrade` is called on the I/O thread.
    HttpServer(HttpHandler& handler, WorkerPool& streams, ServerCounters& counters, HttpLimits limits, Upgrade upgrade);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    /// Takes over a connected stream socket. Thread-safe; over the connection limit it is answered 503. `peer`
    /// is the other end for a socket that does not know it itself, behind a TlsFront.
    void adopt(int socket, std::string peer = {});
    /// Requests under way are answered, then their connections end; idle ones end at once. Thread-safe.
    void drain();
    /// Waits at most `grace` for answers under way, then cuts what is left and joins. Whoever may still
    /// call a Respond must have stopped before the server is destroyed.
    void stop(std::chrono::milliseconds grace);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace tracedeck
