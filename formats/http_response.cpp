// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/http_response.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace tracedeck {
namespace {

constexpr std::size_t kMaxLineBytes = 4096;
constexpr std::size_t kMaxFields = 200;
constexpr std::uint64_t kMaxBytes = std::uint64_t{1} << 62U; // so that sums cannot wrap

std::string_view trimmedHttp(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \t\r");
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::string loweredHttp(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

std::optional<std::uint64_t> wholeNumber(std::string_view text, int base)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    const bool whole = !text.empty() && error == std::errc() && end == text.data() + text.size();
    return whole && number <= kMaxBytes ? std::optional(number) : std::nullopt;
}

} // namespace

std::string_view HttpResponseHead::field(std::string_view name) const
{
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto& one) { return one.first == name; });
    return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

bool HttpResponseReader::fail(std::string what)
{
    m_state = State::Failed;
    m_problem = std::move(what);
    return false;
}

HttpResponseReader::State HttpResponseReader::feed(std::string_view bytes, const Sink& sink)
{
    while (m_state == State::Head && !bytes.empty()) {
        if (!readHead(bytes)) {
            return m_state;
        }
    }
    if (m_state == State::Body) {
        readBody(bytes, sink);
    }
    m_leftover = m_leftover || (m_state == State::Done && !bytes.empty());
    return m_state;
}

HttpResponseReader::State HttpResponseReader::end()
{
    m_keepAlive = false;
    if (m_state == State::Body && m_framing == Framing::UntilEnd) {
        m_state = State::Done;
    } else if (m_state == State::Head) {
        fail(m_buffer.empty() ? "the connection ended without an answer" : "the answer ended inside its head");
    } else if (m_state == State::Body) {
        fail("the answer ended early");
    }
    return m_state;
}

/// False when more bytes are needed or reading failed; true when a head was read.
bool HttpResponseReader::readHead(std::string_view& bytes)
{
    const std::size_t before = m_buffer.size();
    const std::size_t room = kMaxHeadBytes + 1 - before;
    m_buffer.append(bytes.substr(0, room));
    const std::size_t from = before < 3 ? 0 : before - 3;
    std::size_t end = m_buffer.find("\r\n\r\n", from);
    std::size_t mark = 4;
    if (const std::size_t bare = m_buffer.find("\n\n", from); bare < end) {
        end = bare;
        mark = 2;
    }
    if (end == std::string::npos) {
        bytes = {};
        return m_buffer.size() <= kMaxHeadBytes ? false : fail("the head of the answer is too large");
    }
    bytes.remove_prefix(end + mark - before);
    const std::string text = std::exchange(m_buffer, {});
    m_head = {};
    if (!parseHead(std::string_view(text).substr(0, end))) {
        return false;
    }
    if (m_head.status >= 200) {
        return chooseFraming();
    }
    return true; // 1xx: the real answer follows
}

bool HttpResponseReader::parseStatusLine(std::string_view line)
{
    // "HTTP/1.1 200 OK"; the reason may be missing.
    if (line.size() < 12 || line.substr(0, 7) != "HTTP/1." || line[8] != ' ') {
        return fail("this is no HTTP answer");
    }
    const auto status = wholeNumber(line.substr(9, 3), 10);
    if (!status || *status < 100 || *status > 599 || (line.size() > 12 && line[12] != ' ')) {
        return fail("this is no HTTP answer");
    }
    m_head.status = static_cast<int>(*status);
    m_head.reason = std::string(trimmedHttp(line.substr(12)));
    m_keepAlive = line[7] != '0';
    return true;
}

bool HttpResponseReader::parseHead(std::string_view text)
{
    bool first = true;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = trimmedHttp(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (first) {
            first = false;
            if (!parseStatusLine(line)) {
                return false;
            }
            continue;
        }
        const std::size_t colon = line.find(':');
        if (colon == 0 || colon == std::string_view::npos) {
            return fail("the head of the answer has a line that is no field");
        }
        if (m_head.fields.size() >= kMaxFields) {
            return fail("the head of the answer has too many fields");
        }
        m_head.fields.emplace_back(loweredHttp(trimmedHttp(line.substr(0, colon))),
                                   std::string(trimmedHttp(line.substr(colon + 1))));
    }
    return !first || fail("this is no HTTP answer");
}

