// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/text_pattern.h"

#include "core/search_arena.h"

#include <re2/re2.h>

namespace tracedeck {

TextPattern TextPattern::contains(std::string_view text)
{
    TextPattern out;
    out.m_folded = foldCase(text);
    return out;
}

TextPattern TextPattern::equals(std::string_view text)
{
    TextPattern out = contains(text);
    out.m_kind = Kind::Equals;
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
    if (text.size() < m_folded.size()) { // folding keeps the number of bytes
        return false;
    }
    scratch.clear();
    appendFolded(scratch, text);
    return m_kind == Kind::Equals ? scratch == m_folded : scratch.find(m_folded) != std::string::npos;
}

} // namespace tracedeck
