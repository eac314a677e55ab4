// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/engine_log.h"

#include "formats/engine_json.h"
#include "formats/plain_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace tracedeck {
namespace {

constexpr std::size_t kFrameHeader = 8;
constexpr std::size_t kLevelReach = 120;

bool isLetter(char c)
{
    return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

/// "E0102 15:04:05.678901": the form of Kubernetes' own programs.
LogLevelWord klogLevel(std::string_view line)
{
    if (line.size() < 6 || line[5] != ' ' || line.find_first_not_of("0123456789", 1) != 5) {
        return LogLevelWord::None;
    }
    switch (line.front()) {
    case 'I':
        return LogLevelWord::Info;
    case 'W':
        return LogLevelWord::Warning;
    case 'E':
        return LogLevelWord::Error;
    case 'F':
        return LogLevelWord::Fatal;
    default:
        return LogLevelWord::None;
    }
}

LogLevelWord levelOfWord(std::string_view word, bool bracketed)
{
    constexpr std::size_t kLongest = 11;
    if (word.size() > kLongest) {
        return LogLevelWord::None;
    }
    std::string lower(word);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    constexpr std::array<std::pair<std::string_view, LogLevelWord>, 18> kWords{{
        {"trace", LogLevelWord::Trace},
        {"verbose", LogLevelWord::Trace},
        {"debug", LogLevelWord::Debug},
        {"dbg", LogLevelWord::Debug},
        {"info", LogLevelWord::Info},
        {"information", LogLevelWord::Info},
        {"inf", LogLevelWord::Info},
        {"notice", LogLevelWord::Info},
        {"warn", LogLevelWord::Warning},
        {"warning", LogLevelWord::Warning},
        {"wrn", LogLevelWord::Warning},
        {"error", LogLevelWord::Error},
        {"err", LogLevelWord::Error},
        {"severe", LogLevelWord::Error},
        {"fatal", LogLevelWord::Fatal},
        {"panic", LogLevelWord::Fatal},
        {"critical", LogLevelWord::Fatal},
        {"crit", LogLevelWord::Fatal},
    }};
    for (const auto& [name, level] : kWords) {
        if (lower == name) {
            return level;
        }
    }
    constexpr std::string_view kLetters = "tdiwef";
    const std::size_t letter = bracketed && lower.size() == 1 ? kLetters.find(lower.front()) : std::string_view::npos;
    return letter == std::string_view::npos ? LogLevelWord::None : static_cast<LogLevelWord>(letter + 1);
}

} // namespace

LogLevelWord logLevelOf(std::string_view line)
{
    if (const LogLevelWord level = klogLevel(line); level != LogLevelWord::None) {
        return level;
    }
    line = line.substr(0, kLevelReach);
    for (std::size_t at = 0; at < line.size();) {
        if (!isLetter(line[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < line.size() && isLetter(line[end])) {
            ++end;
        }
        const std::string_view word = line.substr(at, end - at);
        const bool bracketed = at > 0 && line[at - 1] == '[' && end < line.size() && line[end] == ']';
        const LogLevelWord level = levelOfWord(word, bracketed);
        // "error-free", "info.txt" and "no_errors" are other words; prose in lower case is no level either.
        const bool glued = (at > 0 && (line[at - 1] == '-' || line[at - 1] == '_' || line[at - 1] == '.'))
            || (end < line.size() && (line[end] == '-' || line[end] == '_' || line[end] == '.'));
        const bool loud = std::none_of(word.begin(), word.end(), [](unsigned char c) { return std::islower(c) != 0; });
        const bool marked = bracketed || at == 0 || loud || line[at - 1] == '=' || line[at - 1] == '"'
            || (end < line.size() && (line[end] == ':' || line[end] == ']'));
        if (level != LogLevelWord::None && !glued && marked) {
            return level;
        }
        at = end;
    }
    return LogLevelWord::None;
}

std::string_view logLevelKey(LogLevelWord level)
{
    constexpr std::array<std::string_view, 7> kKeys{"", "trace", "debug", "info", "warning", "error", "fatal"};
    return kKeys.at(static_cast<std::size_t>(level));
}

void EngineLogReader::feed(std::string_view bytes, const Sink& sink)
{
    while (m_framed && !bytes.empty()) {
        if (m_remaining == 0) {
            const std::size_t wanted = std::min(kFrameHeader - m_header.size(), bytes.size());
            m_header.append(bytes.substr(0, wanted));
            bytes.remove_prefix(wanted);
            if (m_header.size() < kFrameHeader) {
                return;
            }
            const std::string header = std::exchange(m_header, {});
            const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(header[i]); };
            if (byte(0) > 2 || byte(1) != 0 || byte(2) != 0 || byte(3) != 0) {
                ++m_badFrames;
                m_framed = false;
                feedText(LogStream::Out, header, sink);
                break;
            }
            m_stream = byte(0) == 2 ? LogStream::Error : LogStream::Out;
            for (std::size_t i = 4; i < kFrameHeader; ++i) {
                m_remaining = m_remaining << 8U | byte(i);
            }
            continue;
        }
        const std::size_t size = std::min(m_remaining, bytes.size());
        feedText(m_stream, bytes.substr(0, size), sink);
        bytes.remove_prefix(size);
        m_remaining -= size;
    }
    if (!m_framed) {
        feedText(LogStream::Out, bytes, sink);
    }
}

void EngineLogReader::feedText(LogStream stream, std::string_view bytes, const Sink& sink)
{
    std::string& line = pending(stream);
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        line.append(bytes.substr(0, end));
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
        while (line.size() > kMaxLineBytes) {
            std::string head = line.substr(0, kMaxLineBytes);
            line.erase(0, kMaxLineBytes);
            emitLine(stream, head, true, sink);
        }
        if (end != std::string_view::npos) {
            emitLine(stream, line, false, sink);
        }
    }
}

void EngineLogReader::emitLine(LogStream stream, std::string& line, bool cut, const Sink& sink)
{
    EngineLogLine out;
    out.stream = stream;
    out.cut = cut;
    std::string_view text = line;
    const std::size_t blank = text.find(' ');
    if (const auto time = parseRfc3339(text.substr(0, blank))) {
        out.timeNs = *time;
        text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
    }
    m_clean = plainText(text);
    out.text = m_clean;
    sink(out);
    line.clear();
}

void EngineLogReader::finish(const Sink& sink)
{
    for (const LogStream stream : {LogStream::Out, LogStream::Error}) {
        if (std::string& line = pending(stream); !line.empty()) {
            emitLine(stream, line, false, sink);
        }
    }
}

} // namespace tracedeck
