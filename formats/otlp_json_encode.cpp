// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_json_encode.h"

#include "formats/json_writer.h"
#include "formats/otlp_value_text.h"

#include <bit>
#include <numeric>

namespace tracedeck {
namespace {

/// Writes one AnyValue object for an element of canonical JSON.
void writeElement(JsonWriter& json, const simdjson::dom::element& element)
{
    json.beginObject();
    switch (element.type()) {
    case simdjson::dom::element_type::ARRAY:
        json.key("arrayValue").beginObject().key("values").beginArray();
        for (const simdjson::dom::element item : simdjson::dom::array(element)) {
            writeElement(json, item);
        }
        json.endArray().endObject();
        break;
    case simdjson::dom::element_type::OBJECT:
        json.key("kvlistValue").beginObject().key("values").beginArray();
        for (const auto& field : simdjson::dom::object(element)) {
            json.beginObject().member("key", field.key).key("value");
            writeElement(json, field.value);
            json.endObject();
        }
        json.endArray().endObject();
        break;
    case simdjson::dom::element_type::INT64:
        json.key("intValue").quoted(std::int64_t(element));
        break;
    case simdjson::dom::element_type::UINT64:
        json.member("doubleValue", static_cast<double>(std::uint64_t(element)));
        break;
    case simdjson::dom::element_type::DOUBLE:
        json.member("doubleValue", double(element));
        break;
    case simdjson::dom::element_type::STRING:
        json.member("stringValue", std::string_view(element));
        break;
    case simdjson::dom::element_type::BOOL:
        json.member("boolValue", bool(element));
        break;
    case simdjson::dom::element_type::NULL_VALUE:
        break;
    }
    json.endObject();
}

/// Writes tables row by row; keeps the parser for nested values.
class JsonEncoder {
public:
    JsonEncoder(JsonWriter& json, const StringPool& strings, const AttributeTable& attributes,
                const ResourceTable& resources, const ScopeTable& scopes)
        : m_json(json), m_strings(strings), m_attributes(attributes), m_resources(resources), m_scopes(scopes)
    { }

    void addText(std::string_view name, StringId id)
    {
        if (id != 0) {
            m_json.member(name, m_strings.view(id));
        }
    }
    void addTime(std::string_view name, std::int64_t timeNs) { m_json.key(name).quoted(timeNs); }
    void addCount(std::string_view name, std::uint32_t count)
    {
        if (count != 0) {
            m_json.member(name, count);
        }
    }
    template <class Id> void addId(std::string_view name, const Id& id)
    {
        if (!id.isZero()) {
            m_json.member(name, id.toHex());
        }
    }

    void addAttributes(IndexRange range)
    {
        m_json.key("attributes").beginArray();
        for (std::uint32_t row = range.begin; row < range.end; ++row) {
            m_json.beginObject().member("key", m_strings.view(m_attributes.key[row])).key("value");
            addValue(m_attributes.type[row], m_attributes.payload[row]);
            m_json.endObject();
        }
        m_json.endArray();
    }

    /// Names are those of the signal ("resourceSpans", "scopeSpans", "spans"); `record(row)` writes one.
    template <class Record>
    void groups(std::string_view resourceKey, std::string_view scopeKey, std::string_view recordKey,
                const std::vector<OtlpResourceGroup>& list, Record record)
    {
        m_json.beginObject().key(resourceKey).beginArray();
        for (const OtlpResourceGroup& group : list) {
            m_json.beginObject();
            addResource(group.resource);
            m_json.key(scopeKey).beginArray();
            for (const OtlpScopeGroup& scope : group.scopes) {
                m_json.beginObject();
                addScope(scope.scope);
                m_json.key(recordKey).beginArray();
                for (const std::uint32_t row : scope.rows) {
                    record(row);
                }
                m_json.endArray().endObject();
            }
            m_json.endArray().endObject();
        }
        m_json.endArray().endObject();
    }

private:
    void addValue(AttributeType type, std::uint64_t payload)
    {
        simdjson::dom::element element;
        const auto text = [&] { return m_strings.view(static_cast<StringId>(payload)); };
        if ((type == AttributeType::Array || type == AttributeType::KeyValueList)
            && m_valueText.parse(text(), type, element)) {
            writeElement(m_json, element);
            return;
        }
        m_json.beginObject();
        switch (type) {
        case AttributeType::Empty:
            break;
        case AttributeType::Bool:
            m_json.member("boolValue", payload != 0);
            break;
        case AttributeType::Int:
            m_json.key("intValue").quoted(static_cast<std::int64_t>(payload));
            break;
        case AttributeType::Double:
            m_json.member("doubleValue", std::bit_cast<double>(payload));
            break;
        case AttributeType::Bytes:
            m_json.member("bytesValue", text());
            break;
        case AttributeType::String:
        case AttributeType::Array:
        case AttributeType::KeyValueList:
            m_json.member("stringValue", text());
            break;
        }
        m_json.endObject();
    }

    void addResource(std::uint32_t row)
    {
        m_json.key("resource").beginObject();
        addAttributes(m_resources.attributes[row]);
        addCount("droppedAttributesCount", m_resources.droppedAttributes[row]);
        m_json.endObject();
        addText("schemaUrl", m_resources.schemaUrl[row]);
    }

