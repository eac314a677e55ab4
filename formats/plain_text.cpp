// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/plain_text.h"

#include "core/utf8_text.h"

#include <cstddef>
#include <cstdint>

namespace tracedeck {
namespace {

constexpr char kEscape = '\x1B';
constexpr char kBell = '\x07';

/// Length of the terminal sequence that begins at an escape character.
std::size_t escapeLength(std::string_view text)
{
    if (text.size() < 2) {
        return text.size();
    }
    if (text[1] == '[') { // parameters, then one letter
        std::size_t end = 2;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) < '@' || text[end] > '~')) {
            ++end;
        }
        return end < text.size() ? end + 1 : end;
    }
    if (text[1] == ']') { // a title, until the bell or ESC backslash
        for (std::size_t end = 2; end < text.size(); ++end) {
            if (text[end] == kBell) {
                return end + 1;
            }
            if (text[end] == kEscape) {
                return end + 2 < text.size() ? end + 2 : text.size();
            }
        }
        return text.size();
    }
    return 2;
}

} // namespace

std::string plainText(std::string_view bytes)
{
    std::string out;
    out.reserve(bytes.size());
    while (!bytes.empty()) {
        const char c = bytes.front();
        std::size_t used = 1;
        if (c == kEscape) {
            used = escapeLength(bytes);
        } else if (c == '\t') {
            out += ' ';
        } else if (c == '\r') {
            if (bytes.find_first_not_of('\r') != std::string_view::npos) {
                out.clear(); // a progress bar: only its last state is of interest
            }
        } else if (static_cast<unsigned char>(c) < 0x20 || c == '\x7F') {
            // nothing to show
        } else if (const std::size_t length = utf8CharLength(bytes, 0); length > 0) {
            out.append(bytes.substr(0, length));
            used = length;
        } else {
            out += "\xEF\xBF\xBD";
        }
        bytes.remove_prefix(used);
    }
    return out;
}

} // namespace tracedeck
