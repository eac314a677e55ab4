// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace tracedeck {

/// What utf8CharLength() does for a character that may be longer than one byte.
[[nodiscard]] std::size_t utf8LongCharLength(std::string_view text, std::size_t at);

/// Bytes of the UTF-8 character that starts at `at`, 1 to 4; 0 when there is none: bytes that are no UTF-8 (overlong,
/// a surrogate, beyond U+10FFFF, a continuation without a lead), a character that is cut, the end of the text.
/// ASCII, which nearly all characters are, costs no call.
[[nodiscard]] inline std::size_t utf8CharLength(std::string_view text, std::size_t at)
{
    return at < text.size() && static_cast<unsigned char>(text[at]) < 0x80U ? 1 : utf8LongCharLength(text, at);
}

} // namespace tracedeck
