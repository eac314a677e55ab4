// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>

struct ssl_ctx_st;
struct ssl_st;

namespace tracedeck {

/// Bytes on their way from one side to the other: filled only when empty, so nothing piles up.
struct RelayBuffer {
    std::array<char, 16384> bytes{}; ///< one TLS record
    std::size_t begin = 0;
    std::size_t end = 0;
    [[nodiscard]] bool empty() const noexcept { return begin == end; }
};

/// One connection of a TlsFront: a TLS socket on one side, a local stream on the other. Never blocks;
/// whoever owns it calls advance() when a side is ready. Owns both descriptors.
class TlsConnection {
public:
    enum class Step : std::uint8_t { Wait, HandshakeDone, Over };

    TlsConnection(ssl_ctx_st* context, int network);
    ~TlsConnection();
    TlsConnection(const TlsConnection&) = delete;
    TlsConnection& operator=(const TlsConnection&) = delete;

    /// Moves on as far as both sides allow. HandshakeDone comes once: give it a stream then.
    [[nodiscard]] Step advance();
    /// The end of the local stream that stays here.
    void setStream(int stream) { m_stream = stream; }
    /// The server behind has closed its end: what it wrote is still delivered.
    void streamHungUp() { m_hungUp = true; }

    [[nodiscard]] int network() const noexcept { return m_network; }
    [[nodiscard]] int stream() const noexcept { return m_stream; }
    [[nodiscard]] bool open() const noexcept { return m_handshaken; }
    [[nodiscard]] bool hungUp() const noexcept { return m_hungUp; }
    /// What epoll should watch for on each side.
    [[nodiscard]] std::uint32_t networkEvents() const;
    [[nodiscard]] std::uint32_t streamEvents() const;

    /// When the handshake, or the last delivery, must be over; max = no limit now.
    std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
    static constexpr std::uint32_t kUnwatched = ~0U;
    std::uint32_t watchedNetwork = kUnwatched; ///< what epoll watches now
    std::uint32_t watchedStream = kUnwatched;

private:
    [[nodiscard]] Step shakeHands();
    [[nodiscard]] bool readNetwork();
    [[nodiscard]] bool writeStream();
    [[nodiscard]] bool readStream();
    [[nodiscard]] bool writeNetwork();
    void endStream();
    /// Remembers what TLS waits for; false when the connection is broken.
    [[nodiscard]] bool waitFor(int outcome);
    void explainPlainHttp() const; ///< to somebody who took this port for a plain one

    int m_network;
    int m_stream = -1;
    std::unique_ptr<ssl_st, void (*)(ssl_st*)> m_tls;
    RelayBuffer m_in; ///< decrypted, for the stream
    RelayBuffer m_out; ///< from the stream, to be encrypted
    bool m_handshaken = false;
    bool m_networkEnded = false; ///< the client says no more
    bool m_streamEnded = false; ///< the server behind says no more
    bool m_hungUp = false;
    bool m_broken = false;
    bool m_wantsWrite = false; ///< TLS can only go on when the network takes bytes
    bool m_saidGoodbye = false;
};

} // namespace tracedeck
