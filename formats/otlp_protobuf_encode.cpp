// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_protobuf_encode.h"

#include "formats/base64.h"
#include "formats/otlp_value_text.h"
#include "formats/protobuf_reader.h"

#include <numeric>
#include <protozero/pbf_writer.hpp>

namespace tracedeck {
namespace {

using protozero::pbf_writer;

std::array<char, 8> bytesOf(SpanId id)
{
    std::array<char, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<char>(id.value >> (56U - 8U * i));
    }
    return bytes;
}

void addTraceId(pbf_writer& out, std::uint32_t field, const TraceId& id)
{
    if (!id.isZero()) {
        out.add_bytes(field, reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size());
    }
}

void addSpanId(pbf_writer& out, std::uint32_t field, SpanId id)
{
    if (!id.isZero()) {
        const auto bytes = bytesOf(id);
        out.add_bytes(field, bytes.data(), bytes.size());
    }
}

void addText(pbf_writer& out, std::uint32_t field, std::string_view text)
{
    if (!text.empty()) {
        out.add_string(field, text.data(), text.size());
    }
}

void addCount(pbf_writer& out, std::uint32_t field, std::uint32_t count)
{
    if (count != 0) {
        out.add_uint32(field, count);
    }
}

void addFlags(pbf_writer& out, std::uint32_t field, std::uint32_t flags)
{
    if (flags != 0) {
        out.add_fixed32(field, flags);
    }
}

/// Writes a nested message also when it is empty, which says "an empty list" or "no value" here and which
/// a nested writer alone would leave out. `body` is what `owner` writes to.
template <class Fill> void addMessage(const std::string& body, pbf_writer& owner, std::uint32_t field, Fill fill)
{
    const std::size_t before = body.size();
    {
        pbf_writer message(owner, field);
        fill(message);
    }
    if (body.size() == before) {
        owner.add_message(field, "", 0);
    }
}

/// Writes the fields of an AnyValue for an element of canonical JSON.
void addElement(const std::string& body, pbf_writer& value, const simdjson::dom::element& element)
{
    switch (element.type()) {
    case simdjson::dom::element_type::ARRAY:
        addMessage(body, value, 5, [&](pbf_writer& array) {
            for (const simdjson::dom::element item : simdjson::dom::array(element)) {
                addMessage(body, array, 1, [&](pbf_writer& inner) { addElement(body, inner, item); });
            }
        });
        break;
    case simdjson::dom::element_type::OBJECT:
        addMessage(body, value, 6, [&](pbf_writer& list) {
            for (const auto& field : simdjson::dom::object(element)) {
                pbf_writer entry(list, 1);
                entry.add_string(1, field.key.data(), field.key.size());
                addMessage(body, entry, 2, [&](pbf_writer& inner) { addElement(body, inner, field.value); });
            }
        });
        break;
    case simdjson::dom::element_type::INT64:
        value.add_int64(3, std::int64_t(element));
        break;
    case simdjson::dom::element_type::UINT64:
        value.add_double(4, static_cast<double>(std::uint64_t(element)));
        break;
    case simdjson::dom::element_type::DOUBLE:
        value.add_double(4, double(element));
        break;
    case simdjson::dom::element_type::STRING: {
        const std::string_view text(element);
        value.add_string(1, text.data(), text.size());
        break;
    }
    case simdjson::dom::element_type::BOOL:
        value.add_bool(2, bool(element));
        break;
    case simdjson::dom::element_type::NULL_VALUE:
        break;
    }
}

/// Writes tables row by row; keeps the parser for nested values.
class ProtobufEncoder {
public:
    ProtobufEncoder(const StringPool& strings, const AttributeTable& attributes, const ResourceTable& resources,
                    const ScopeTable& scopes)
        : m_strings(strings), m_attributes(attributes), m_resources(resources), m_scopes(scopes)
    { }

    [[nodiscard]] std::string_view text(StringId id) const { return m_strings.view(id); }

