// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/local_text_scan.h"

#include "core/utf8_text.h"

namespace tracedeck {

std::string cleanText(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8CharLength(text, at);
        const auto byte = static_cast<unsigned char>(text[at]);
        if (length == 1) {
            out += byte < 0x20 || byte == 0x7F ? ' ' : text[at];
        } else if (length == 0) {
            out += '?';
        } else {
            out.append(text.substr(at, length));
        }
        at += length == 0 ? 1 : length;
    }
    return out;
}

} // namespace tracedeck
