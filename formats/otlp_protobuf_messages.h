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

[[nodiscard]] inline ProtobufValue readAnyValue(std::string_view message)
{
    ProtobufValue value;
    ProtobufCursor reader(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case bytesField(1):
            value = {AttributeType::String, reader.get_view(), 0};
            break;
        case varintField(2):
            value = {AttributeType::Bool, {}, reader.get_uint64() != 0 ? 1U : 0U};
            break;
        case varintField(3):
            value = {AttributeType::Int, {}, reader.get_uint64()};
            break;
        case fixed64Field(4):
            value = {AttributeType::Double, {}, reader.get_fixed64()};
            break;
        case bytesField(5):
            value = {AttributeType::Array, reader.get_view(), 0};
            break;
        case bytesField(6):
            value = {AttributeType::KeyValueList, reader.get_view(), 0};
            break;
        case bytesField(7):
            value = {AttributeType::Bytes, reader.get_view(), 0};
            break;
        default:
            reader.skip();
        }
    }
    return value;
}

/// The content of a length-delimited field that begins at `at` and has a length of one byte; moves `at`
/// behind it. False leaves `at` alone: the field is another one, or not of this plain form.
[[nodiscard]] inline bool readShortField(std::string_view message, std::size_t& at, char tag, std::string_view& content)
{
    if (message.size() < at + 2 || message[at] != tag) {
        return false;
    }
    const auto length = static_cast<std::uint8_t>(message[at + 1]);
    if (length >= 0x80U || message.size() - at - 2 < length) {
        return false;
    }
    content = message.substr(at + 2, length);
    at += 2 + std::size_t{length};
    return true;
}

/// Reads a KeyValue as nearly every sender writes it: key, then value, both short, nothing else; the value is a
/// text or whatever readAnyValue() makes of it. False for all others, which take the long way.
[[nodiscard]] inline bool readPlainKeyValue(std::string_view message, ProtobufAttribute& attribute)
{
    constexpr char kFirst = 0x0A; // field 1, length-delimited: KeyValue.key, AnyValue.string_value
    constexpr char kSecond = 0x12; // field 2, length-delimited: KeyValue.value
    std::size_t at = 0;
    std::size_t inside = 0;
    std::string_view value;
    if (!readShortField(message, at, kFirst, attribute.key) || !readShortField(message, at, kSecond, value)
        || at != message.size()) {
        return false;
    }
    std::string_view text;
    if (readShortField(value, inside, kFirst, text) && inside == value.size()) {
        attribute.value = {AttributeType::String, text, 0};
    } else {
        attribute.value = readAnyValue(value);
    }
    return true;
}

[[nodiscard]] inline ProtobufAttribute readKeyValue(std::string_view message)
{
    ProtobufAttribute attribute;
    if (readPlainKeyValue(message, attribute)) {
        return attribute;
    }
    attribute = {};
    ProtobufCursor reader(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case bytesField(1):
            attribute.key = reader.get_view();
            break;
        case bytesField(2):
            attribute.value = readAnyValue(reader.get_view());
            break;
        default:
            reader.skip();
        }
    }
    return attribute;
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
