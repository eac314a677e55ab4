// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/attribute_table.h"
#include "core/ids.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace tracedeck {

/// Deepest nesting of arrays and lists in one attribute value; deeper values reject their record.
inline constexpr int kMaxValueDepth = 32;

/// Scalars of one record as both encodings deliver them. Views live as long as the body's text.
struct SpanFields {
    TraceId traceId;
    SpanId spanId;
    SpanId parentSpanId;
    std::uint64_t startNs = 0;
    std::uint64_t endNs = 0;
    std::string_view name;
    std::string_view traceState;
    std::string_view statusMessage;
    std::uint32_t kind = 0;
    std::uint32_t status = 0;
    std::uint32_t flags = 0;
    std::uint32_t droppedAttributes = 0;
    std::uint32_t droppedEvents = 0;
    std::uint32_t droppedLinks = 0;
    IndexRange attributes;
    IndexRange events;
    IndexRange links;
};

struct EventFields {
    std::uint64_t timeNs = 0;
    std::string_view name;
    std::uint32_t droppedAttributes = 0;
    IndexRange attributes;
};

struct LinkFields {
    TraceId traceId;
    SpanId spanId;
    std::string_view traceState;
    std::uint32_t flags = 0;
    std::uint32_t droppedAttributes = 0;
    IndexRange attributes;
};

struct LogFields {
    std::uint64_t timeNs = 0;
    std::uint64_t observedNs = 0;
    TraceId traceId; ///< zero = the record belongs to no trace
    SpanId spanId;
    std::uint32_t severity = 0;
    std::uint32_t flags = 0;
    std::uint32_t droppedAttributes = 0;
    std::string_view severityText;
    std::string_view body;
    std::string_view eventName;
    IndexRange attributes;
};

struct ResourceFields {
    std::string_view service; ///< empty = the sender did not say
    std::string_view schemaUrl;
    std::uint32_t droppedAttributes = 0;
    bool own = false; ///< carries tracedeck.own = true
    IndexRange attributes;
};

struct ScopeFields {
    std::string_view name;
    std::string_view version;
    std::string_view schemaUrl;
    std::uint32_t droppedAttributes = 0;
    IndexRange attributes;
};

/// Why a record is not kept; the texts end up in front of the sender's developer.
namespace reject {
inline constexpr std::string_view kTraceIdSize = "trace id is not 16 bytes";
inline constexpr std::string_view kTraceIdZero = "trace id is missing or all zero";
inline constexpr std::string_view kSpanIdSize = "span id is not 8 bytes";
inline constexpr std::string_view kSpanIdZero = "span id is missing or all zero";
inline constexpr std::string_view kParentIdSize = "parent span id is not 8 bytes";
inline constexpr std::string_view kTimeRange = "a time is past the year 2262 or negative";
inline constexpr std::string_view kNotUtf8 = "text is not valid UTF-8";
inline constexpr std::string_view kTooDeep = "an attribute value nests deeper than 32 levels";
inline constexpr std::string_view kWrongType = "a field has the wrong type";
inline constexpr std::string_view kTwice = "a list is given twice";
inline constexpr std::string_view kBase64 = "bytes are not base64";
} // namespace reject

/// Records of a body that were not kept, with the first reason.
struct Rejections {
    std::uint64_t count = 0;
    std::string reason;

    void add(std::string_view why)
    {
        if (++count == 1) {
            reason = why;
        }
    }
};

/// The rules every span, event and log has to pass, whatever the encoding. Empty = fine.
[[nodiscard]] std::string_view checkSpan(const SpanFields& span);
[[nodiscard]] std::string_view checkEvent(const EventFields& event);
[[nodiscard]] std::string_view checkLog(const LogFields& log);

} // namespace tracedeck
