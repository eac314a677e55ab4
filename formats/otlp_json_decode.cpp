// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_json_decode.h"

#include "formats/otlp_json_walk.h"

namespace tracedeck {
namespace {

constexpr std::string_view kKinds[] = {"UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"};
constexpr std::string_view kStatusCodes[] = {"UNSET", "OK", "ERROR"};
constexpr std::string_view kSeverities[] = {"UNSPECIFIED", "TRACE",  "TRACE2", "TRACE3", "TRACE4", "DEBUG",  "DEBUG2",
                                            "DEBUG3",      "DEBUG4", "INFO",   "INFO2",  "INFO3",  "INFO4",  "WARN",
                                            "WARN2",       "WARN3",  "WARN4",  "ERROR",  "ERROR2", "ERROR3", "ERROR4",
                                            "FATAL",       "FATAL2", "FATAL3", "FATAL4"};

Error malformed(JsonDocument& document)
{
    return makeError(ErrorCode::Malformed, "otlp", document.problem());
}

/// Reads spans into rows. Answers false for a record that is not kept; without a reason it belongs to
/// another trace than the one wanted.
class SpanReader {
public:
    SpanReader(JsonDocument& document, OtlpSpanRows& rows, OtlpJsonValues& values, const TraceId* only)
        : m_document(document), m_rows(rows), m_values(values), m_only(only)
    { }

    bool operator()(ondemand::value value)
    {
        SpanFields span;
        Seen seen;
        const bool good = m_document.fields(value, [&](std::string_view key, ondemand::value member) {
            return identity(key, member, span) && lists(key, member, span, seen);
        });
        if (!good || (m_only != nullptr && span.traceId != *m_only)) {
            return false;
        }
        const std::string_view why = checkSpan(span);
        return why.empty() ? m_rows.addSpan(span) || m_document.fail(reject::kNotUtf8) : m_document.fail(why);
    }

private:
    struct Seen {
        bool attributes = false;
        bool events = false;
        bool links = false;
    };

    // A key is tried in three steps because each value can be read only once; a step that knows the key
    // consumes the value and the later ones do not match it.
    bool identity(std::string_view key, ondemand::value value, SpanFields& span)
    {
        if (key == "traceId") {
            // Spans of other traces are left here, mostly before anything else of them was read.
            return m_document.traceId(value, span.traceId) && (m_only == nullptr || span.traceId == *m_only);
        }
        if (key == "spanId") {
            return m_document.spanId(value, span.spanId);
        }
        if (key == "parentSpanId") {
            return m_document.spanId(value, span.parentSpanId, reject::kParentIdSize);
        }
        if (key == "name") {
            return m_document.text(value, span.name);
        }
        if (key == "kind") {
            return m_document.enumeration(value, "SPAN_KIND_", kKinds, span.kind);
        }
        if (key == "startTimeUnixNano") {
            return m_document.time(value, span.startNs);
        }
        if (key == "endTimeUnixNano") {
            return m_document.time(value, span.endNs);
        }
        return true;
    }

    bool lists(std::string_view key, ondemand::value value, SpanFields& span, Seen& seen)
    {
        if (key == "attributes") {
            return m_values.attributes(value, span.attributes, seen.attributes);
        }
        if (key == "events") {
            return events(value, span, seen.events);
        }
        if (key == "links") {
            return links(value, span, seen.links);
        }
        return details(key, value, span);
    }

    bool details(std::string_view key, ondemand::value value, SpanFields& span)
    {
        if (key == "status") {
            return m_document.fields(value, [&](std::string_view inner, ondemand::value member) {
                if (inner == "code") {
                    return m_document.enumeration(member, "STATUS_CODE_", kStatusCodes, span.status);
                }
                return inner != "message" || m_document.text(member, span.statusMessage);
            });
        }
        if (key == "traceState") {
            return m_document.text(value, span.traceState);
        }
        if (key == "flags") {
            return m_document.count(value, span.flags);
        }
        if (key == "droppedAttributesCount") {
            return m_document.count(value, span.droppedAttributes);
        }
        if (key == "droppedEventsCount") {
            return m_document.count(value, span.droppedEvents);
        }
        return key != "droppedLinksCount" || m_document.count(value, span.droppedLinks);
    }

    bool events(ondemand::value value, SpanFields& span, bool& seen)
    {
        if (seen) {
            return m_document.fail(reject::kTwice);
        }
        seen = true;
        span.events.begin = m_rows.eventCount();
        const bool good = m_document.items(value, [&](ondemand::value item) { return event(item); });
        span.events.end = m_rows.eventCount();
        return good;
    }

    bool event(ondemand::value value)
    {
        EventFields event;
        bool seen = false;
        const bool good = m_document.fields(value, [&](std::string_view key, ondemand::value member) {
            if (key == "timeUnixNano") {
                return m_document.time(member, event.timeNs);
            }
            if (key == "name") {
                return m_document.text(member, event.name);
            }
            if (key == "attributes") {
                return m_values.attributes(member, event.attributes, seen);
            }
            return key != "droppedAttributesCount" || m_document.count(member, event.droppedAttributes);
        });
        if (!good) {
            return false;
        }
        const std::string_view why = checkEvent(event);
        return why.empty() ? m_rows.addEvent(event) || m_document.fail(reject::kNotUtf8) : m_document.fail(why);
    }

    bool links(ondemand::value value, SpanFields& span, bool& seen)
    {
        if (seen) {
            return m_document.fail(reject::kTwice);
        }
        seen = true;
        span.links.begin = m_rows.linkCount();
        const bool good = m_document.items(value, [&](ondemand::value item) { return link(item); });
        span.links.end = m_rows.linkCount();
        return good;
    }

