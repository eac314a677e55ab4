// SPDX-License-Identifier: GPL-3.0-or-later
// Finding and masking what must not be kept. When in doubt it masks too much: a lost log detail costs
// less than a leaked token.
#include "core/log.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace tracedeck {
namespace {

constexpr std::string_view kMask = "\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2";

bool isWordByte(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return std::isalnum(byte) != 0 || c == '_' || c == '-' || c == '.';
}

char lowerByte(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// Lower-cased letters and digits of a key, so api_key, api-key, apiKey and "api key" are one.
std::string squeezed(std::string_view key)
{
    std::string out;
    out.reserve(key.size());
    for (const char c : key) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
            out += lowerByte(c);
        }
    }
    return out;
}

/// True when `word` stands in `key` and is not the beginning of a longer one ("tokens" counts things).
bool hasTokenWord(std::string_view key)
{
    constexpr std::string_view kToken = "token";
    std::string lower(key);
    std::transform(lower.begin(), lower.end(), lower.begin(), lowerByte);
    for (std::size_t at = lower.find(kToken); at != std::string::npos; at = lower.find(kToken, at + 1)) {
        const std::size_t end = at + kToken.size();
        const bool wordEnds = end >= lower.size() || std::islower(static_cast<unsigned char>(key[end])) == 0;
        if (wordEnds || lower.compare(end, 5, "value") == 0) {
            return true;
        }
    }
    return false;
}

bool masksWholeLine(std::string_view key)
{
    const std::string name = squeezed(key);
    return name.find("authorization") != std::string::npos || name.find("cookie") != std::string::npos;
}

std::size_t skipBlanks(std::string_view text, std::size_t at)
{
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) {
        ++at;
    }
    return at;
}

/// Position after the separator that follows a key at `at`, or npos when none does.
std::size_t afterSeparator(std::string_view text, std::size_t at)
{
    while (at < text.size() && (text[at] == '"' || text[at] == '\'' || text[at] == '\\' || text[at] == ']')) {
        ++at;
    }
    at = skipBlanks(text, at);
    if (at < text.size() && (text[at] == ':' || text[at] == '=')) {
        return skipBlanks(text, at + 1 + (text.substr(at, 2) == "=>" ? 1 : 0));
    }
    const std::string_view encoded = text.substr(at, 3);
    return encoded == "%3D" || encoded == "%3d" ? at + 3 : std::string_view::npos;
}

std::size_t endOfLine(std::string_view text, std::size_t at)
{
    return std::min(text.find_first_of("\r\n", at), text.size());
}

/// End of a quoted value opened by text[quote], which has `escapes` backslashes before it.
std::size_t endOfQuoted(std::string_view text, std::size_t quote, std::size_t escapes)
{
    std::size_t run = 0;
    for (std::size_t at = quote + 1; at < text.size(); ++at) {
        if (text[at] == '\\') {
            ++run;
            continue;
        }
        if (text[at] == text[quote] && run <= escapes) {
            return at - run;
        }
        run = 0;
    }
    return text.size();
}

struct Range {
    std::size_t begin;
    std::size_t end;
};

bool isScheme(std::string_view word)
{
    const std::string name = squeezed(word);
    return name == "bearer" || name == "basic" || name == "digest" || name == "negotiate";
}

std::size_t endOfBlankFree(std::string_view text, std::size_t at)
{
    return std::min(text.find_first_of(" \t\r\n", at), text.size());
}

/// What to mask of the value that starts at `at`, for `key`.
Range valueRange(std::string_view text, std::size_t at, std::string_view key)
{
    std::size_t quote = at;
    while (quote < text.size() && text[quote] == '\\') {
        ++quote;
    }
    if (quote < text.size() && (text[quote] == '"' || text[quote] == '\'')) {
        return {quote + 1, endOfQuoted(text, quote, quote - at)};
    }
    if (masksWholeLine(key) || (at < text.size() && (text[at] == '[' || text[at] == '{'))) {
        return {at, endOfLine(text, at)};
    }
    std::size_t end = std::min(text.find_first_of(" \t\r\n&", at), text.size());
    if (isScheme(text.substr(at, end - at))) {
        end = endOfBlankFree(text, skipBlanks(text, end));
    }
    return {at, end};
}

/// Password of "scheme://user:password@host", starting after "://".
Range urlPassword(std::string_view text, std::size_t authority)
{
    const std::size_t end = std::min(text.find_first_of("/?# \t\r\n\"'", authority), text.size());
    const std::size_t at = text.substr(0, end).rfind('@');
    const std::size_t colon = text.find(':', authority);
    if (at == std::string_view::npos || at < authority || colon >= at) {
        return {end, end};
    }
    return {colon + 1, at};
}

} // namespace

bool looksSecret(std::string_view key)
{
    constexpr std::array<std::string_view, 11> kMarks{"authorization", "cookie",    "password",   "passwd",
                                                      "passphrase",    "secret",    "credential", "apikey",
                                                      "privatekey",    "accesskey", "sessionkey"};
    const std::string name = squeezed(key);
    const bool marked = std::any_of(kMarks.begin(), kMarks.end(),
                                    [&](std::string_view mark) { return name.find(mark) != std::string::npos; });
    return marked || name == "pwd" || hasTokenWord(key);
}

std::string redactSecrets(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    std::size_t at = 0;
    std::size_t previousWord = 0;
    const auto mask = [&](Range range) {
        out.append(text.substr(at, range.begin - at));
        if (range.end > range.begin) {
            out.append(kMask);
        }
        at = range.end;
    };
    while (at < text.size()) {
        if (text.substr(at, 3) == "://") {
            mask(urlPassword(text, at + 3));
            previousWord = at;
            continue;
        }
        if (!isWordByte(text[at])) {
            out += text[at++];
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && isWordByte(text[end])) {
            ++end;
        }
        const std::string_view word = text.substr(at, end - at);
        // "api key" is two words here.
        const std::string_view key = squeezed(word) == "key" ? text.substr(previousWord, end - previousWord) : word;
        previousWord = at;
        std::size_t value = std::string_view::npos;
        if (looksSecret(key)) {
            value = afterSeparator(text, end);
        } else if (isScheme(word) && end < text.size() && text[end] == ' ' && squeezed(word) != "digest") {
            const std::size_t start = skipBlanks(text, end);
            mask({start, squeezed(word) == "bearer" ? endOfBlankFree(text, start) : start});
            continue;
        }
        if (value == std::string_view::npos) {
            out.append(word);
            at = end;
            continue;
        }
        mask(valueRange(text, value, key));
    }
    return out;
}

} // namespace tracedeck
