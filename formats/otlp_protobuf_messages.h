// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/otlp_fields.h"
#include "formats/protobuf_cursor.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

// Readers of single OTLP messages. All throw protozero::exception when the bytes are no message; only the
// entry points in otlp_protobuf_decode.cpp and otlp_scan.cpp catch it.

/// An AnyValue: `text` holds the text, the bytes, or the message of an array or key-value list.
struct ProtobufValue {
    AttributeType type = AttributeType::Empty;
    std::string_view text;
    std::uint64_t number = 0; ///< payload of Bool, Int and Double as AttributeTable keeps it
};

struct ProtobufAttribute {
    std::string_view key;
    ProtobufValue value;
};

[[nodiscard]] ProtobufValue readAnyValue(std::string_view message);

/// Reads an AnyValue that is nothing but one short text or one number below 2^56, as nearly all are. False for others.
[[nodiscard, gnu::always_inline]] inline bool readPlainAnyValue(const char* at, std::size_t size, ProtobufValue& value)
{
    constexpr char kText = 0x0A; // AnyValue.string_value
    constexpr char kInt = 0x18; // AnyValue.int_value
    constexpr std::size_t kMostIntBytes = 8;
    if (size < 2) {
        return false;
    }
    if (at[0] == kText && static_cast<std::uint8_t>(at[1]) == size - 2) {
        value = {AttributeType::String, {at + 2, size - 2}, 0};
        return size - 2 < 0x80U;
    }
    if (at[0] != kInt || size > 1 + kMostIntBytes) {
        return false;
    }
    std::uint64_t number = 0;
    std::size_t last = 1;
    for (unsigned shift = 0; last < size; ++last, shift += 7) {
        const auto byte = static_cast<std::uint8_t>(at[last]);
        number |= std::uint64_t{byte & 0x7FU} << shift;
        if (byte < 0x80U) {
            break;
        }
    }
    value = {AttributeType::Int, {}, number};
    return last == size - 1;
}

/// Reads a KeyValue as nearly every sender writes it: key, then value, both short, nothing else. False for all
/// others, which take the long way.
[[nodiscard, gnu::always_inline]] inline bool readPlainKeyValue(std::string_view message, ProtobufAttribute& attribute)
{
    constexpr char kKey = 0x0A; // field 1, length-delimited
    constexpr char kValue = 0x12; // field 2, length-delimited
    constexpr std::size_t kHeads = 4; // tag and length of both
    const char* const at = message.data();
    if (message.size() < kHeads || at[0] != kKey) {
        return false;
    }
    const auto keyBytes = static_cast<std::uint8_t>(at[1]);
    if (keyBytes >= 0x80U || message.size() < kHeads + keyBytes) {
        return false;
    }
    const char* const value = at + 2 + keyBytes;
    const auto valueBytes = static_cast<std::uint8_t>(value[1]);
    if (value[0] != kValue || valueBytes >= 0x80U || message.size() != kHeads + keyBytes + valueBytes) {
        return false;
    }
    attribute.key = {at + 2, keyBytes};
    if (!readPlainAnyValue(value + 2, valueBytes, attribute.value)) {
        attribute.value = readAnyValue({value + 2, valueBytes});
    }
    return true;
}

/// Reads any KeyValue, field by field.
[[nodiscard]] ProtobufAttribute readAnyKeyValue(std::string_view message);

[[nodiscard]] inline ProtobufAttribute readKeyValue(std::string_view message)
{
    ProtobufAttribute attribute;
    return readPlainKeyValue(message, attribute) ? attribute : readAnyKeyValue(message);
}

/// The repeated messages of one record, kept until its ids are known to be good.
struct ProtobufLists {
    std::vector<std::string_view> attributes;
    std::vector<std::string_view> events;
    std::vector<std::string_view> links;

    void clear()
    {
        attributes.clear();
        events.clear();
        links.clear();
    }
};

/// Reads the scalars and gathers the lists. Answers why the record cannot be kept (an id of a wrong size),
/// or nothing. `lists` must be empty.
[[nodiscard]] std::string_view readSpan(std::string_view message, SpanFields& span, ProtobufLists& lists);
[[nodiscard]] std::string_view readEvent(std::string_view message, EventFields& event, ProtobufLists& lists);
[[nodiscard]] std::string_view readLink(std::string_view message, LinkFields& link, ProtobufLists& lists);
/// `body` keeps its type; LogFields::body is left alone.
[[nodiscard]] std::string_view readLog(std::string_view message, LogFields& log, ProtobufValue& body,
                                       ProtobufLists& lists);

/// Appends the canonical JSON of a value (see json_writer.h; bytes are base64 text, an empty value is
/// null, key-value lists keep the order of the sender). Answers why it cannot, or nothing.
[[nodiscard]] std::string_view appendValueJson(std::string& out, const ProtobufValue& value, int depth = 0);

} // namespace tracedeck
