// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/span_fixture.h"

#include "formats/otlp_encode.h"
#include "formats/otlp_rows.h"

#include <cstdint>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

namespace tracedeck {
namespace {

constexpr std::size_t kSpansPerResource = 512;
constexpr std::size_t kSpansPerTrace = 20;
constexpr std::size_t kChildren = 8;
constexpr std::uint64_t kOriginNs = 1'795'221'153'240'981'562ULL;

/// Attributes like those of an instrumented web service: most texts repeat, some are of one span only.
class LoadBuilder {
public:
    LoadBuilder(SpanTable& table, bool oneTrace) : m_rows(table), m_oneTrace(oneTrace) { }

    void add(std::size_t number)
    {
        if (number % kSpansPerResource == 0) {
            openGroup(number / kSpansPerResource);
        }
        const std::uint64_t random = (number + 1) * 0x9E3779B97F4A7C15ULL;
        SpanFields span;
        place(span, number, random);
        const std::string name = "GET /api/v1/items/" + std::to_string(random % 40);
        span.name = name;
        span.kind = static_cast<std::uint32_t>(1 + random % 5);
        span.flags = 0x101;
        span.status = random % 50 == 0 ? 2 : 0;
        span.attributes = attributes(number, random);
        span.events = events(number, random, span.startNs);
        span.links = {m_rows.linkCount(), m_rows.linkCount()};
        (void)m_rows.addSpan(span);
    }

private:
    void place(SpanFields& span, std::size_t number, std::uint64_t random) const
    {
        span.startNs = kOriginNs + number * 1'000;
        span.endNs = span.startNs + random % 50'000'000;
        if (m_oneTrace) {
            span.traceId.bytes.fill(7);
            span.spanId.value = number + 1;
            span.parentSpanId.value = number == 0 ? 0 : (number - 1) / kChildren + 1;
            return;
        }
        span.traceId.bytes.fill(static_cast<std::uint8_t>(number / kSpansPerTrace * 31 + 7));
        span.traceId.bytes[0] = static_cast<std::uint8_t>(number / kSpansPerTrace >> 8U);
        span.traceId.bytes[15] = 1; // an id of zeros alone is none: its spans would be refused
        span.spanId.value = random | 1U;
        span.parentSpanId.value = number % kSpansPerTrace == 0 ? 0 : (random >> 3U) | 1U;
    }

    StringId text(std::string_view value)
    {
        StringId id = 0;
        (void)m_rows.text(value, id);
        return id;
    }
    void attribute(std::string_view key, std::string_view value)
    {
        const StringId id = text(value);
        m_rows.addAttribute(text(key), AttributeType::String, id);
    }
    void number(std::string_view key, std::uint64_t value)
    {
        m_rows.addAttribute(text(key), AttributeType::Int, value);
    }

    void openGroup(std::size_t group)
    {
        m_rows.openResource();
        ResourceFields resource;
        resource.attributes.begin = m_rows.attributeCount();
        const std::string service = "service-" + std::to_string(group % 12);
        attribute("service.name", service);
        attribute("host.name", "node-" + std::to_string(group % 4));
        attribute("telemetry.sdk.language", "nodejs");
        resource.attributes.end = m_rows.attributeCount();
        resource.service = service;
        (void)m_rows.fillResource(resource);
        m_rows.openScope();
        ScopeFields scope;
        scope.name = "@opentelemetry/instrumentation-http";
        scope.version = "0.57.1";
        scope.attributes = {m_rows.attributeCount(), m_rows.attributeCount()};
        (void)m_rows.fillScope(scope);
    }

    IndexRange attributes(std::size_t spanNumber, std::uint64_t random)
    {
        const std::uint32_t begin = m_rows.attributeCount();
        attribute("http.request.method", random % 3 == 0 ? "POST" : "GET");
        attribute("url.path", "/api/v1/items/" + std::to_string(random % 2'000));
        number("http.response.status_code", random % 50 == 0 ? 500 : 200);
        attribute("server.address", "items.shop.svc.cluster.local");
        if (spanNumber % 4 == 0) {
            attribute("request.id", std::to_string(random));
        }
        return {begin, m_rows.attributeCount()};
    }

    IndexRange events(std::size_t spanNumber, std::uint64_t random, std::uint64_t timeNs)
    {
        const std::uint32_t begin = m_rows.eventCount();
        if (spanNumber % 10 == 0) {
            EventFields event;
            event.timeNs = timeNs;
            event.name = "cache miss";
            event.attributes.begin = m_rows.attributeCount();
            number("cache.size", random % 1'000);
            event.attributes.end = m_rows.attributeCount();
            (void)m_rows.addEvent(event);
        }
        return {begin, m_rows.eventCount()};
    }

    OtlpSpanRows m_rows;
    bool m_oneTrace;
};

SpanTable built(std::size_t spans, bool oneTrace)
{
    SpanTable table;
    LoadBuilder builder(table, oneTrace);
    for (std::size_t number = 0; number < spans; ++number) {
        builder.add(number);
    }
    return table;
}

} // namespace

SpanTable fixtureSpans(std::size_t spans)
{
    return built(spans, false);
}

std::string fixtureOtlpBody(std::size_t spans, OtlpEncoding encoding)
{
    std::vector<std::uint32_t> rows(spans);
    std::iota(rows.begin(), rows.end(), 0U);
    return encodeOtlpTraces(fixtureSpans(spans), rows, encoding);
}

SpanTable fixtureTrace(std::size_t spans)
{
    return built(spans, true);
}

SpanTable fixtureChain(std::size_t spans)
{
    SpanTable chain = fixtureTrace(spans);
    for (std::size_t row = 0; row < chain.rows(); ++row) {
        chain.spanId[row] = SpanId{row + 1};
        chain.parentSpanId[row] = SpanId{row};
        chain.startNs[row] = chain.startNs[0] + static_cast<std::int64_t>(row);
        chain.durationNs[row] = static_cast<std::int64_t>(4 * chain.rows() - 2 * row);
    }
    return chain;
}

} // namespace tracedeck
