// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/formats/otlp_table_text.h"

#include "formats/json_writer.h"
#include "formats/otlp_rows.h"

#include <bit>
#include <limits>
#include <numeric>
#include <random>

namespace tracedeck::test {
namespace {

constexpr std::string_view kTypeNames[] = {"empty", "string", "bool", "int", "double", "array", "kvlist", "bytes"};

template <class Table> std::string valueText(const Table& t, std::uint32_t row)
{
    const AttributeType type = t.attributeRows.type[row];
    const std::uint64_t payload = t.attributeRows.payload[row];
    std::string out(kTypeNames[static_cast<std::size_t>(type)]);
    out += ':';
    switch (type) {
    case AttributeType::Empty:
    case AttributeType::Bool:
        return out + std::to_string(payload);
    case AttributeType::Int:
        return out + std::to_string(static_cast<std::int64_t>(payload));
    case AttributeType::Double:
        appendJsonDouble(out, std::bit_cast<double>(payload));
        return out;
    default:
        return out.append(t.strings.view(static_cast<StringId>(payload)));
    }
}

template <class Table> std::string attributesText(const Table& t, IndexRange range)
{
    std::string out = "{";
    for (std::uint32_t row = range.begin; row < range.end; ++row) {
        out.append(t.strings.view(t.attributeRows.key[row])).append("=").append(valueText(t, row)).append(";");
    }
    return out + "}";
}

template <class Table> std::string ownerText(const Table& t, std::size_t row)
{
    const std::uint32_t resource = t.resource[row];
    const std::uint32_t scope = t.scope[row];
    const auto text = [&t](StringId id) { return '"' + std::string(t.strings.view(id)) + '"'; };
    return " resource=" + text(t.resources.serviceName[resource]) + text(t.resources.schemaUrl[resource])
        + attributesText(t, t.resources.attributes[resource]) + std::to_string(t.resources.droppedAttributes[resource])
        + " scope=" + text(t.scopes.name[scope]) + text(t.scopes.version[scope]) + text(t.scopes.schemaUrl[scope])
        + attributesText(t, t.scopes.attributes[scope]) + std::to_string(t.scopes.droppedAttributes[scope]);
}

/// Draws everything from one generator, so a seed says it all.
class Arbitrary {
public:
    explicit Arbitrary(std::uint64_t seed) : m_random(seed) { }

    std::uint64_t below(std::uint64_t bound) { return m_random() % bound; }
    bool maybe() { return below(2) == 0; }
    std::string text()
    {
        static const std::vector<std::string> kPieces = {
            "a",         "web",  "/api/v1", "\"quoted\"", "back\\slash", "\n",        std::string(1, '\0'),
            "\x01\x1f",  "äöü",  "日本",    "🦀",         " ",           "{\"k\":1}", "NaN",
            "</script>", "\x7f", "x=y;"};
        std::string out;
        for (std::uint64_t pieces = below(4); pieces > 0; --pieces) {
            out += kPieces[below(kPieces.size())];
        }
        return out;
    }
    std::uint64_t number()
    {
        constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
        const std::uint64_t edges[] = {0, 1, kMax, kMax + 1, std::numeric_limits<std::uint64_t>::max(), m_random()};
        return edges[below(6)];
    }
    std::uint64_t time() { return number() & static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()); }
    std::uint32_t count() { return maybe() ? 0 : static_cast<std::uint32_t>(number()); }
    double real()
    {
        const double edges[] = {0.0,
                                -0.0,
                                1.0,
                                0.1,
                                -1e300,
                                5e-324,
                                std::numeric_limits<double>::infinity(),
                                -std::numeric_limits<double>::infinity(),
                                std::numeric_limits<double>::quiet_NaN()};
        return edges[below(9)];
    }
    TraceId traceId()
    {
        TraceId id;
        for (std::uint8_t& byte : id.bytes) {
            byte = static_cast<std::uint8_t>(below(256));
        }
        id.bytes[15] = static_cast<std::uint8_t>(id.bytes[15] | 1U);
        return id;
    }
    SpanId spanId() { return {m_random() | 1U}; }

