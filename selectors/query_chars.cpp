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

std::size_t queryCharLength(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) -> unsigned {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const unsigned lead = byte(at);
    if (lead < 0x80) {
        return 1;
    }
    const std::size_t length = lead >= 0xF0 ? 4 : (lead >= 0xE0 ? 3 : 2);
    if (lead < 0xC2 || lead > 0xF4) {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80U) {
            return 0;
        }
    }
    const unsigned second = byte(at + 1);
    const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    const bool outside = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
    return overlong || outside ? 0 : length;
}

} // namespace tracedeck
