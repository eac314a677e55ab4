// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tracedeck::stress {

/// Takes the bytes a WebSocket server sends apart (RFC 6455, section 5), however they are cut. Joins
/// fragments. Bytes that are no server frames, or a message over the limit, make it broken for good.
class WebSocketFrames {
public:
    enum class Kind : std::uint8_t { None, Text, Ping, Close, Broken };

    explicit WebSocketFrames(std::size_t mostBytes = std::size_t{16} << 20U) : m_mostBytes(mostBytes) { }
    void feed(std::string_view bytes) { m_input.append(bytes); }
    /// The next whole message; `payload` is its content. None = more bytes are needed.
    [[nodiscard]] Kind next(std::string& payload);

private:
    [[nodiscard]] Kind finish(unsigned opcode, bool last, std::string_view body, std::string& payload);

    std::size_t m_mostBytes;
    std::string m_input;
    std::size_t m_at = 0; ///< what is before is done
    std::string m_message;
    bool m_inMessage = false;
    bool m_broken = false;
};

/// A frame a client may send: masked, with a payload of at most 125 bytes.
[[nodiscard]] std::string clientFrame(unsigned opcode, std::string_view payload);

} // namespace tracedeck::stress