    bool link(ondemand::value value)
    {
        LinkFields link;
        bool seen = false;
        const bool good = m_document.fields(value, [&](std::string_view key, ondemand::value member) {
            if (key == "traceId") {
                return m_document.traceId(member, link.traceId);
            }
            if (key == "spanId") {
                return m_document.spanId(member, link.spanId);
            }
            if (key == "traceState") {
                return m_document.text(member, link.traceState);
            }
            if (key == "attributes") {
                return m_values.attributes(member, link.attributes, seen);
            }
            if (key == "flags") {
                return m_document.count(member, link.flags);
            }
            return key != "droppedAttributesCount" || m_document.count(member, link.droppedAttributes);
        });
        return good && (m_rows.addLink(link) || m_document.fail(reject::kNotUtf8));
    }

    JsonDocument& m_document;
    OtlpSpanRows& m_rows;
    OtlpJsonValues& m_values;
    const TraceId* m_only;
};

/// Reads log records into rows.
class LogReader {
public:
    LogReader(JsonDocument& document, OtlpLogRows& rows, OtlpJsonValues& values)
        : m_document(document), m_rows(rows), m_values(values)
    { }

    bool operator()(ondemand::value value)
    {
        LogFields log;
        bool seen = false;
        m_body.clear();
        const bool good = m_document.fields(value, [&](std::string_view key, ondemand::value member) {
            if (key == "attributes") {
                return m_values.attributes(member, log.attributes, seen);
            }
            if (key == "body") {
                return m_values.plainText(member, m_body);
            }
            return scalar(key, member, log);
        });
        if (!good) {
            return false;
        }
        log.body = m_body;
        const std::string_view why = checkLog(log);
        return why.empty() ? m_rows.addLog(log) || m_document.fail(reject::kNotUtf8) : m_document.fail(why);
    }

private:
    bool scalar(std::string_view key, ondemand::value value, LogFields& log)
    {
        if (key == "timeUnixNano") {
            return m_document.time(value, log.timeNs);
        }
        if (key == "observedTimeUnixNano") {
            return m_document.time(value, log.observedNs);
        }
        if (key == "severityNumber") {
            return m_document.enumeration(value, "SEVERITY_NUMBER_", kSeverities, log.severity);
        }
        if (key == "severityText") {
            return m_document.text(value, log.severityText);
        }
        if (key == "eventName") {
            return m_document.text(value, log.eventName);
        }
        if (key == "traceId") {
            return m_document.traceId(value, log.traceId);
        }
        if (key == "spanId") {
            return m_document.spanId(value, log.spanId);
        }
        if (key == "flags") {
            return m_document.count(value, log.flags);
        }
        return key != "droppedAttributesCount" || m_document.count(value, log.droppedAttributes);
    }

    JsonDocument& m_document;
    OtlpLogRows& m_rows;
    OtlpJsonValues& m_values;
    std::string m_body;
};

bool isMetricKind(std::string_view key)
{
    return key == "gauge" || key == "sum" || key == "histogram" || key == "exponentialHistogram" || key == "summary";
}

} // namespace

Result<void> decodeJsonTraces(std::string_view body, OtlpTraces& into, const TraceId* only)
{
    JsonDocument document(body);
    OtlpSpanRows rows(into.spans);
    const OtlpMark mark = rows.mark();
    Rejections rejections;
    OtlpJsonWalk<OtlpSpanRows> walk(document, rows, rejections);
    SpanReader reader(document, rows, walk.values(), only);
    if (!walk.groups("resourceSpans", "scopeSpans", "spans", reader)) {
        rows.rollback(mark);
        return malformed(document);
    }
    if (into.rejected == 0) {
        into.rejectReason = rejections.reason;
    }
    into.rejected += rejections.count;
    return {};
}

Result<OtlpLogs> decodeJsonLogs(std::string_view body)
{
    JsonDocument document(body);
    OtlpLogs into;
    OtlpLogRows rows(into.logs);
    Rejections rejections;
    OtlpJsonWalk<OtlpLogRows> walk(document, rows, rejections);
    LogReader reader(document, rows, walk.values());
    if (!walk.groups("resourceLogs", "scopeLogs", "logRecords", reader)) {
        return malformed(document);
    }
    into.rejected = rejections.count;
    into.rejectReason = rejections.reason;
    return into;
}

Result<std::uint64_t> countJsonMetricPoints(std::string_view body)
{
    JsonDocument document(body);
    std::uint64_t points = 0;
    // One step per level: resourceMetrics > scopeMetrics > metrics > kind > dataPoints.
    const auto countItems = [&](ondemand::value list) {
        return document.items(list, [&](ondemand::value) {
            ++points;
            return true;
        });
    };
    const auto metric = [&](ondemand::value item) {
        return document.fields(item, [&](std::string_view kind, ondemand::value data) {
            return !isMetricKind(kind) || document.fields(data, [&](std::string_view key, ondemand::value list) {
                return key != "dataPoints" || countItems(list);
            });
        });
    };
    const auto under = [&document](std::string_view wanted, const auto& visit) {
        return [&document, wanted, &visit](ondemand::value item) {
            return document.fields(item, [&](std::string_view key, ondemand::value list) {
                return key != wanted || document.items(list, visit);
            });
        };
    };
    const auto scope = under("metrics", metric);
    const auto resource = under("scopeMetrics", scope);
    const bool good = document.root([&](std::string_view key, ondemand::value list) {
        return key != "resourceMetrics" || document.items(list, resource);
    });
    return good ? Result<std::uint64_t>(points) : malformed(document);
}

} // namespace tracedeck
