// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/base64.h"

#include <array>
#include <cstdint>

namespace tracedeck {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNoDigit = 0xFF;

constexpr std::array<std::uint8_t, 256> makeDigits()
{
    std::array<std::uint8_t, 256> digits{};
    digits.fill(kNoDigit);
    for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
        digits[static_cast<std::uint8_t>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
    }
    digits['-'] = 62;
    digits['_'] = 63;
    return digits;
}

constexpr std::array<std::uint8_t, 256> kDigits = makeDigits();

} // namespace

void appendBase64(std::string& out, std::string_view bytes)
{
    std::size_t at = 0;
    const auto byteAt = [&bytes](std::size_t i) { return std::uint32_t{static_cast<std::uint8_t>(bytes[i])}; };
    for (; at + 3 <= bytes.size(); at += 3) {
        const std::uint32_t group = (byteAt(at) << 16U) | (byteAt(at + 1) << 8U) | byteAt(at + 2);
        for (const unsigned shift : {18U, 12U, 6U, 0U}) {
            out.push_back(kAlphabet[(group >> shift) & 63U]);
        }
    }
    const std::size_t rest = bytes.size() - at;
    if (rest > 0) {
        const std::uint32_t group = (byteAt(at) << 16U) | (rest == 2 ? byteAt(at + 1) << 8U : 0U);
        out.push_back(kAlphabet[(group >> 18U) & 63U]);
        out.push_back(kAlphabet[(group >> 12U) & 63U]);
        out.push_back(rest == 2 ? kAlphabet[(group >> 6U) & 63U] : '=');
        out.push_back('=');
    }
}

std::optional<std::string> decodeBase64(std::string_view text)
{
    if (text.size() % 4 == 0) {
        for (int i = 0; i < 2 && !text.empty() && text.back() == '='; ++i) {
            text.remove_suffix(1);
        }
    }
    if (text.size() % 4 == 1) {
        return std::nullopt;
    }
    std::string out;
    out.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char c : text) {
        const std::uint8_t digit = kDigits[static_cast<std::uint8_t>(c)];
        if (digit == kNoDigit) {
            return std::nullopt;
        }
        bits = (bits << 6U) | digit;
        held += 6;
        if (held >= 8) {
            held -= 8;
            out.push_back(static_cast<char>((bits >> held) & 0xFFU));
        }
    }
    if ((bits & ((1U << held) - 1U)) != 0) {
        return std::nullopt;
    }
    return out;
}

} // namespace tracedeck
