// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/otlp_load.h"

#include "perf/otlp_attribute.h"

#include <array>
#include <protozero/pbf_writer.hpp>

namespace tracedeck::perf {
namespace {

using protozero::pbf_writer;

constexpr std::array<const char*, 8> kServices{"gateway", "cart",  "checkout", "payment",
                                               "catalog", "users", "mail",     "search"};
constexpr std::array<const char*, 6> kNames{"GET /cart/{id}", "SELECT orders",    "POST /pay",
                                            "redis.get",      "publish checkout", "render"};

std::uint64_t mixed(std::uint64_t value)
{
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31U);
}

std::string spanIdBytes(std::uint64_t value)
{
    std::string bytes(8, '\1');
    for (std::size_t i = 1; i < 8; ++i) {
        bytes[i] = static_cast<char>(value >> (8 * i));
    }
    return bytes;
}

void addSpan(pbf_writer& scope, const TraceId& trace, std::uint64_t number, std::uint64_t inTrace)
{
    const std::uint64_t noise = mixed(number);
    const std::uint64_t start = 1'790'000'000'000'000'000ULL + number * 50'000 + inTrace * 1'000;
    pbf_writer span(scope, 2);
    span.add_bytes(1, reinterpret_cast<const char*>(trace.bytes.data()), trace.bytes.size());
    span.add_bytes(2, spanIdBytes(mixed(number + 1)));
    if (inTrace > 0) {
        span.add_bytes(4, spanIdBytes(mixed(number - inTrace % 5)));
    }
    span.add_string(5, kNames[noise % kNames.size()]);
    span.add_enum(6, static_cast<int>(1 + noise % 5));
    span.add_fixed64(7, start);
    span.add_fixed64(8, start + 10'000 + noise % 5'000'000);
    addText(span, 9, "http.request.method", "GET");
    addText(span, 9, "url.path", "/cart/" + std::to_string(noise % 100'000));
    addNumber(span, 9, "http.response.status_code", 200);
    addText(span, 9, "server.address", "10.0.0." + std::to_string(noise % 250));
    addNumber(span, 9, "server.port", 8080);
    addText(span, 9, "user.id", std::to_string(noise));
    if (noise % 100 == 0) {
        pbf_writer(span, 15).add_enum(3, 2);
    }
}

void addGroup(pbf_writer& body, const char* service, const auto& addSpans)
{
    pbf_writer group(body, 1);
    {
        pbf_writer resource(group, 1);
        addText(resource, 1, "service.name", service);
        addText(resource, 1, "service.version", "1.4.2");
        addText(resource, 1, "host.name", "node-7");
    }
    pbf_writer scope(group, 2);
    addSpans(scope);
}

} // namespace

TraceId OtlpLoad::traceId(std::uint64_t number)
{
    TraceId id;
    for (std::size_t i = 0; i < 8; ++i) {
        id.bytes[i] = static_cast<std::uint8_t>(mixed(number) >> (8 * i));
        id.bytes[8 + i] = static_cast<std::uint8_t>(mixed(number + 77) >> (8 * i));
    }
    return id;
}

std::string OtlpLoad::nextBody()
{
    std::string out;
    pbf_writer body(out);
    const std::uint64_t first = m_next;
    m_next += kSpansPerBody;
    constexpr std::uint64_t kPerService = kSpansPerBody / kServices.size();
    for (std::uint64_t group = 0; group < kServices.size(); ++group) {
        addGroup(body, kServices[group], [&](pbf_writer& scope) {
            for (std::uint64_t i = 0; i < kPerService; ++i) {
                const std::uint64_t number = first + group * kPerService + i;
                if (m_shape == LoadShape::Grouped) {
                    addSpan(scope, traceId(number / kSpansPerTrace), number, number % kSpansPerTrace);
                    continue;
                }
                if (m_shape == LoadShape::Lone) {
                    addSpan(scope, traceId(number), number, 0);
                    continue;
                }
                const std::uint64_t bodyNumber = number / kSpansPerBody;
                const std::uint64_t wave = bodyNumber / kSpansPerTrace * kSpansPerBody;
                addSpan(scope, traceId(wave + number % kSpansPerBody), number, bodyNumber % kSpansPerTrace);
            }
        });
    }
    return out;
}

std::vector<std::string> OtlpLoad::bigTrace(const TraceId& id, std::uint64_t spans)
{
    std::vector<std::string> bodies;
    for (std::uint64_t number = 0; number < spans;) {
        std::string out;
        pbf_writer body(out);
        const std::uint64_t end = std::min(spans, number + kSpansPerBody);
        addGroup(body, kServices[bodies.size() % kServices.size()], [&](pbf_writer& scope) {
            for (; number < end; ++number) {
                addSpan(scope, id, number + 5, number);
            }
        });
        bodies.push_back(std::move(out));
    }
    return bodies;
}

} // namespace tracedeck::perf
