// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/utf8_text.h"

#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

namespace tracedeck {
namespace {

TEST(Utf8Text, LengthsOfCharactersFollowTheStandard)
{
    const std::vector<std::pair<std::string, std::size_t>> cases{{"a", 1},
                                                                 {"\x7F", 1},
                                                                 {"\xC3\xBC", 2},
                                                                 {"\xE2\x82\xAC", 3},
                                                                 {"\xF0\x9F\x90\xB3", 4},
                                                                 {"\x80", 0}, // continuation without a lead
                                                                 {"\xC0\xAF", 0}, // overlong
                                                                 {"\xC1\xBF", 0},
                                                                 {"\xE0\x80\x80", 0}, // overlong
                                                                 {"\xE0\xA0\x80", 3}, // U+0800, the first of three
                                                                 {"\xED\x9F\xBF", 3}, // U+D7FF
                                                                 {"\xED\xA0\x80", 0}, // surrogate
                                                                 {"\xEE\x80\x80", 3}, // U+E000
                                                                 {"\xF0\x80\x80\x80", 0}, // overlong
                                                                 {"\xF0\x90\x80\x80", 4}, // U+10000
                                                                 {"\xF4\x8F\xBF\xBF", 4}, // U+10FFFF
                                                                 {"\xF4\x90\x80\x80", 0}, // above it
                                                                 {"\xF5\x80\x80\x80", 0},
                                                                 {"\xFF", 0},
                                                                 {"\xC3", 0}, // cut
                                                                 {"\xE2\x82", 0},
                                                                 {"\xF0\x9F\x90", 0},
                                                                 {"\xC3"
                                                                  "A",
                                                                  0},
                                                                 {"", 0}};
    for (const auto& [text, length] : cases) {
        EXPECT_EQ(utf8CharLength(text, 0), length) << testing::PrintToString(text);
    }
}

TEST(Utf8Text, TheCharacterIsTheOneAtThePlaceAskedFor)
{
    const std::string text = "a\xC3\xBC\xE2\x82\xAC";
    EXPECT_EQ(utf8CharLength(text, 1), 2U);
    EXPECT_EQ(utf8CharLength(text, 2), 0U) << "in the middle of one";
    EXPECT_EQ(utf8CharLength(text, 3), 3U);
    EXPECT_EQ(utf8CharLength(text, text.size()), 0U);
    EXPECT_EQ(utf8CharLength(text, text.size() + 9), 0U);
    EXPECT_EQ(utf8CharLength(std::string_view(text).substr(0, 5), 3), 0U) << "what is behind the end does not count";
}

/// U+0000 to U+10FFFF: what an encoder writes is read, and nothing else of the same length.
TEST(Utf8Text, EveryCharacterThereIs)
{
    std::size_t wrong = 0;
    for (unsigned code = 0; code < 0x110000; ++code) {
        const auto tail = [code](unsigned shift) { return static_cast<char>(0x80U | ((code >> shift) & 0x3FU)); };
        std::string text;
        if (code < 0x80) {
            text = {static_cast<char>(code)};
        } else if (code < 0x800) {
            text = {static_cast<char>(0xC0U | (code >> 6U)), tail(0)};
        } else if (code < 0x10000) {
            text = {static_cast<char>(0xE0U | (code >> 12U)), tail(6), tail(0)};
        } else {
            text = {static_cast<char>(0xF0U | (code >> 18U)), tail(12), tail(6), tail(0)};
        }
        const bool isSurrogate = code >= 0xD800 && code < 0xE000;
        wrong += utf8CharLength(text, 0) == (isSurrogate ? 0 : text.size()) ? 0 : 1;
    }
    EXPECT_EQ(wrong, 0U);
}

} // namespace
} // namespace tracedeck