    void addAttributes(pbf_writer& owner, std::uint32_t field, IndexRange range)
    {
        for (std::uint32_t row = range.begin; row < range.end; ++row) {
            pbf_writer attribute(owner, field);
            const std::string_view key = text(m_attributes.key[row]);
            attribute.add_string(1, key.data(), key.size());
            pbf_writer value(attribute, 2);
            addValue(value, m_attributes.type[row], m_attributes.payload[row]);
        }
    }

    /// `record(scope writer, row)` writes one span or log record.
    template <class Record> std::string groups(const std::vector<OtlpResourceGroup>& list, Record record)
    {
        m_body.clear();
        pbf_writer request(m_body);
        for (const OtlpResourceGroup& group : list) {
            pbf_writer resourceGroup(request, 1);
            addResource(resourceGroup, group.resource);
            for (const OtlpScopeGroup& scope : group.scopes) {
                pbf_writer scopeGroup(resourceGroup, 2);
                addScope(scopeGroup, scope.scope);
                for (const std::uint32_t row : scope.rows) {
                    record(scopeGroup, row);
                }
            }
        }
        return std::move(m_body);
    }

private:
    void addValue(pbf_writer& value, AttributeType type, std::uint64_t payload)
    {
        switch (type) {
        case AttributeType::Empty:
            return;
        case AttributeType::Bool:
            value.add_bool(2, payload != 0);
            return;
        case AttributeType::Int:
            value.add_int64(3, static_cast<std::int64_t>(payload));
            return;
        case AttributeType::Double:
            value.add_double(4, std::bit_cast<double>(payload));
            return;
        case AttributeType::Array:
        case AttributeType::KeyValueList: {
            simdjson::dom::element element;
            if (m_valueText.parse(text(static_cast<StringId>(payload)), type, element)) {
                addElement(m_body, value, element);
                return;
            }
            break;
        }
        case AttributeType::Bytes:
            if (const auto bytes = decodeBase64(text(static_cast<StringId>(payload)))) {
                value.add_bytes(7, bytes->data(), bytes->size());
                return;
            }
            break;
        case AttributeType::String:
            break;
        }
        const std::string_view plain = text(static_cast<StringId>(payload));
        value.add_string(1, plain.data(), plain.size());
    }

    void addResource(pbf_writer& group, std::uint32_t row)
    {
        {
            pbf_writer resource(group, 1);
            addAttributes(resource, 1, m_resources.attributes[row]);
            addCount(resource, 2, m_resources.droppedAttributes[row]);
        }
        addText(group, 3, text(m_resources.schemaUrl[row]));
    }

    void addScope(pbf_writer& group, std::uint32_t row)
    {
        {
            pbf_writer scope(group, 1);
            addText(scope, 1, text(m_scopes.name[row]));
            addText(scope, 2, text(m_scopes.version[row]));
            addAttributes(scope, 3, m_scopes.attributes[row]);
            addCount(scope, 4, m_scopes.droppedAttributes[row]);
        }
        addText(group, 3, text(m_scopes.schemaUrl[row]));
    }

