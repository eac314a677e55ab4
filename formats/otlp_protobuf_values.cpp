// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/base64.h"
#include "formats/json_writer.h"
#include "formats/otlp_protobuf_messages.h"

namespace tracedeck {
namespace {

std::string_view appendArray(std::string& out, std::string_view message, int depth)
{
    out.push_back('[');
    pbf_reader reader(message);
    bool first = true;
    while (reader.next(1, WireType::length_delimited)) {
        if (!first) {
            out.push_back(',');
        }
        first = false;
        if (const auto why = appendValueJson(out, readAnyValue(reader.get_view()), depth); !why.empty()) {
            return why;
        }
    }
    out.push_back(']');
    return {};
}

std::string_view appendKeyValueList(std::string& out, std::string_view message, int depth)
{
    out.push_back('{');
    pbf_reader reader(message);
    bool first = true;
    while (reader.next(1, WireType::length_delimited)) {
        if (!first) {
            out.push_back(',');
        }
        first = false;
        const ProtobufAttribute entry = readKeyValue(reader.get_view());
        appendJsonString(out, entry.key);
        out.push_back(':');
        if (const auto why = appendValueJson(out, entry.value, depth); !why.empty()) {
            return why;
        }
    }
    out.push_back('}');
    return {};
}

} // namespace

ProtobufValue readAnyValue(std::string_view message)
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

ProtobufAttribute readAnyKeyValue(std::string_view message)
{
    ProtobufAttribute attribute;
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

std::string_view appendValueJson(std::string& out, const ProtobufValue& value, int depth)
{
    switch (value.type) {
    case AttributeType::Empty:
        out.append("null");
        return {};
    case AttributeType::String:
        appendJsonString(out, value.text);
        return {};
    case AttributeType::Bool:
        out.append(value.number != 0 ? "true" : "false");
        return {};
    case AttributeType::Int:
        appendJsonInt(out, static_cast<std::int64_t>(value.number));
        return {};
    case AttributeType::Double:
        appendJsonDouble(out, std::bit_cast<double>(value.number));
        return {};
    case AttributeType::Bytes:
        out.push_back('"');
        appendBase64(out, value.text);
        out.push_back('"');
        return {};
    case AttributeType::Array:
    case AttributeType::KeyValueList:
        break;
    }
    if (depth >= kMaxValueDepth) {
        return reject::kTooDeep;
    }
    return value.type == AttributeType::Array ? appendArray(out, value.text, depth + 1)
                                              : appendKeyValueList(out, value.text, depth + 1);
}

} // namespace tracedeck
