// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/server_counters.h"
#include "collector/tls_identity.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace tracedeck {

struct TlsLimits {
    std::size_t connections = 320; ///< more than the servers behind take: they refuse with a reason
    std::chrono::milliseconds handshake{10'000}; ///< from accept to the last message of the handshake
    std::chrono::milliseconds linger{5'000}; ///< for the last bytes once the server behind is done
};

/// Ends TLS in front of a server that speaks plain: each connection becomes a local stream with the
/// decrypted bytes, handed on when its handshake is done. One thread, 32 KiB of buffers per connection;
/// time limits on requests stay with the server behind, which ends its side of the stream.
class TlsFront {
public:
    /// Takes over one end of a connected stream socket; `peer` is the other end of the connection it stands for.
    using Plain = std::function<void(int socket, std::string peer)>;

    TlsFront(TlsIdentity identity, ServerCounters& counters, TlsLimits limits, Plain plain);
    ~TlsFront();
    TlsFront(const TlsFront&) = delete;
    TlsFront& operator=(const TlsFront&) = delete;

    /// Takes over an accepted socket. Thread-safe.
    void adopt(int socket);
    /// Handshakes end at once; what the servers behind have answered is delivered within `grace`. Joins.
    void stop(std::chrono::milliseconds grace);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace tracedeck
