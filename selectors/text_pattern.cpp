// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/text_pattern.h"

#include "core/search_arena.h"

#include <algorithm>
#include <re2/re2.h>

namespace tracedeck {
namespace {

constexpr std::size_t kShortId = 12;

char lowerAscii(char c)
{
    return static_cast<char>(c + (c >= 'A' && c <= 'Z' ? 32 : 0));
}

bool equalsAscii(const char* text, std::string_view folded)
{
    return std::equal(folded.begin(), folded.end(), text, [](char f, char t) { return f == lowerAscii(t); });
}

/// Finds an ASCII needle without folding the text: folding makes no ASCII out of other letters.
bool containsAscii(std::string_view text, std::string_view folded)
{
    if (folded.empty()) {
        return true;
    }
    const char first = folded.front();
    const char* const last = text.data() + (text.size() - folded.size());
    for (const char* at = text.data(); at <= last; ++at) {
        if (lowerAscii(*at) == first && equalsAscii(at + 1, folded.substr(1))) {
            return true;
        }
    }
    return false;
}

} // namespace

TextPattern TextPattern::contains(std::string_view text)
{
    TextPattern out;
    out.m_folded = foldCase(text);
    out.m_ascii = std::all_of(out.m_folded.begin(), out.m_folded.end(),
                              [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return out;
}

TextPattern TextPattern::equals(std::string_view text)
{
    TextPattern out = contains(text);
    out.m_kind = Kind::Equals;
    return out;
}

std::optional<TextPattern> TextPattern::sameId(std::string_view id)
{
    const bool hex = std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= '0' && c <= '9') || (lowerAscii(c) >= 'a' && lowerAscii(c) <= 'f');
    });
    if (!hex || id.size() < kShortId) {
        return std::nullopt;
    }
    TextPattern out = contains(id);
    out.m_kind = Kind::SameId;
    return out;
}

std::optional<TextPattern> TextPattern::regex(std::string_view pattern, std::string& error)
{
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_case_sensitive(false);
    options.set_max_mem(1 << 20);
    auto compiled = std::make_shared<const re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()), options);
    if (!compiled->ok()) {
        error = compiled->error();
        return std::nullopt;
    }
    TextPattern out;
    out.m_kind = Kind::Regex;
    out.m_regex = std::move(compiled);
    return out;
}

bool TextPattern::matches(std::string_view text, std::string& scratch) const
{
    if (m_kind == Kind::Regex) {
        return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *m_regex);
    }
    if (m_kind == Kind::SameId) {
        const std::size_t common = std::min(text.size(), m_folded.size());
        return common >= kShortId && equalsAscii(text.data(), std::string_view(m_folded).substr(0, common));
    }
    const bool whole = m_kind == Kind::Equals;
    if (text.size() < m_folded.size() || (whole && text.size() != m_folded.size())) {
        return false; // folding keeps the number of bytes
    }
    if (m_ascii) {
        return whole ? equalsAscii(text.data(), m_folded) : containsAscii(text, m_folded);
    }
    scratch.clear();
    appendFolded(scratch, text);
    return whole ? scratch == m_folded : scratch.find(m_folded) != std::string::npos;
}

} // namespace tracedeck