bool HttpResponseReader::chooseFraming()
{
    const std::string connection = loweredHttp(m_head.field("connection"));
    m_keepAlive = connection.find("close") == std::string::npos
        && (m_keepAlive || connection.find("keep-alive") != std::string::npos);
    const std::string coding = loweredHttp(m_head.field("transfer-encoding"));
    const std::string_view length = m_head.field("content-length");
    m_state = State::Body;
    if (m_head.status == 204 || m_head.status == 304) {
        m_state = State::Done;
    } else if (!coding.empty()) {
        if (coding != "chunked") {
            return fail("the answer uses a transfer coding nobody asked for: " + coding);
        }
        m_framing = Framing::Chunked;
    } else if (!length.empty()) {
        const auto bytes = wholeNumber(length, 10);
        if (!bytes) {
            return fail("the answer has a length that is no number");
        }
        m_framing = Framing::Length;
        m_remaining = *bytes;
        m_state = m_remaining == 0 ? State::Done : State::Body;
    } else {
        m_framing = Framing::UntilEnd;
        m_keepAlive = false;
    }
    return true;
}

void HttpResponseReader::take(std::string_view& bytes, const Sink& sink)
{
    const std::size_t size = static_cast<std::size_t>(std::min<std::uint64_t>(m_remaining, bytes.size()));
    if (size > 0) {
        sink(bytes.substr(0, size));
        bytes.remove_prefix(size);
        m_remaining -= size;
    }
}

void HttpResponseReader::readBody(std::string_view& bytes, const Sink& sink)
{
    if (m_framing == Framing::Chunked) {
        readChunked(bytes, sink);
    } else if (m_framing == Framing::UntilEnd) {
        if (!bytes.empty()) {
            sink(bytes);
            bytes = {};
        }
    } else {
        take(bytes, sink);
        m_state = m_remaining == 0 ? State::Done : State::Body;
    }
}

void HttpResponseReader::readChunked(std::string_view& bytes, const Sink& sink)
{
    while (!bytes.empty() && m_state == State::Body) {
        if (m_chunk == Chunk::Data) {
            take(bytes, sink);
            m_chunk = m_remaining == 0 ? Chunk::DataEnd : Chunk::Data;
        } else if (readLine(bytes)) {
            finishLine();
        }
    }
}

/// True when m_buffer holds a whole line without its end.
bool HttpResponseReader::readLine(std::string_view& bytes)
{
    const std::size_t end = bytes.find('\n');
    m_buffer.append(bytes.substr(0, std::min({end, bytes.size(), kMaxLineBytes + 1})));
    if (m_buffer.size() > kMaxLineBytes) {
        return fail("a line between chunks is too long");
    }
    bytes.remove_prefix(std::min(bytes.size(), end == std::string_view::npos ? bytes.size() : end + 1));
    return end != std::string_view::npos;
}

void HttpResponseReader::finishLine()
{
    const std::string line = std::exchange(m_buffer, {});
    const std::string_view text = trimmedHttp(line);
    switch (m_chunk) {
    case Chunk::Size: {
        const auto size = wholeNumber(trimmedHttp(text.substr(0, text.find(';'))), 16);
        if (!size) {
            fail("a chunk has no size");
            return;
        }
        m_remaining = *size;
        m_chunk = m_remaining == 0 ? Chunk::Trailer : Chunk::Data;
        return;
    }
    case Chunk::DataEnd:
        if (!text.empty()) {
            fail("a chunk is longer than it says");
            return;
        }
        m_chunk = Chunk::Size;
        return;
    case Chunk::Trailer:
        m_state = text.empty() ? State::Done : State::Body;
        return;
    case Chunk::Data:
        return;
    }
}

} // namespace tracedeck
