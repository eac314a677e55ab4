// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tracedeck {

/// Status line and fields of an HTTP/1.1 answer; field names lower-cased, values trimmed.
struct HttpResponseHead {
    int status = 0;
    std::string reason;
    std::vector<std::pair<std::string, std::string>> fields;

    /// The first field of that (lower-case) name; empty when there is none.
    [[nodiscard]] std::string_view field(std::string_view name) const;
};

/// Reads one HTTP/1.1 answer to a GET as bytes arrive: status line, fields, body by Content-Length, by
/// chunks (extensions and trailers skipped) or until the connection ends. 1xx answers are skipped. Every
/// limit ends in Failed with a reason; nothing is kept of the body. Cost: O(bytes).
class HttpResponseReader {
public:
    enum class State : std::uint8_t { Head, Body, Done, Failed };
    using Sink = std::function<void(std::string_view)>;

    static constexpr std::size_t kMaxHeadBytes = 64U << 10U;

    /// Gives body bytes to `sink` in pieces as they are; `body` views do not outlive the call.
    State feed(std::string_view bytes, const Sink& sink);
    /// The connection ended: Done when the answer may end so, else Failed.
    State end();

    [[nodiscard]] State state() const noexcept { return m_state; }
    [[nodiscard]] const HttpResponseHead& head() const noexcept { return m_head; }
    [[nodiscard]] const std::string& problem() const noexcept { return m_problem; }
    /// Whether the next request may use the same connection. Only meaningful when Done.
    [[nodiscard]] bool canReuse() const noexcept { return m_keepAlive && !m_leftover; }

private:
    enum class Framing : std::uint8_t { None, Length, Chunked, UntilEnd };
    enum class Chunk : std::uint8_t { Size, Data, DataEnd, Trailer };

    bool readHead(std::string_view& bytes);
    bool parseHead(std::string_view text);
    bool parseStatusLine(std::string_view line);
    bool chooseFraming();
    void readBody(std::string_view& bytes, const Sink& sink);
    void readChunked(std::string_view& bytes, const Sink& sink);
    bool readLine(std::string_view& bytes);
    void finishLine();
    void take(std::string_view& bytes, const Sink& sink);
    bool fail(std::string what);

    State m_state = State::Head;
    Framing m_framing = Framing::None;
    Chunk m_chunk = Chunk::Size;
    HttpResponseHead m_head;
    std::string m_buffer; ///< of the head, or of a line between chunks
    std::uint64_t m_remaining = 0; ///< of the body or of the chunk
    std::string m_problem;
    bool m_keepAlive = true;
    bool m_leftover = false;
};

} // namespace tracedeck