    std::string m_body;
    const StringPool& m_strings;
    const AttributeTable& m_attributes;
    const ResourceTable& m_resources;
    const ScopeTable& m_scopes;
    OtlpValueText m_valueText;
};

void addEvent(ProtobufEncoder& encoder, pbf_writer& span, const EventTable& events, std::uint32_t row)
{
    pbf_writer event(span, 11);
    event.add_fixed64(1, static_cast<std::uint64_t>(events.timeNs[row]));
    addText(event, 2, encoder.text(events.name[row]));
    encoder.addAttributes(event, 3, events.attributes[row]);
    addCount(event, 4, events.droppedAttributes[row]);
}

void addLink(ProtobufEncoder& encoder, pbf_writer& span, const LinkTable& links, std::uint32_t row)
{
    pbf_writer link(span, 13);
    addTraceId(link, 1, links.traceId[row]);
    addSpanId(link, 2, links.spanId[row]);
    addText(link, 3, encoder.text(links.traceState[row]));
    encoder.addAttributes(link, 4, links.attributes[row]);
    addCount(link, 5, links.droppedAttributes[row]);
    addFlags(link, 6, links.flags[row]);
}

void addSpan(ProtobufEncoder& encoder, pbf_writer& scope, const SpanTable& t, std::uint32_t row)
{
    pbf_writer span(scope, 2);
    addTraceId(span, 1, t.traceId[row]);
    addSpanId(span, 2, t.spanId[row]);
    addText(span, 3, encoder.text(t.traceState[row]));
    addSpanId(span, 4, t.parentSpanId[row]);
    addText(span, 5, encoder.text(t.name[row]));
    addCount(span, 6, static_cast<std::uint32_t>(t.kind[row]));
    const auto start = static_cast<std::uint64_t>(t.startNs[row]);
    span.add_fixed64(7, start);
    span.add_fixed64(8, start + static_cast<std::uint64_t>(t.durationNs[row]));
    encoder.addAttributes(span, 9, t.attributes[row]);
    addCount(span, 10, t.droppedAttributes[row]);
    for (std::uint32_t event = t.events[row].begin; event < t.events[row].end; ++event) {
        addEvent(encoder, span, t.eventRows, event);
    }
    addCount(span, 12, t.droppedEvents[row]);
    for (std::uint32_t link = t.links[row].begin; link < t.links[row].end; ++link) {
        addLink(encoder, span, t.linkRows, link);
    }
    addCount(span, 14, t.droppedLinks[row]);
    if (t.status[row] != SpanStatus::Unset || t.statusMessage[row] != 0) {
        pbf_writer status(span, 15);
        addText(status, 2, encoder.text(t.statusMessage[row]));
        addCount(status, 3, static_cast<std::uint32_t>(t.status[row]));
    }
    addFlags(span, 16, t.flags[row]);
}

void addLog(ProtobufEncoder& encoder, pbf_writer& scope, const LogTable& t, std::uint32_t row)
{
    pbf_writer log(scope, 2);
    log.add_fixed64(1, static_cast<std::uint64_t>(t.timeNs[row]));
    addCount(log, 2, t.severity[row]);
    addText(log, 3, encoder.text(t.severityText[row]));
    if (t.body[row] != 0) {
        pbf_writer body(log, 5);
        addText(body, 1, encoder.text(t.body[row]));
    }
    encoder.addAttributes(log, 6, t.attributes[row]);
    addCount(log, 7, t.droppedAttributes[row]);
    addFlags(log, 8, t.flags[row]);
    addTraceId(log, 9, t.traceId[row]);
    addSpanId(log, 10, t.spanId[row]);
    log.add_fixed64(11, static_cast<std::uint64_t>(t.observedNs[row]));
    addText(log, 12, encoder.text(t.eventName[row]));
}

} // namespace

std::string encodeProtobufTraces(const SpanTable& spans, std::span<const std::uint32_t> rows)
{
    ProtobufEncoder encoder(spans.strings, spans.attributeRows, spans.resources, spans.scopes);
    return encoder.groups(groupByResource(spans.resource, spans.scope, rows),
                          [&](pbf_writer& scope, std::uint32_t row) { addSpan(encoder, scope, spans, row); });
}

std::string encodeProtobufLogs(const LogTable& logs)
{
    std::vector<std::uint32_t> rows(logs.rows());
    std::iota(rows.begin(), rows.end(), 0U);
    ProtobufEncoder encoder(logs.strings, logs.attributeRows, logs.resources, logs.scopes);
    return encoder.groups(groupByResource(logs.resource, logs.scope, rows),
                          [&](pbf_writer& scope, std::uint32_t row) { addLog(encoder, scope, logs, row); });
}

} // namespace tracedeck
