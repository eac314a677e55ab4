// SPDX-License-Identifier: GPL-3.0-or-later
// Decoding into full columns against a bare walk of the same bytes; the two alternate within one run, so
// that a busy machine slows both. Budget: ratio <= 2.5.
#include "formats/otlp_decode.h"
#include "formats/otlp_encode.h"
#include "formats/otlp_rows.h"
#include "perf/bench_suite.h"
#include "perf/bench_timer.h"
#include "perf/decode_walks.h"

#include <charconv>
#include <iostream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <string>

namespace tracedeck {
namespace {

constexpr std::size_t kMostSpans = 2'000'000;
constexpr std::size_t kSpansPerResource = 512;
constexpr std::size_t kSpansPerTrace = 20;

/// Attributes like those of an instrumented web service: most texts repeat, some are of one span only.
class LoadBuilder {
public:
    explicit LoadBuilder(SpanTable& table) : m_rows(table) { }

    void add(std::size_t number)
    {
        if (number % kSpansPerResource == 0) {
            openGroup(number / kSpansPerResource);
        }
        const std::uint64_t random = (number + 1) * 0x9E3779B97F4A7C15ULL;
        SpanFields span;
        span.traceId.bytes.fill(static_cast<std::uint8_t>(number / kSpansPerTrace * 31 + 7));
        span.traceId.bytes[0] = static_cast<std::uint8_t>(number / kSpansPerTrace >> 8U);
        span.spanId.value = random | 1U;
        span.parentSpanId.value = number % kSpansPerTrace == 0 ? 0 : (random >> 3U) | 1U;
        span.startNs = 1'795'221'153'240'981'562ULL + number * 1'000;
        span.endNs = span.startNs + random % 50'000'000;
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
};

template <class Work> void timed(BenchTimer& timer, Work work)
{
    timer.start();
    work();
    timer.stop();
}

/// Runs walk and decode in turn; prints one line. False when the bytes were not understood.
bool compare(const char* name, const std::string& body, OtlpEncoding encoding, std::size_t spans)
{
    BenchTimer walk;
    BenchTimer decode;
    BenchTimer scan;
    bool good = true;
    while (!decode.enough()) {
        timed(walk, [&] {
            good = (encoding == OtlpEncoding::Json ? walkJson(body) : walkProtobufTraces(body)) != 0 && good;
        });
        OtlpTraces into;
        timed(decode, [&] { good = decodeOtlpTraces(body, encoding, into).ok() && good; });
        good = good && into.spans.rows() == spans && into.rejected == 0;
        if (encoding == OtlpEncoding::Protobuf) {
            timed(scan, [&] { good = scanOtlpTraces(body, [](const SpanBrief&) {})->accepted == spans && good; });
        }
    }
    const auto perSecond = [&body](double ms) { return ms > 0 ? static_cast<double>(body.size()) / 1e3 / ms : 0.0; };
    nlohmann::ordered_json line{{"suite", "decode"},
                                {"case", name},
                                {"spans", spans},
                                {"bytes", body.size()},
                                {"walk_ms", walk.times().minMs},
                                {"decode_ms", decode.times().minMs},
                                {"decode_median_ms", decode.times().medianMs},
                                {"ratio", walk.times().minMs > 0 ? decode.times().minMs / walk.times().minMs : 0.0},
                                {"cpu_ratio", walk.times().cpuMs > 0 ? decode.times().cpuMs / walk.times().cpuMs : 0.0},
                                {"decode_MB_per_s", perSecond(decode.times().minMs)}};
    if (encoding == OtlpEncoding::Protobuf) {
        line["scan_us_per_span"] = spans > 0 ? scan.times().minMs * 1e3 / static_cast<double>(spans) : 0.0;
    }
    std::cout << line.dump() << std::endl;
    return good;
}

} // namespace

int benchDecode(const BenchArguments& arguments)
{
    const std::string spansText = benchOption(arguments, "--spans", "100000");
    std::size_t spans = 0;
    const char* const end = spansText.data() + spansText.size();
    const auto read = std::from_chars(spansText.data(), end, spans);
    const std::string stray = unknownBenchWord(arguments, {"--spans"});
    if (!stray.empty() || read.ec != std::errc() || read.ptr != end || spans == 0 || spans > kMostSpans) {
        std::cerr << "decode: expected --spans 1 to " << kMostSpans << '\n';
        return 2;
    }
    SpanTable table;
    LoadBuilder builder(table);
    for (std::size_t number = 0; number < spans; ++number) {
        builder.add(number);
    }
    std::vector<std::uint32_t> rows(spans);
    std::iota(rows.begin(), rows.end(), 0U);
    const bool protobuf =
        compare("protobuf", encodeOtlpTraces(table, rows, OtlpEncoding::Protobuf), OtlpEncoding::Protobuf, spans);
    const bool json = compare("json", encodeOtlpTraces(table, rows, OtlpEncoding::Json), OtlpEncoding::Json, spans);
    return protobuf && json ? 0 : 1;
}

} // namespace tracedeck
