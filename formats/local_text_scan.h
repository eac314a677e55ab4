// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tracedeck {

/// Cursor over kernel text files: lines, blank-separated words and decimal numbers. Never allocates,
/// never reads past the text; what is not a number is "no value", not 0.
class TextScan {
public:
    explicit TextScan(std::string_view text) : m_rest(text) { }

    /// Next line without its line feed; false at the end.
    bool nextLine(std::string_view& line)
    {
        if (m_rest.empty()) {
            return false;
        }
        const std::size_t end = m_rest.find('\n');
        line = m_rest.substr(0, end);
        m_rest.remove_prefix(end == std::string_view::npos ? m_rest.size() : end + 1);
        return true;
    }
    /// Next word; empty at the end.
    std::string_view nextWord()
    {
        const std::size_t begin = m_rest.find_first_not_of(" \t\r\n");
        if (begin == std::string_view::npos) {
            m_rest = {};
            return {};
        }
        const std::size_t end = std::min(m_rest.find_first_of(" \t\r\n", begin), m_rest.size());
        const std::string_view word = m_rest.substr(begin, end - begin);
        m_rest.remove_prefix(end);
        return word;
    }
    [[nodiscard]] std::string_view rest() const noexcept { return m_rest; }

private:
    std::string_view m_rest;
};

/// The whole of `word` as a number of type T; overflow and trailing bytes are "no value".
template <class T> [[nodiscard]] std::optional<T> numberOf(std::string_view word)
{
    T value{};
    const char* const end = word.data() + word.size();
    const auto result = std::from_chars(word.data(), end, value);
    return result.ec == std::errc() && result.ptr == end ? std::optional<T>(value) : std::nullopt;
}

/// Text without surrounding blanks and line feeds.
[[nodiscard]] inline std::string_view trimmed(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// Text fit for a table: control bytes become spaces, bytes that are not UTF-8 become '?'.
[[nodiscard]] std::string cleanText(std::string_view text);

} // namespace tracedeck
