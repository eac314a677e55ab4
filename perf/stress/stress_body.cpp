// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/stress/stress_body.h"

#include <algorithm>
#include <array>
#include <protozero/pbf_writer.hpp>

namespace tracedeck::stress {

namespace {

using protozero::pbf_writer;

constexpr std::array<std::uint8_t, 8> kMark{0x73, 0x74, 0x72, 0x65, 0x73, 0x73, 0x00, 0x01};
constexpr std::uint64_t kFirstStart = 1'790'000'000'000'000'000ULL;

void addText(pbf_writer& owner, protozero::pbf_tag_type tag, const char* key, const std::string& text)
{
    pbf_writer pair(owner, tag);
    pair.add_string(1, key);
    pbf_writer(pair, 2).add_string(1, text);
}

std::string bigEndian(std::uint64_t value)
{
    std::string bytes(8, '\0');
    for (std::size_t i = 0; i < 8; ++i)
        bytes[7 - i] = static_cast<char>(value >> (8 * i));
    return bytes;
}

void addSpan(pbf_writer& scope, const TraceId& trace, std::uint64_t spanNumber, std::uint64_t parent)
{
    pbf_writer span(scope, 2);
    span.add_bytes(1, reinterpret_cast<const char*>(trace.bytes.data()), trace.bytes.size());
    span.add_bytes(2, bigEndian(spanNumber));
    if (parent != 0)
        span.add_bytes(4, bigEndian(parent));
    span.add_string(5, parent == 0 ? "order" : "step");
    span.add_enum(6, 2);
    span.add_fixed64(7, kFirstStart + spanNumber * 1'000);
    span.add_fixed64(8, kFirstStart + spanNumber * 1'000 + 5'000'000);
    addText(span, 9, "http.request.method", "POST");
    addText(span, 9, "order.number", std::to_string(spanNumber));
}

} // namespace

TraceId stressTraceId(std::uint64_t number)
{
    TraceId id;
    std::copy(kMark.begin(), kMark.end(), id.bytes.begin());
    for (std::size_t i = 0; i < 8; ++i)
        id.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    return id;
}

std::uint64_t stressTraceNumber(const TraceId& id)
{
    if (!std::equal(kMark.begin(), kMark.end(), id.bytes.begin()))
        return 0;
    std::uint64_t number = 0;
    for (std::size_t i = 8; i < 16; ++i)
        number = number << 8U | id.bytes[i];
    return number;
}

std::string stressBody(std::uint64_t first, std::size_t traces, std::size_t spansPerTrace, std::size_t broken)
{
    std::string out;
    pbf_writer body(out);
    pbf_writer group(body, 1);
    {
        pbf_writer resource(group, 1);
        addText(resource, 1, "service.name", "stress");
    }
    pbf_writer scope(group, 2);
    for (std::uint64_t number = first; number < first + traces; ++number) {
        const std::uint64_t root = number * spansPerTrace + 1;
        for (std::size_t i = 0; i < spansPerTrace; ++i)
            addSpan(scope, stressTraceId(number), root + i, i == 0 ? 0 : root);
    }
    for (std::size_t i = 0; i < broken; ++i)
        addSpan(scope, TraceId{}, i + 1, 0);
    // Lengths are written when a writer ends; by itself that would be after `out` has been handed over.
    scope.commit();
    group.commit();
    return out;
}

} // namespace tracedeck::stress