    void nested(JsonWriter& json, int depth)
    {
        switch (below(depth > 3 ? 5 : 7)) {
        case 0:
            json.value(text());
            break;
        case 1:
            json.value(static_cast<std::int64_t>(number()));
            break;
        case 2:
            json.value(maybe());
            break;
        case 3:
            json.value(real());
            break;
        case 4:
            json.raw("null");
            break;
        case 5:
            list(json, depth);
            break;
        default:
            map(json, depth);
        }
    }
    void list(JsonWriter& json, int depth)
    {
        json.beginArray();
        for (std::uint64_t items = below(4); items > 0; --items) {
            nested(json, depth + 1);
        }
        json.endArray();
    }
    void map(JsonWriter& json, int depth)
    {
        json.beginObject();
        for (std::uint64_t items = below(4); items > 0; --items) {
            json.keyText(text());
            nested(json, depth + 1);
        }
        json.endObject();
    }

private:
    std::mt19937_64 m_random;
};

template <class Rows> IndexRange addAttributes(Arbitrary& any, Rows& rows)
{
    const std::uint32_t begin = rows.attributeCount();
    const auto intern = [&rows](std::string_view text) {
        StringId id = 0;
        return rows.text(text, id) ? id : StringId{0};
    };
    for (std::uint64_t left = any.below(4); left > 0; --left) {
        const StringId key = intern(any.text());
        const auto type = static_cast<AttributeType>(any.below(8));
        std::string text;
        JsonWriter json(text);
        switch (type) {
        case AttributeType::Empty:
            rows.addAttribute(key, type, 0);
            continue;
        case AttributeType::Bool:
            rows.addAttribute(key, type, any.below(2));
            continue;
        case AttributeType::Int:
            rows.addAttribute(key, type, any.number());
            continue;
        case AttributeType::Double:
            rows.addAttribute(key, type, std::bit_cast<std::uint64_t>(any.real()));
            continue;
        case AttributeType::Array:
            any.list(json, 0);
            break;
        case AttributeType::KeyValueList:
            any.map(json, 0);
            break;
        case AttributeType::Bytes:
            text = any.maybe() ? "" : any.maybe() ? "AP/+fw==" : "YWJj";
            break;
        case AttributeType::String:
            text = any.text();
            break;
        }
        rows.addAttribute(key, type, intern(text));
    }
    return {begin, rows.attributeCount()};
}

template <class Rows> void openGroup(Arbitrary& any, Rows& rows)
{
    rows.openResource();
    const std::string schema = any.text();
    ResourceFields resource;
    resource.attributes = addAttributes(any, rows);
    resource.schemaUrl = schema;
    resource.droppedAttributes = any.count();
    (void)rows.fillResource(resource);
    rows.openScope();
    const std::string name = any.text();
    ScopeFields scope;
    scope.attributes = addAttributes(any, rows);
    scope.name = name;
    scope.version = schema;
    scope.schemaUrl = name;
    scope.droppedAttributes = any.count();
    (void)rows.fillScope(scope);
}

void addLists(Arbitrary& any, OtlpSpanRows& rows, SpanFields& span)
{
    span.attributes = addAttributes(any, rows);
    span.events.begin = rows.eventCount();
    for (std::uint64_t left = any.below(3); left > 0; --left) {
        const std::string name = any.text();
        EventFields event;
        event.timeNs = any.time();
        event.name = name;
        event.droppedAttributes = any.count();
        event.attributes = addAttributes(any, rows);
        (void)rows.addEvent(event);
    }
    span.events.end = rows.eventCount();
    span.links.begin = rows.linkCount();
    for (std::uint64_t left = any.below(3); left > 0; --left) {
        const std::string state = any.text();
        LinkFields link;
        link.traceId = any.traceId();
        link.spanId = any.spanId();
        link.traceState = state;
        link.flags = any.count();
        link.droppedAttributes = any.count();
        link.attributes = addAttributes(any, rows);
        (void)rows.addLink(link);
    }
    span.links.end = rows.linkCount();
}

} // namespace

std::string describeSpan(const SpanTable& t, std::size_t row)
{
    const auto text = [&t](StringId id) { return '"' + std::string(t.strings.view(id)) + '"'; };
    std::string out = t.traceId[row].toHex() + '/' + t.spanId[row].toHex() + '<' + t.parentSpanId[row].toHex() + ' '
        + text(t.name[row]) + " kind=" + std::to_string(static_cast<int>(t.kind[row]))
        + " start=" + std::to_string(t.startNs[row]) + " duration=" + std::to_string(t.durationNs[row])
        + " status=" + std::to_string(static_cast<int>(t.status[row])) + text(t.statusMessage[row])
        + " state=" + text(t.traceState[row]) + " flags=" + std::to_string(t.flags[row])
        + " dropped=" + std::to_string(t.droppedAttributes[row]) + ',' + std::to_string(t.droppedEvents[row]) + ','
        + std::to_string(t.droppedLinks[row]) + ' ' + attributesText(t, t.attributes[row]);
    for (std::uint32_t i = t.events[row].begin; i < t.events[row].end; ++i) {
        out += " event=" + std::to_string(t.eventRows.timeNs[i]) + text(t.eventRows.name[i])
            + attributesText(t, t.eventRows.attributes[i]) + std::to_string(t.eventRows.droppedAttributes[i]);
    }
    for (std::uint32_t i = t.links[row].begin; i < t.links[row].end; ++i) {
        out += " link=" + t.linkRows.traceId[i].toHex() + '/' + t.linkRows.spanId[i].toHex()
            + text(t.linkRows.traceState[i]) + attributesText(t, t.linkRows.attributes[i])
            + std::to_string(t.linkRows.droppedAttributes[i]) + ',' + std::to_string(t.linkRows.flags[i]);
    }
    return out + ownerText(t, row);
}

