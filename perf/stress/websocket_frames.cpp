// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/stress/websocket_frames.h"

#include <utility>

namespace tracedeck::stress {

namespace {

constexpr unsigned kContinuation = 0;
constexpr unsigned kText = 1;
constexpr unsigned kClose = 8;
constexpr unsigned kPing = 9;
constexpr unsigned kPong = 10;
constexpr std::size_t kLongestControl = 125;

unsigned byteAt(const std::string& text, std::size_t index)
{
    return static_cast<unsigned char>(text[index]);
}

} // namespace

WebSocketFrames::Kind WebSocketFrames::next(std::string& payload)
{
    for (;;) {
        if (m_broken)
            return Kind::Broken;
        const std::size_t have = m_input.size() - m_at;
        if (have < 2)
            return Kind::None;
        const unsigned first = byteAt(m_input, m_at);
        const unsigned second = byteAt(m_input, m_at + 1);
        const unsigned shortSize = second & 0x7fU;
        const std::size_t extra = shortSize == 126 ? 2 : shortSize == 127 ? 8 : 0;
        if (have < 2 + extra)
            return Kind::None;
        std::uint64_t size = extra == 0 ? shortSize : 0;
        for (std::size_t i = 0; i < extra; ++i)
            size = size << 8U | byteAt(m_input, m_at + 2 + i);
        const bool masked = (second & 0x80U) != 0; // servers never mask
        const bool reserved = (first & 0x70U) != 0; // no extension was agreed on
        if (masked || reserved || size > m_mostBytes - m_message.size()) {
            m_broken = true;
            continue;
        }
        if (have < 2 + extra + size)
            return Kind::None;
        const std::string body = m_input.substr(m_at + 2 + extra, size);
        m_at += 2 + extra + size;
        if (m_at > (std::size_t{64} << 10U) || m_at == m_input.size())
            m_input.erase(0, std::exchange(m_at, 0));
        if (const Kind kind = finish(first & 0x0fU, (first & 0x80U) != 0, body, payload); kind != Kind::None)
            return kind;
    }
}

WebSocketFrames::Kind WebSocketFrames::finish(unsigned opcode, bool last, std::string_view body, std::string& payload)
{
    if (opcode >= kClose) {
        m_broken = !last || body.size() > kLongestControl || opcode > kPong;
        payload = body;
        return m_broken ? Kind::Broken : opcode == kPing ? Kind::Ping : opcode == kClose ? Kind::Close : Kind::None;
    }
    if (opcode > kText || (opcode == kContinuation) != m_inMessage) {
        m_broken = true;
        return Kind::Broken;
    }
    m_inMessage = !last;
    m_message.append(body);
    if (!last)
        return Kind::None;
    payload = std::exchange(m_message, {});
    return Kind::Text;
}

std::string clientFrame(unsigned opcode, std::string_view payload)
{
    const std::string_view kept = payload.substr(0, kLongestControl);
    std::string frame;
    frame.push_back(static_cast<char>(0x80U | opcode));
    frame.push_back(static_cast<char>(0x80U | kept.size()));
    frame.append(4, '\0'); // a mask of zeros changes nothing
    frame.append(kept);
    return frame;
}

} // namespace tracedeck::stress
