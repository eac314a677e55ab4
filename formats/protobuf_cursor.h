// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/protobuf_reader.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace tracedeck {

/// Reads the fields of one message as protozero's pbf_reader does, with the same exceptions for the same bytes,
/// but tags and lengths of one or two bytes, which nearly all are, cost no call. Call next(), then the reader of the
/// field's wire type, or skip().
class ProtobufCursor {
public:
    explicit ProtobufCursor(std::string_view message) : m_at(message.data()), m_end(message.data() + message.size()) { }

    /// The next field; false at the end.
    [[nodiscard, gnu::always_inline]] bool next()
    {
        if (m_at == m_end) {
            return false;
        }
        m_tag = static_cast<std::uint32_t>(varint());
        constexpr std::uint32_t kKnownTypes = 0b100111; // varint, fixed64, length-delimited, fixed32
        if (m_tag - kLeastTag >= kReservedTag - kLeastTag || ((kKnownTypes >> (m_tag & 7U)) & 1U) == 0) {
            checkRareTag();
        }
        return true;
    }
    // The names are those of the reader it stands in for.
    // NOLINTBEGIN(readability-identifier-naming)
    [[nodiscard]] std::uint32_t tag_and_type() const { return m_tag; }

    [[nodiscard, gnu::always_inline]] std::string_view get_view()
    {
        const auto size = static_cast<std::uint32_t>(varint());
        return {take(size), size};
    }
    [[nodiscard]] std::uint64_t get_uint64() { return varint(); }
    [[nodiscard]] std::uint32_t get_uint32() { return static_cast<std::uint32_t>(varint()); }
    [[nodiscard]] std::uint64_t get_fixed64() { return fixed<std::uint64_t>(); }
    [[nodiscard]] std::uint32_t get_fixed32() { return fixed<std::uint32_t>(); }
    // NOLINTEND(readability-identifier-naming)

    void skip()
    {
        switch (static_cast<WireType>(m_tag & 7U)) {
        case WireType::varint:
            (void)varint();
            break;
        case WireType::fixed64:
            (void)take(sizeof(std::uint64_t));
            break;
        case WireType::fixed32:
            (void)take(sizeof(std::uint32_t));
            break;
        default:
            (void)get_view();
        }
    }

private:
    static_assert(std::endian::native == std::endian::little, "fixed fields are copied as they are");
    static constexpr std::uint32_t kLeastTag = 1U << 3U;
    static constexpr std::uint32_t kReservedTag = 19'000U << 3U;
    static constexpr std::uint32_t kBehindReserved = 20'000U << 3U;

    /// Tags that pbf_reader refuses; high ones may still be good.
    void checkRareTag() const
    {
        if (m_tag < kLeastTag || (m_tag >= kReservedTag && m_tag < kBehindReserved)) {
            throw protozero::invalid_tag_exception();
        }
        const std::uint32_t type = m_tag & 7U;
        if (type == 3 || type == 4 || type > 5) {
            throw protozero::unknown_pbf_wire_type_exception();
        }
    }
    [[gnu::always_inline]] std::uint64_t varint()
    {
        if (m_at != m_end && static_cast<std::int8_t>(*m_at) >= 0) {
            return static_cast<std::uint8_t>(*m_at++);
        }
        if (m_end - m_at >= 2 && static_cast<std::int8_t>(m_at[1]) >= 0) {
            const auto low = static_cast<std::uint8_t>(m_at[0]) & 0x7FU;
            const auto high = static_cast<std::uint8_t>(m_at[1]);
            m_at += 2;
            return low | std::uint64_t{high} << 7U;
        }
        return protozero::decode_varint(&m_at, m_end);
    }
    const char* take(std::size_t size)
    {
        if (static_cast<std::size_t>(m_end - m_at) < size) {
            throw protozero::end_of_buffer_exception();
        }
        const char* const start = m_at;
        m_at += size;
        return start;
    }
    template <class T> T fixed()
    {
        T value = 0;
        std::memcpy(&value, take(sizeof value), sizeof value);
        return value;
    }

    const char* m_at;
    const char* m_end;
    std::uint32_t m_tag = 0;
};

} // namespace tracedeck
