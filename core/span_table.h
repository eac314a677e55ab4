// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/attribute_table.h"
#include "core/ids.h"
#include "core/string_pool.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tracedeck {

/// OTLP span kinds, same numbers as on the wire.
enum class SpanKind : std::uint8_t { Unspecified, Internal, Server, Client, Producer, Consumer };
/// OTLP status codes, same numbers as on the wire.
enum class SpanStatus : std::uint8_t { Unset, Ok, Error };

/// One OTLP resource (or instrumentation scope) shared by many spans.
struct ResourceTable {
    std::vector<IndexRange> attributes;
    std::vector<StringId> serviceName; ///< `service.name`, else "unknown_service"
    std::vector<StringId> schemaUrl;
    std::vector<std::uint32_t> droppedAttributes;

    [[nodiscard]] std::size_t size() const noexcept { return serviceName.size(); }
    bool operator==(const ResourceTable&) const = default;
};

struct ScopeTable {
    std::vector<StringId> name;
    std::vector<StringId> version;
    std::vector<StringId> schemaUrl;
    std::vector<IndexRange> attributes;
    std::vector<std::uint32_t> droppedAttributes;

    [[nodiscard]] std::size_t size() const noexcept { return name.size(); }
    bool operator==(const ScopeTable&) const = default;
};

/// Span events; the events of span i are the rows spans.events[i].
struct EventTable {
    std::vector<std::int64_t> timeNs;
    std::vector<StringId> name;
    std::vector<IndexRange> attributes;
    std::vector<std::uint32_t> droppedAttributes;

    [[nodiscard]] std::size_t size() const noexcept { return timeNs.size(); }
    bool operator==(const EventTable&) const = default;
};

/// Span links; the links of span i are the rows spans.links[i].
struct LinkTable {
    std::vector<TraceId> traceId;
    std::vector<SpanId> spanId;
    std::vector<StringId> traceState;
    std::vector<IndexRange> attributes;
    std::vector<std::uint32_t> droppedAttributes;
    std::vector<std::uint32_t> flags;

    [[nodiscard]] std::size_t size() const noexcept { return traceId.size(); }
    bool operator==(const LinkTable&) const = default;
};

/// Spans of one or many traces with everything OTLP says about them, one vector per field. Times are ns
/// since the Unix epoch (UTC); a duration is end - start and may be negative when a sender's clock ran
/// backwards: kept as sent, views show it as 0 with a mark. At most 150 bytes per span besides
/// attributes and strings.
struct SpanTable {
    StringPool strings;
    AttributeTable attributeRows;
    ResourceTable resources;
    ScopeTable scopes;
    EventTable eventRows;
    LinkTable linkRows;

    std::vector<TraceId> traceId;
    std::vector<SpanId> spanId;
    std::vector<SpanId> parentSpanId; ///< 0 = root
    std::vector<std::int64_t> startNs;
    std::vector<std::int64_t> durationNs;
    std::vector<StringId> name;
    std::vector<std::uint32_t> resource; ///< row in resources
    std::vector<std::uint32_t> scope; ///< row in scopes
    std::vector<SpanKind> kind;
    std::vector<SpanStatus> status;
    std::vector<StringId> statusMessage;
    std::vector<StringId> traceState;
    std::vector<std::uint32_t> flags;
    std::vector<IndexRange> attributes;
    std::vector<IndexRange> events;
    std::vector<IndexRange> links;
    std::vector<std::uint32_t> droppedAttributes;
    std::vector<std::uint32_t> droppedEvents;
    std::vector<std::uint32_t> droppedLinks;

    [[nodiscard]] std::size_t rows() const noexcept { return spanId.size(); }
    [[nodiscard]] std::string_view service(std::size_t row) const
    {
        return strings.view(resources.serviceName[resource[row]]);
    }
    bool operator==(const SpanTable&) const = default;
};

/// Log records of one request or one trace. Severity numbers as in OTLP (1-24, 0 = unset).
struct LogTable {
    StringPool strings;
    AttributeTable attributeRows;
    ResourceTable resources;
    ScopeTable scopes;

    std::vector<std::int64_t> timeNs;
    std::vector<std::int64_t> observedNs;
    std::vector<TraceId> traceId;
    std::vector<SpanId> spanId;
    std::vector<std::uint8_t> severity;
    std::vector<StringId> severityText;
    std::vector<StringId> body; ///< text, or canonical JSON for structured bodies
    std::vector<StringId> eventName;
    std::vector<std::uint32_t> flags;
    std::vector<std::uint32_t> resource;
    std::vector<std::uint32_t> scope;
    std::vector<IndexRange> attributes;
    std::vector<std::uint32_t> droppedAttributes;

    [[nodiscard]] std::size_t rows() const noexcept { return timeNs.size(); }
    bool operator==(const LogTable&) const = default;
};

} // namespace tracedeck
