// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/http_server.h"
#include "collector/server_counters.h"
#include "core/store_status.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

namespace tracedeck {

struct PushLimits {
    std::size_t waitingTraces = 1000; ///< per client; above that it gets one resync
    std::chrono::milliseconds idle{60'000}; ///< pinged at half of it, closed when silent for all of it
    int sendBufferBytes = 0; ///< kernel buffer per client; 0 = the system's default
};

/// The WebSocket side of the API: announces new and changed traces to every client, on one thread of
/// its own. What clients send is read and ignored.
class PushServer {
public:
    PushServer(ServerCounters& counters, PushLimits limits);
    ~PushServer();
    PushServer(const PushServer&) = delete;
    PushServer& operator=(const PushServer&) = delete;

    /// Finishes the handshake of a checked upgrade request and keeps the client. Thread-safe.
    void adopt(UpgradedConnection connection);
    /// Tells all clients; an empty list means that traces were removed. Thread-safe, does not wait for any of them.
    void publish(std::vector<TraceChange> changes);
    /// Ends all connections and joins. May be called twice.
    void stop();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace tracedeck
