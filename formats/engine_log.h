// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace tracedeck {

/// Which output of a container wrote a line; a terminal has only one.
enum class LogStream : std::uint8_t { Out, Error };

/// One line of a container's log. Texts point into the reader and live for the call.
struct EngineLogLine {
    LogStream stream = LogStream::Out;
    std::int64_t timeNs = 0; ///< since the Unix epoch; 0 = not said
    std::string_view text; ///< valid UTF-8 without control characters and colour codes
    bool cut = false; ///< the line goes on: it was longer than kMaxLineBytes
};

/// Takes apart what GET /containers/ID/logs?timestamps=1 sends: frames of one stream byte, three zeros
/// and a big-endian length when the container has no terminal, plain bytes when it has. Lines may span
/// frames and frames may hold many lines. Bytes that do not fit this are reported as one line each and
/// reading goes on as plain text. Cost: O(bytes), at most two unfinished lines are kept.
class EngineLogReader {
public:
    using Sink = std::function<void(const EngineLogLine&)>;
    static constexpr std::size_t kMaxLineBytes = 16U << 10U;

    explicit EngineLogReader(bool framed) : m_framed(framed) { }

    void feed(std::string_view bytes, const Sink& sink);
    /// The log ended: hands out what has no line end yet.
    void finish(const Sink& sink);
    /// Frames that were none; after the first, bytes are read as plain text.
    [[nodiscard]] std::size_t badFrames() const noexcept { return m_badFrames; }

private:
    void feedText(LogStream stream, std::string_view bytes, const Sink& sink);
    void emitLine(LogStream stream, std::string& line, bool cut, const Sink& sink);
    [[nodiscard]] std::string& pending(LogStream stream) { return stream == LogStream::Error ? m_error : m_out; }

    bool m_framed;
    std::string m_header;
    std::size_t m_remaining = 0; ///< of the frame
    LogStream m_stream = LogStream::Out;
    std::string m_out;
    std::string m_error;
    std::string m_clean;
    std::size_t m_badFrames = 0;
};

/// What a line says about how bad it is.
enum class LogLevelWord : std::uint8_t { None, Trace, Debug, Info, Warning, Error, Fatal };

/// The level named near the start of a line: a word such as "ERROR" or "warn", `level=info`, "[W]",
/// `"level":"error"`, klog's "E0102"; None when there is none. Looks at the first 120 bytes.
[[nodiscard]] LogLevelWord logLevelOf(std::string_view line);
[[nodiscard]] std::string_view logLevelKey(LogLevelWord level);

} // namespace tracedeck