std::string describeLog(const LogTable& t, std::size_t row)
{
    const auto text = [&t](StringId id) { return '"' + std::string(t.strings.view(id)) + '"'; };
    return std::to_string(t.timeNs[row]) + '/' + std::to_string(t.observedNs[row]) + ' ' + t.traceId[row].toHex() + '/'
        + t.spanId[row].toHex() + " severity=" + std::to_string(t.severity[row]) + text(t.severityText[row])
        + " body=" + text(t.body[row]) + " event=" + text(t.eventName[row]) + " flags=" + std::to_string(t.flags[row])
        + " dropped=" + std::to_string(t.droppedAttributes[row]) + ' ' + attributesText(t, t.attributes[row])
        + ownerText(t, row);
}

std::vector<std::string> describeSpans(const SpanTable& table)
{
    std::vector<std::string> out;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        out.push_back(describeSpan(table, row));
    }
    return out;
}

std::vector<std::string> describeLogs(const LogTable& table)
{
    std::vector<std::string> out;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        out.push_back(describeLog(table, row));
    }
    return out;
}

std::string attributeText(const SpanTable& table, IndexRange range, std::string_view key)
{
    for (std::uint32_t row = range.begin; row < range.end; ++row) {
        if (table.strings.view(table.attributeRows.key[row]) == key) {
            return valueText(table, row);
        }
    }
    return {};
}

SpanTable arbitrarySpans(std::uint64_t seed, std::size_t spans)
{
    Arbitrary any(seed);
    SpanTable table;
    OtlpSpanRows rows(table);
    for (std::size_t i = 0; i < spans; ++i) {
        if (i == 0 || any.below(4) == 0) {
            openGroup(any, rows);
        }
        const std::string name = any.text();
        const std::string message = any.text();
        const std::string state = any.text();
        SpanFields span;
        span.traceId = any.traceId();
        span.spanId = any.spanId();
        span.parentSpanId = any.maybe() ? SpanId{} : any.spanId();
        span.startNs = any.time();
        span.endNs = any.time();
        span.name = name;
        span.statusMessage = message;
        span.traceState = state;
        span.kind = static_cast<std::uint32_t>(any.below(6));
        span.status = static_cast<std::uint32_t>(any.below(3));
        span.flags = any.count();
        span.droppedAttributes = any.count();
        span.droppedEvents = any.count();
        span.droppedLinks = any.count();
        addLists(any, rows, span);
        (void)rows.addSpan(span);
    }
    return table;
}

LogTable arbitraryLogs(std::uint64_t seed, std::size_t records)
{
    Arbitrary any(seed);
    LogTable table;
    OtlpLogRows rows(table);
    for (std::size_t i = 0; i < records; ++i) {
        if (i == 0 || any.below(4) == 0) {
            openGroup(any, rows);
        }
        const std::string body = any.text();
        const std::string severity = any.text();
        LogFields log;
        log.timeNs = any.time();
        log.observedNs = any.time();
        log.traceId = any.maybe() ? TraceId{} : any.traceId();
        log.spanId = any.maybe() ? SpanId{} : any.spanId();
        log.severity = static_cast<std::uint32_t>(any.below(25));
        log.severityText = severity;
        log.body = body;
        log.eventName = severity;
        log.flags = any.count();
        log.droppedAttributes = any.count();
        log.attributes = addAttributes(any, rows);
        (void)rows.addLog(log);
    }
    return table;
}

std::vector<std::uint32_t> allRows(std::size_t rows)
{
    std::vector<std::uint32_t> all(rows);
    std::iota(all.begin(), all.end(), 0U);
    return all;
}

} // namespace tracedeck::test
