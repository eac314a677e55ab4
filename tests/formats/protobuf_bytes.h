// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace tracedeck::test {

// Protobuf spelled by hand, so that tests of readers and writers do not depend on each other.

inline std::string varint(std::uint64_t value)
{
    std::string out;
    for (; value >= 0x80; value >>= 7U) {
        out.push_back(static_cast<char>(value | 0x80U));
    }
    out.push_back(static_cast<char>(value));
    return out;
}

inline std::string bytesField(unsigned field, const std::string& content)
{
    return varint(field << 3U | 2U) + varint(content.size()) + content;
}

inline std::string varintField(unsigned field, std::uint64_t value)
{
    return varint(field << 3U) + varint(value);
}

inline std::string fixed64Field(unsigned field, std::uint64_t value)
{
    std::string out = varint(field << 3U | 1U);
    for (unsigned i = 0; i < 8; ++i) {
        out.push_back(static_cast<char>(value >> (8U * i)));
    }
    return out;
}

inline std::string fixed32Field(unsigned field, std::uint32_t value)
{
    return varint(field << 3U | 5U) + fixed64Field(1, value).substr(1, 4);
}

} // namespace tracedeck::test
