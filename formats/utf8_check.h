// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace tracedeck {

/// The general case of isValidUtf8: strict, so no overlong forms, surrogates or code points past U+10FFFF.
[[nodiscard]] bool isValidNonAsciiUtf8(std::string_view text);

/// True when `text` is well-formed UTF-8. Nearly all telemetry text is short ASCII, which is settled here
/// eight bytes at a time without a call.
[[nodiscard]] inline bool isValidUtf8(std::string_view text)
{
    constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;
    std::uint64_t seen = 0;
    std::size_t at = 0;
    for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, sizeof word);
        seen |= word;
    }
    for (; at < text.size(); ++at) {
        seen |= static_cast<std::uint8_t>(text[at]);
    }
    return (seen & kHighBits) == 0 || isValidNonAsciiUtf8(text);
}

/// `text` with every byte that is not part of well-formed UTF-8 replaced by U+FFFD, for messages that quote
/// file names or foreign programs.
[[nodiscard]] std::string repairedUtf8(std::string_view text);

} // namespace tracedeck
