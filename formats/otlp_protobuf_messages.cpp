// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_protobuf_messages.h"

#include <cstring>

namespace tracedeck {
namespace {

constexpr std::size_t kTraceIdBytes = 16;
constexpr std::size_t kSpanIdBytes = 8;

/// Empty stays "no id"; any other size than the right one is an error of the sender.
bool readTraceId(std::string_view bytes, TraceId& id)
{
    id = {};
    if (bytes.size() == kTraceIdBytes) {
        std::memcpy(id.bytes.data(), bytes.data(), kTraceIdBytes);
        return true;
    }
    return bytes.empty();
}

bool readSpanId(std::string_view bytes, SpanId& id)
{
    id = {};
    if (bytes.size() == kSpanIdBytes) {
        id = SpanId::fromBytes(reinterpret_cast<const std::uint8_t*>(bytes.data()));
        return true;
    }
    return bytes.empty();
}

void readStatus(std::string_view message, SpanFields& span)
{
    ProtobufCursor reader(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case bytesField(2):
            span.statusMessage = reader.get_view();
            break;
        case varintField(3):
            span.status = reader.get_uint32();
            break;
        default:
            reader.skip();
        }
    }
}

/// Times and counters of a span; false when the field is none of them.
bool readSpanNumber(ProtobufCursor& reader, SpanFields& span)
{
    switch (reader.tag_and_type()) {
    case varintField(6):
        span.kind = reader.get_uint32();
        return true;
    case fixed64Field(7):
        span.startNs = reader.get_fixed64();
        return true;
    case fixed64Field(8):
        span.endNs = reader.get_fixed64();
        return true;
    case varintField(10):
        span.droppedAttributes = reader.get_uint32();
        return true;
    case varintField(12):
        span.droppedEvents = reader.get_uint32();
        return true;
    case varintField(14):
        span.droppedLinks = reader.get_uint32();
        return true;
    case fixed32Field(16):
        span.flags = reader.get_fixed32();
        return true;
    default:
        return false;
    }
}

/// True when the field begins at `at` with this tag and length, of one byte each.
bool startsWith(const char* at, unsigned char tag, unsigned char length)
{
    return static_cast<std::uint8_t>(at[0]) == tag && static_cast<std::uint8_t>(at[1]) == length;
}

/// Reads the fields that nearly every span begins with as senders write them: in order, ids of the right size, texts
/// and numbers of one length byte. Answers what it read of `message`; the rest, whatever it is, takes the long way.
std::size_t readUsualSpanHead(std::string_view message, SpanFields& span)
{
    constexpr std::size_t kIds = 2 + kTraceIdBytes + 2 + kSpanIdBytes;
    constexpr std::size_t kParent = 2 + kSpanIdBytes;
    constexpr std::size_t kTimes = 2 * (1 + sizeof(std::uint64_t));
    const char* at = message.data();
    const char* const end = at + message.size();
    if (message.size() < kIds + kParent || !startsWith(at, 0x0A, kTraceIdBytes)
        || !startsWith(at + 2 + kTraceIdBytes, 0x12, kSpanIdBytes)) {
        return 0;
    }
    (void)readTraceId({at + 2, kTraceIdBytes}, span.traceId);
    (void)readSpanId({at + kIds - kSpanIdBytes, kSpanIdBytes}, span.spanId);
    at += kIds;
    if (startsWith(at, 0x22, kSpanIdBytes)) {
        (void)readSpanId({at + 2, kSpanIdBytes}, span.parentSpanId);
        at += kParent;
    }
    if (end - at >= 2 && at[0] == 0x2A && static_cast<std::int8_t>(at[1]) >= 0 && end - at - 2 >= at[1]) {
        span.name = {at + 2, static_cast<std::size_t>(at[1])};
        at += 2 + at[1];
    }
    if (end - at >= 2 && at[0] == 0x30 && static_cast<std::int8_t>(at[1]) >= 0) {
        span.kind = static_cast<std::uint8_t>(at[1]);
        at += 2;
    }
    if (end - at >= static_cast<std::ptrdiff_t>(kTimes) && at[0] == 0x39 && at[kTimes / 2] == 0x41) {
        std::memcpy(&span.startNs, at + 1, sizeof span.startNs);
        std::memcpy(&span.endNs, at + 1 + kTimes / 2, sizeof span.endNs);
        at += kTimes;
    }
    return static_cast<std::size_t>(at - message.data());
}

} // namespace

