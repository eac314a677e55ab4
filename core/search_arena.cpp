// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search_arena.h"

namespace tracedeck {
namespace {

/// Simple lower-case mapping of the two-byte UTF-8 ranges listed in the header.
unsigned lowerCodePoint(unsigned c)
{
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F)) {
        return c + 32;
    }
    if (c >= 0x400 && c <= 0x40F) {
        return c + 80;
    }
    const bool evenIsUpper = (c >= 0x100 && c <= 0x137 && c != 0x130) || (c >= 0x14A && c <= 0x177);
    const bool oddIsUpper = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
    if ((evenIsUpper && c % 2 == 0) || (oddIsUpper && c % 2 == 1)) {
        return c + 1;
    }
    return c == 0x178 ? 0xFF : c;
}

} // namespace

void appendFolded(std::string& out, std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        // Runs of ASCII are folded in one plain loop, which compilers turn into vector code.
        const std::size_t begin = i;
        while (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80) {
            ++i;
        }
        const std::size_t at = out.size();
        out.append(text.substr(begin, i - begin));
        for (std::size_t k = at; k < out.size(); ++k) {
            out[k] = static_cast<char>(out[k] + (out[k] >= 'A' && out[k] <= 'Z' ? 32 : 0));
        }
        if (i == text.size()) {
            return;
        }
        const auto c = static_cast<unsigned char>(text[i]);
        const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
        if (c >= 0xC3 && c <= 0xDF && (next & 0xC0U) == 0x80U) {
            const unsigned lower = lowerCodePoint(((c & 0x1FU) << 6U) | (next & 0x3FU));
            out.push_back(static_cast<char>(0xC0U | (lower >> 6U)));
            out.push_back(static_cast<char>(0x80U | (lower & 0x3FU)));
            i += 2;
        } else {
            out.push_back(static_cast<char>(c));
            ++i;
        }
    }
}

std::string foldCase(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    appendFolded(out, text);
    return out;
}

void SearchArena::reserve(std::size_t rows, std::size_t bytes)
{
    m_text.reserve(bytes);
    m_starts.reserve(rows + 1);
}

void SearchArena::addField(std::string_view text)
{
    if (text.empty()) {
        return;
    }
    if (m_text.size() > m_starts.back()) {
        m_text.push_back('\x01');
    }
    const std::size_t from = m_text.size();
    appendFolded(m_text, text);
    for (std::size_t i = from; i < m_text.size(); ++i) {
        if (static_cast<unsigned char>(m_text[i]) < 2) {
            m_text[i] = ' ';
        }
    }
}

void SearchArena::endRow()
{
    m_text.push_back('\0');
    m_starts.push_back(static_cast<std::uint32_t>(m_text.size()));
}

} // namespace tracedeck
