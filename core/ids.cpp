// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ids.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <xxhash.h>

namespace tracedeck {
namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

int hexValue(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

RowKey hashParts(std::uint8_t kind, std::string_view first, std::string_view second)
{
    // The length of the first part goes in, so ("ab","c") and ("a","bc") differ.
    constexpr std::size_t kPrefix = 1 + sizeof(std::uint32_t);
    std::array<char, 256> onStack;
    std::string onHeap;
    const std::size_t size = kPrefix + first.size() + second.size();
    char* buffer = onStack.data();
    if (size > onStack.size()) {
        onHeap.resize(size);
        buffer = onHeap.data();
    }
    const auto length = static_cast<std::uint32_t>(first.size());
    buffer[0] = static_cast<char>(kind);
    std::memcpy(buffer + 1, &length, sizeof length);
    std::copy(first.begin(), first.end(), buffer + kPrefix);
    std::copy(second.begin(), second.end(), buffer + kPrefix + first.size());
    return XXH3_64bits(buffer, size);
}

} // namespace

RowKey makeRowKey(RowKind kind, std::string_view sourceInstance, std::string_view canonicalId)
{
    return hashParts(static_cast<std::uint8_t>(kind), sourceInstance, canonicalId);
}

RowKey makeGroupKey(std::string_view dimension, std::string_view groupKey)
{
    return hashParts(static_cast<std::uint8_t>(RowKind::GroupHeader), dimension, groupKey);
}

std::string TraceId::toHex() const
{
    std::string hex(32, '0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        hex[2 * i] = kHexDigits[bytes[i] >> 4U];
        hex[2 * i + 1] = kHexDigits[bytes[i] & 15U];
    }
    return hex;
}

std::optional<TraceId> TraceId::fromHex(std::string_view hex)
{
    if (hex.empty() || hex.size() > 32) {
        return std::nullopt;
    }
    TraceId id;
    const std::size_t shift = 32 - hex.size();
    for (std::size_t i = 0; i < hex.size(); ++i) {
        const int digit = hexValue(hex[i]);
        if (digit < 0) {
            return std::nullopt;
        }
        const std::size_t position = shift + i;
        const auto nibble = static_cast<std::uint8_t>(position % 2 == 0 ? digit << 4 : digit);
        id.bytes[position / 2] = static_cast<std::uint8_t>(id.bytes[position / 2] | nibble);
    }
    return id;
}

std::string SpanId::toHex() const
{
    std::string hex(16, '0');
    std::uint64_t rest = value;
    for (std::size_t i = 16; i-- > 0; rest >>= 4U) {
        hex[i] = kHexDigits[rest & 15U];
    }
    return hex;
}

std::optional<SpanId> SpanId::fromHex(std::string_view hex)
{
    if (hex.empty() || hex.size() > 16) {
        return std::nullopt;
    }
    SpanId id;
    for (const char c : hex) {
        const int digit = hexValue(c);
        if (digit < 0) {
            return std::nullopt;
        }
        id.value = (id.value << 4U) | static_cast<std::uint64_t>(digit);
    }
    return id;
}

SpanId SpanId::fromBytes(const std::uint8_t* eightBytes)
{
    SpanId id;
    std::memcpy(&id.value, eightBytes, sizeof id.value);
    if constexpr (std::endian::native == std::endian::little) {
        id.value = __builtin_bswap64(id.value);
    }
    return id;
}

} // namespace tracedeck

std::size_t std::hash<tracedeck::TraceId>::operator()(const tracedeck::TraceId& id) const noexcept
{
    return XXH3_64bits(id.bytes.data(), id.bytes.size());
}