    void addScope(std::uint32_t row)
    {
        m_json.key("scope").beginObject();
        addText("name", m_scopes.name[row]);
        addText("version", m_scopes.version[row]);
        addAttributes(m_scopes.attributes[row]);
        addCount("droppedAttributesCount", m_scopes.droppedAttributes[row]);
        m_json.endObject();
        addText("schemaUrl", m_scopes.schemaUrl[row]);
    }

    JsonWriter& m_json;
    const StringPool& m_strings;
    const AttributeTable& m_attributes;
    const ResourceTable& m_resources;
    const ScopeTable& m_scopes;
    OtlpValueText m_valueText;
};

void writeEvent(JsonWriter& json, JsonEncoder& encoder, const EventTable& events, std::uint32_t row)
{
    json.beginObject();
    encoder.addTime("timeUnixNano", events.timeNs[row]);
    encoder.addText("name", events.name[row]);
    encoder.addAttributes(events.attributes[row]);
    encoder.addCount("droppedAttributesCount", events.droppedAttributes[row]);
    json.endObject();
}

void writeLink(JsonWriter& json, JsonEncoder& encoder, const LinkTable& links, std::uint32_t row)
{
    json.beginObject();
    encoder.addId("traceId", links.traceId[row]);
    encoder.addId("spanId", links.spanId[row]);
    encoder.addText("traceState", links.traceState[row]);
    encoder.addAttributes(links.attributes[row]);
    encoder.addCount("droppedAttributesCount", links.droppedAttributes[row]);
    encoder.addCount("flags", links.flags[row]);
    json.endObject();
}

void writeSpanLists(JsonWriter& json, JsonEncoder& encoder, const SpanTable& t, std::uint32_t row)
{
    encoder.addAttributes(t.attributes[row]);
    encoder.addCount("droppedAttributesCount", t.droppedAttributes[row]);
    json.key("events").beginArray();
    for (std::uint32_t event = t.events[row].begin; event < t.events[row].end; ++event) {
        writeEvent(json, encoder, t.eventRows, event);
    }
    json.endArray();
    encoder.addCount("droppedEventsCount", t.droppedEvents[row]);
    json.key("links").beginArray();
    for (std::uint32_t link = t.links[row].begin; link < t.links[row].end; ++link) {
        writeLink(json, encoder, t.linkRows, link);
    }
    json.endArray();
    encoder.addCount("droppedLinksCount", t.droppedLinks[row]);
}

void writeSpan(JsonWriter& json, JsonEncoder& encoder, const SpanTable& t, std::uint32_t row)
{
    json.beginObject();
    encoder.addId("traceId", t.traceId[row]);
    encoder.addId("spanId", t.spanId[row]);
    encoder.addText("traceState", t.traceState[row]);
    encoder.addId("parentSpanId", t.parentSpanId[row]);
    encoder.addText("name", t.name[row]);
    encoder.addCount("kind", static_cast<std::uint32_t>(t.kind[row]));
    encoder.addTime("startTimeUnixNano", t.startNs[row]);
    encoder.addTime("endTimeUnixNano", t.startNs[row] + t.durationNs[row]);
    writeSpanLists(json, encoder, t, row);
    json.key("status").beginObject();
    encoder.addText("message", t.statusMessage[row]);
    encoder.addCount("code", static_cast<std::uint32_t>(t.status[row]));
    json.endObject();
    encoder.addCount("flags", t.flags[row]);
    json.endObject();
}

void writeLog(JsonWriter& json, JsonEncoder& encoder, const LogTable& t, std::uint32_t row)
{
    json.beginObject();
    encoder.addTime("timeUnixNano", t.timeNs[row]);
    encoder.addTime("observedTimeUnixNano", t.observedNs[row]);
    encoder.addCount("severityNumber", t.severity[row]);
    encoder.addText("severityText", t.severityText[row]);
    if (t.body[row] != 0) {
        json.key("body").beginObject();
        encoder.addText("stringValue", t.body[row]);
        json.endObject();
    }
    encoder.addAttributes(t.attributes[row]);
    encoder.addCount("droppedAttributesCount", t.droppedAttributes[row]);
    encoder.addCount("flags", t.flags[row]);
    encoder.addId("traceId", t.traceId[row]);
    encoder.addId("spanId", t.spanId[row]);
    encoder.addText("eventName", t.eventName[row]);
    json.endObject();
}

} // namespace

std::string encodeJsonTraces(const SpanTable& spans, std::span<const std::uint32_t> rows)
{
    std::string body;
    JsonWriter json(body);
    JsonEncoder encoder(json, spans.strings, spans.attributeRows, spans.resources, spans.scopes);
    encoder.groups("resourceSpans", "scopeSpans", "spans", groupByResource(spans.resource, spans.scope, rows),
                   [&](std::uint32_t row) { writeSpan(json, encoder, spans, row); });
    return body;
}

std::string encodeJsonLogs(const LogTable& logs)
{
    std::vector<std::uint32_t> rows(logs.rows());
    std::iota(rows.begin(), rows.end(), 0U);
    std::string body;
    JsonWriter json(body);
    JsonEncoder encoder(json, logs.strings, logs.attributeRows, logs.resources, logs.scopes);
    encoder.groups("resourceLogs", "scopeLogs", "logRecords", groupByResource(logs.resource, logs.scope, rows),
                   [&](std::uint32_t row) { writeLog(json, encoder, logs, row); });
    return body;
}

} // namespace tracedeck
