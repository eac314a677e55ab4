// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/base64.h"
#include "formats/json_writer.h"
#include "formats/otlp_json_walk.h"

#include <bit>

namespace tracedeck {
namespace {

void appendScalar(std::string& out, const JsonAnyValue& value)
{
    switch (value.type) {
    case AttributeType::Empty:
        out.append("null");
        break;
    case AttributeType::Bool:
        out.append(value.number != 0 ? "true" : "false");
        break;
    case AttributeType::Int:
        appendJsonInt(out, static_cast<std::int64_t>(value.number));
        break;
    case AttributeType::Double:
        appendJsonDouble(out, std::bit_cast<double>(value.number));
        break;
    case AttributeType::String:
    case AttributeType::Bytes:
        appendJsonString(out, value.text);
        break;
    case AttributeType::Array:
    case AttributeType::KeyValueList:
        break; // stands in the text already
    }
}

} // namespace

bool OtlpJsonValues::anyValue(ondemand::value value, JsonAnyValue& out)
{
    m_text.clear();
    out = {};
    const bool good = m_document.fields(
        value, [&](std::string_view key, ondemand::value inner) { return member(key, inner, out, 0, 0); });
    if (out.type == AttributeType::Array || out.type == AttributeType::KeyValueList) {
        out.text = m_text;
    }
    return good;
}

bool OtlpJsonValues::plainText(ondemand::value value, std::string& out)
{
    JsonAnyValue any;
    if (!anyValue(value, any)) {
        return false;
    }
    out.clear();
    if (!any.text.empty() || any.type == AttributeType::String) {
        out = any.text;
    } else if (any.type != AttributeType::Empty && any.type != AttributeType::Bytes) {
        appendScalar(out, any);
    }
    return true;
}

bool OtlpJsonValues::member(std::string_view key, ondemand::value value, JsonAnyValue& out, std::size_t start,
                            int depth)
{
    if (key == "stringValue") {
        std::string_view text;
        if (!m_document.text(value, text)) {
            return false;
        }
        if (text.data() != nullptr) { // else it was null: not set
            out = {AttributeType::String, text, 0};
        }
        return true;
    }
    const bool list = key == "arrayValue" || key == "kvlistValue";
    if (!list && key != "intValue" && key != "boolValue" && key != "doubleValue" && key != "bytesValue") {
        return true;
    }
    if (JsonDocument::isNull(value)) {
        return true;
    }
    if (list) {
        const bool keyed = key == "kvlistValue";
        m_text.resize(start);
        out = {keyed ? AttributeType::KeyValueList : AttributeType::Array, {}, 0};
        return appendList(value, keyed, depth);
    }
    if (key == "intValue") {
        std::int64_t number = 0;
        const bool good = m_document.integer(value, number);
        out = {AttributeType::Int, {}, static_cast<std::uint64_t>(number)};
        return good;
    }
    if (key == "boolValue") {
        bool flag = false;
        const bool good = m_document.flag(value, flag);
        out = {AttributeType::Bool, {}, flag ? 1U : 0U};
        return good;
    }
    if (key == "doubleValue") {
        double number = 0;
        const bool good = m_document.real(value, number);
        out = {AttributeType::Double, {}, std::bit_cast<std::uint64_t>(number)};
        return good;
    }
    return bytes(value, out);
}

bool OtlpJsonValues::bytes(ondemand::value value, JsonAnyValue& out)
{
    std::string_view text;
    if (!m_document.text(value, text)) {
        return false;
    }
    const auto decoded = decodeBase64(text);
    if (!decoded) {
        return m_document.fail(reject::kBase64);
    }
    m_bytes.clear();
    appendBase64(m_bytes, *decoded);
    out = {AttributeType::Bytes, m_bytes, 0};
    return true;
}

bool OtlpJsonValues::appendList(ondemand::value value, bool keyed, int depth)
{
    if (depth >= kMaxValueDepth) {
        return m_document.fail(reject::kTooDeep);
    }
    m_text.push_back(keyed ? '{' : '[');
    bool first = true;
    const bool good = m_document.fields(value, [&](std::string_view key, ondemand::value items) {
        return key != "values" || m_document.items(items, [&](ondemand::value item) {
            if (!first) {
                m_text.push_back(',');
            }
            first = false;
            return keyed ? appendEntry(item, depth + 1) : appendNested(item, depth + 1);
        });
    });
    m_text.push_back(keyed ? '}' : ']');
    return good;
}

bool OtlpJsonValues::appendEntry(ondemand::value value, int depth)
{
    const std::size_t start = m_text.size();
    std::string_view name;
    const bool good = m_document.fields(value, [&](std::string_view key, ondemand::value inner) {
        if (key == "key") {
            return m_document.text(inner, name);
        }
        if (key == "value") {
            m_text.resize(start);
            return appendNested(inner, depth);
        }
        return true;
    });
    if (m_text.size() == start) {
        m_text.append("null");
    }
    // The key may stand behind its value in the body, never in the result.
    std::string prefix;
    appendJsonString(prefix, name);
    prefix.push_back(':');
    m_text.insert(start, prefix);
    return good;
}

bool OtlpJsonValues::appendNested(ondemand::value value, int depth)
{
    const std::size_t start = m_text.size();
    JsonAnyValue out;
    const bool good = m_document.fields(
        value, [&](std::string_view key, ondemand::value inner) { return member(key, inner, out, start, depth); });
    if (out.type != AttributeType::Array && out.type != AttributeType::KeyValueList) {
        m_text.resize(start); // of a list that a later member replaced
        appendScalar(m_text, out);
    }
    return good;
}

bool OtlpJsonValues::attributes(ondemand::value value, IndexRange& range, bool& seen, ResourceFields* resource)
{
    if (seen) {
        return m_document.fail(reject::kTwice);
    }
    seen = true;
    range.begin = m_rows.attributeCount();
    const bool good = m_document.items(value, [&](ondemand::value item) { return attribute(item, resource); });
    range.end = m_rows.attributeCount();
    return good;
}

bool OtlpJsonValues::attribute(ondemand::value value, ResourceFields* resource)
{
    std::string_view name;
    JsonAnyValue any;
    const bool good = m_document.fields(value, [&](std::string_view key, ondemand::value inner) {
        if (key == "key") {
            return m_document.text(inner, name);
        }
        return key != "value" || anyValue(inner, any);
    });
    StringId nameId = 0;
    if (!good || !intern(name, nameId)) {
        return false;
    }
    if (resource != nullptr && any.type == AttributeType::String && name == "service.name") {
        resource->service = any.text;
    } else if (resource != nullptr && any.type == AttributeType::Bool && name == "tracedeck.own") {
        resource->own = any.number != 0;
    }
    const bool textual = any.type != AttributeType::Empty && any.type != AttributeType::Bool
        && any.type != AttributeType::Int && any.type != AttributeType::Double;
    StringId textId = 0;
    if (textual && !intern(any.text, textId)) {
        return false;
    }
    m_rows.addAttribute(nameId, any.type, textual ? textId : any.number);
    return true;
}

} // namespace tracedeck
