// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_chars.h"

namespace tracedeck {
namespace {

constexpr bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

constexpr bool isFieldChar(char c)
{
    return isLetter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-';
}

bool equalsIgnoringCase(std::string_view text, std::string_view lower)
{
    if (text.size() != lower.size()) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + 32) : text[i];
        if (c != lower[i]) {
            return false;
        }
    }
    return true;
}

} // namespace

std::size_t queryWordEnd(std::string_view text, std::size_t begin)
{
    std::size_t i = begin;
    while (i < text.size() && !isQuerySpace(text[i]) && !isQueryDelimiter(text[i])) {
        ++i;
    }
    return i;
}

std::size_t queryFieldEnd(std::string_view text, std::size_t begin)
{
    if (begin >= text.size() || !isLetter(text[begin])) {
        return begin;
    }
    std::size_t i = begin + 1;
    while (i < text.size() && isFieldChar(text[i])) {
        ++i;
    }
    return i;
}

std::optional<std::size_t> queryQuoteEnd(std::string_view text, std::size_t begin)
{
    for (std::size_t i = begin + 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            return i + 1;
        }
        if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) {
            ++i;
        }
    }
    return std::nullopt;
}

QueryKeyword queryKeyword(std::string_view word)
{
    if (equalsIgnoringCase(word, "and")) {
        return QueryKeyword::And;
    }
    if (equalsIgnoringCase(word, "or")) {
        return QueryKeyword::Or;
    }
    return equalsIgnoringCase(word, "not") ? QueryKeyword::Not : QueryKeyword::None;
}

} // namespace tracedeck
