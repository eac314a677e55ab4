// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tracedeck {

enum class QueryKeyword : std::uint8_t { None, And, Or, Not };

/// Character rules of the query language; lexer, printer and completion share them. All bytes from 0x80
/// on are ordinary letters of words.
[[nodiscard]] constexpr bool isQuerySpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}
[[nodiscard]] constexpr bool isQueryOperatorChar(char c)
{
    return c == ':' || c == '=' || c == '~' || c == '<' || c == '>';
}
/// Ends a word besides blanks.
[[nodiscard]] constexpr bool isQueryDelimiter(char c)
{
    return c == ',' || c == '(' || c == ')' || c == '"';
}

/// End of the word or bare value that starts at `begin`.
[[nodiscard]] std::size_t queryWordEnd(std::string_view text, std::size_t begin);
/// End of the field name that starts at `begin`; `begin` itself when there is none.
[[nodiscard]] std::size_t queryFieldEnd(std::string_view text, std::size_t begin);
/// One past the closing quote of the quote at `begin`; nothing when it is not closed.
[[nodiscard]] std::optional<std::size_t> queryQuoteEnd(std::string_view text, std::size_t begin);
/// and, or, not in any case.
[[nodiscard]] QueryKeyword queryKeyword(std::string_view word);

} // namespace tracedeck