/// Flattened: a span is two dozen small fields, none of which is worth a call.
[[gnu::flatten]] std::string_view readSpan(std::string_view message, SpanFields& span, ProtobufLists& lists)
{
    std::string_view why;
    ProtobufCursor reader(message.substr(readUsualSpanHead(message, span)));
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case bytesField(1):
            why = readTraceId(reader.get_view(), span.traceId) ? why : reject::kTraceIdSize;
            break;
        case bytesField(2):
            why = readSpanId(reader.get_view(), span.spanId) ? why : reject::kSpanIdSize;
            break;
        case bytesField(3):
            span.traceState = reader.get_view();
            break;
        case bytesField(4):
            why = readSpanId(reader.get_view(), span.parentSpanId) ? why : reject::kParentIdSize;
            break;
        case bytesField(5):
            span.name = reader.get_view();
            break;
        case bytesField(9):
            lists.attributes.push_back(reader.get_view());
            break;
        case bytesField(11):
            lists.events.push_back(reader.get_view());
            break;
        case bytesField(13):
            lists.links.push_back(reader.get_view());
            break;
        case bytesField(15):
            readStatus(reader.get_view(), span);
            break;
        default:
            if (!readSpanNumber(reader, span)) {
                reader.skip();
            }
        }
    }
    return why;
}

std::string_view readEvent(std::string_view message, EventFields& event, ProtobufLists& lists)
{
    ProtobufCursor reader(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case fixed64Field(1):
            event.timeNs = reader.get_fixed64();
            break;
        case bytesField(2):
            event.name = reader.get_view();
            break;
        case bytesField(3):
            lists.attributes.push_back(reader.get_view());
            break;
        case varintField(4):
            event.droppedAttributes = reader.get_uint32();
            break;
        default:
            reader.skip();
        }
    }
    return {};
}

std::string_view readLink(std::string_view message, LinkFields& link, ProtobufLists& lists)
{
    std::string_view why;
    ProtobufCursor reader(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case bytesField(1):
            why = readTraceId(reader.get_view(), link.traceId) ? why : reject::kTraceIdSize;
            break;
        case bytesField(2):
            why = readSpanId(reader.get_view(), link.spanId) ? why : reject::kSpanIdSize;
            break;
        case bytesField(3):
            link.traceState = reader.get_view();
            break;
        case bytesField(4):
            lists.attributes.push_back(reader.get_view());
            break;
        case varintField(5):
            link.droppedAttributes = reader.get_uint32();
            break;
        case fixed32Field(6):
            link.flags = reader.get_fixed32();
            break;
        default:
            reader.skip();
        }
    }
    return why;
}

std::string_view readLog(std::string_view message, LogFields& log, ProtobufValue& body, ProtobufLists& lists)
{
    std::string_view why;
    ProtobufCursor reader(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case fixed64Field(1):
            log.timeNs = reader.get_fixed64();
            break;
        case varintField(2):
            log.severity = reader.get_uint32();
            break;
        case bytesField(3):
            log.severityText = reader.get_view();
            break;
        case bytesField(5):
            body = readAnyValue(reader.get_view());
            break;
        case bytesField(6):
            lists.attributes.push_back(reader.get_view());
            break;
        case varintField(7):
            log.droppedAttributes = reader.get_uint32();
            break;
        case fixed32Field(8):
            log.flags = reader.get_fixed32();
            break;
        case bytesField(9):
            why = readTraceId(reader.get_view(), log.traceId) ? why : reject::kTraceIdSize;
            break;
        case bytesField(10):
            why = readSpanId(reader.get_view(), log.spanId) ? why : reject::kSpanIdSize;
            break;
        case fixed64Field(11):
            log.observedNs = reader.get_fixed64();
            break;
        case bytesField(12):
            log.eventName = reader.get_view();
            break;
        default:
            reader.skip();
        }
    }
    return why;
}

} // namespace tracedeck
