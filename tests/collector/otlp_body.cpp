// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/collector/otlp_body.h"

#include <nlohmann/json.hpp>
#include <protozero/pbf_writer.hpp>

namespace tracedeck::test {
namespace {

using protozero::pbf_writer;

std::string bytesOfId(std::uint64_t value)
{
    std::string bytes(8, '\0');
    for (int i = 7; i >= 0; --i, value >>= 8U) {
        bytes[static_cast<std::size_t>(i)] = static_cast<char>(value & 0xFFU);
    }
    return bytes;
}

std::string bytesOfId(const TraceId& id)
{
    return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

std::string textAttribute(const std::string& key, const std::string& text)
{
    std::string out;
    pbf_writer pair(out);
    pair.add_string(1, key);
    std::string value;
    pbf_writer(value).add_string(1, text);
    pair.add_message(2, value);
    return out;
}

std::string resourceOf(const SpanSpec& span)
{
    std::string out;
    pbf_writer resource(out);
    resource.add_message(1, textAttribute("service.name", span.service));
    for (const auto& [key, text] : span.resource) {
        resource.add_message(1, textAttribute(key, text));
    }
    if (span.own) {
        std::string value;
        pbf_writer(value).add_bool(2, true);
        std::string pair;
        pbf_writer writer(pair);
        writer.add_string(1, "tracedeck.own");
        writer.add_message(2, value);
        resource.add_message(1, pair);
    }
    return out;
}

std::string spanMessage(const SpanSpec& span)
{
    std::string out;
    pbf_writer writer(out);
    writer.add_bytes(1, bytesOfId(span.traceId));
    writer.add_bytes(2, bytesOfId(span.spanId));
    if (span.parentId != 0) {
        writer.add_bytes(4, bytesOfId(span.parentId));
    }
    writer.add_string(5, span.name);
    writer.add_enum(6, 2);
    writer.add_fixed64(7, static_cast<std::uint64_t>(span.startNs));
    writer.add_fixed64(8, static_cast<std::uint64_t>(span.endNs));
    writer.add_message(9, textAttribute("http.route", "/cart/{id}"));
    if (span.error) {
        std::string status;
        pbf_writer(status).add_enum(3, 2);
        writer.add_message(15, status);
    }
    return out;
}

std::string withScope(const std::string& resource, const std::string& scopeGroup)
{
    std::string group;
    pbf_writer writer(group);
    writer.add_message(1, resource);
    writer.add_message(2, scopeGroup);
    return group;
}

} // namespace

TraceId traceIdOf(std::uint64_t number)
{
    TraceId id;
    // Spread over the id space like real ids, with the number readable at the end.
    const std::uint64_t spread = number * 0x9E3779B97F4A7C15ULL | 1U;
    for (unsigned i = 0; i < 8; ++i) {
        id.bytes[i] = static_cast<std::uint8_t>(spread >> (8 * i));
        id.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    }
    return id;
}

std::string traceBody(const std::vector<SpanSpec>& spans)
{
    std::string body;
    pbf_writer writer(body);
    for (std::size_t begin = 0; begin < spans.size();) {
        std::size_t end = begin;
        std::string scopeSpans;
        pbf_writer scope(scopeSpans);
        while (end < spans.size() && spans[end].service == spans[begin].service && spans[end].own == spans[begin].own
               && spans[end].resource == spans[begin].resource) {
            scope.add_message(2, spanMessage(spans[end]));
            ++end;
        }
        writer.add_message(1, withScope(resourceOf(spans[begin]), scopeSpans));
        begin = end;
    }
    return body;
}

std::string traceJson(const std::vector<SpanSpec>& spans)
{
    nlohmann::json groups = nlohmann::json::array();
    for (const SpanSpec& span : spans) {
        nlohmann::json attributes = {{{"key", "service.name"}, {"value", {{"stringValue", span.service}}}},
                                     {{"key", "tracedeck.own"}, {"value", {{"boolValue", span.own}}}}};
        for (const auto& [key, text] : span.resource) {
            attributes.push_back({{"key", key}, {"value", {{"stringValue", text}}}});
        }
        nlohmann::json one = {{"traceId", span.traceId.toHex()},
                              {"spanId", SpanId{span.spanId}.toHex()},
                              {"name", span.name},
                              {"startTimeUnixNano", std::to_string(span.startNs)},
                              {"endTimeUnixNano", std::to_string(span.endNs)},
                              {"status", {{"code", span.error ? 2 : 0}}}};
        if (span.parentId != 0) {
            one["parentSpanId"] = SpanId{span.parentId}.toHex();
        }
        groups.push_back({{"resource", {{"attributes", attributes}}},
                          {"scopeSpans", nlohmann::json::array({{{"spans", nlohmann::json::array({one})}}})}});
    }
    return nlohmann::json{{"resourceSpans", groups}}.dump();
}

std::string logBody(const std::vector<TraceId>& traces, const std::string& text)
{
    std::string scopeLogs;
    pbf_writer scope(scopeLogs);
    for (const TraceId& trace : traces) {
        std::string record;
        pbf_writer writer(record);
        writer.add_fixed64(1, 1'500);
        writer.add_enum(2, 9);
        std::string value;
        pbf_writer(value).add_string(1, text);
        writer.add_message(5, value);
        if (!trace.isZero()) {
            writer.add_bytes(9, bytesOfId(trace));
        }
        scope.add_message(2, record);
    }
    std::string body;
    pbf_writer(body).add_message(1, withScope(resourceOf({}), scopeLogs));
    return body;
}

std::string metricBody(int points)
{
    std::string gauge;
    pbf_writer series(gauge);
    for (int i = 0; i < points; ++i) {
        std::string point;
        pbf_writer writer(point);
        writer.add_fixed64(3, static_cast<std::uint64_t>(i + 1));
        writer.add_double(4, i);
        series.add_message(1, point);
    }
    std::string metric;
    pbf_writer writer(metric);
    writer.add_string(1, "queue.length");
    writer.add_message(5, gauge);
    std::string scopeMetrics;
    pbf_writer(scopeMetrics).add_message(2, metric);
    std::string body;
    pbf_writer(body).add_message(1, withScope(resourceOf({}), scopeMetrics));
    return body;
}

} // namespace tracedeck::test
