// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace tracedeck {

/// What the servers count about themselves; shown by /metrics. All atomic.
struct ServerCounters {
    std::atomic<std::uint64_t> httpRequests{0};
    std::atomic<std::uint64_t> httpClientErrors{0}; ///< answers 4xx
    std::atomic<std::uint64_t> httpServerErrors{0}; ///< answers 5xx
    std::atomic<std::uint64_t> httpBodyBytes{0}; ///< received, as sent (compressed)
    std::atomic<std::uint64_t> httpConnections{0}; ///< open now
    std::atomic<std::uint64_t> httpConnectionsRefused{0};
    std::atomic<std::uint64_t> tlsConnections{0}; ///< open now, handshakes included
    std::atomic<std::uint64_t> tlsHandshakeFailures{0}; ///< broken off, timed out, or no TLS at all
    std::atomic<std::uint64_t> grpcRequests{0};
    std::atomic<std::uint64_t> pushClients{0}; ///< open now
    std::atomic<std::uint64_t> pushResyncs{0}; ///< slow clients told to read again
    std::atomic<std::uint64_t> pushDropped{0}; ///< changes that were told as part of a resync only
    std::atomic<std::uint64_t> pushRefused{0}; ///< connections over a cap
};

/// Bytes of request bodies in memory over all connections, so that many large bodies at once meet a
/// limit and not the end of memory. Thread-safe.
class BodyBudget {
public:
    explicit BodyBudget(std::size_t limit) : m_limit(limit) { }
    [[nodiscard]] bool take(std::size_t bytes)
    {
        if (m_used.fetch_add(bytes) + bytes <= m_limit)
            return true;
        m_used.fetch_sub(bytes);
        return false;
    }
    void give(std::size_t bytes) { m_used.fetch_sub(bytes); }
    [[nodiscard]] std::size_t used() const { return m_used.load(); }

private:
    std::size_t m_limit;
    std::atomic<std::size_t> m_used{0};
};

} // namespace tracedeck
