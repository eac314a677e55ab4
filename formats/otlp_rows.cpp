// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_rows.h"

#include "formats/utf8_check.h"

#include <algorithm>

namespace tracedeck {
namespace {

constexpr std::string_view kUnknownService = "unknown_service";

template <class... Columns> void shorten(std::size_t rows, Columns&... columns)
{
    (columns.resize(rows), ...);
}

/// Never grows by less than doubling, so that many bodies in one table stay linear.
template <class... Columns> void makeRoom(std::size_t rows, Columns&... columns)
{
    const auto grow = [rows](auto& column) {
        if (rows > column.capacity()) {
            column.reserve(std::max(rows, column.capacity() * 2));
        }
    };
    (grow(columns), ...);
}

/// Unknown numbers come from newer senders: they count as "unspecified" instead of being refused.
template <class Enum> Enum enumOr(std::uint32_t number, Enum last, Enum fallback)
{
    return number <= static_cast<std::uint32_t>(last) ? static_cast<Enum>(number) : fallback;
}

} // namespace

bool OtlpRows::intern(std::string_view value, const TextWords& words, StringId& id)
{
    const std::size_t known = m_strings.size();
    id = m_strings.intern(value);
    if (id < known || isValidUtf8(value)) {
        m_recent.remember(value, words, id);
        return true;
    }
    m_strings.truncate(known);
    id = 0;
    return false;
}

void OtlpRows::openResource()
{
    m_resources.attributes.emplace_back();
    m_resources.serviceName.push_back(m_strings.intern(kUnknownService));
    m_resources.schemaUrl.push_back(0);
    m_resources.droppedAttributes.push_back(0);
}

void OtlpRows::openScope()
{
    m_scopes.name.push_back(0);
    m_scopes.version.push_back(0);
    m_scopes.schemaUrl.push_back(0);
    m_scopes.attributes.emplace_back();
    m_scopes.droppedAttributes.push_back(0);
}

bool OtlpRows::fillResource(const ResourceFields& fields)
{
    m_resources.attributes.back() = fields.attributes;
    m_resources.droppedAttributes.back() = fields.droppedAttributes;
    return (fields.service.empty() || text(fields.service, m_resources.serviceName.back()))
        && text(fields.schemaUrl, m_resources.schemaUrl.back());
}

bool OtlpRows::fillScope(const ScopeFields& fields)
{
    m_scopes.attributes.back() = fields.attributes;
    m_scopes.droppedAttributes.back() = fields.droppedAttributes;
    return text(fields.name, m_scopes.name.back()) && text(fields.version, m_scopes.version.back())
        && text(fields.schemaUrl, m_scopes.schemaUrl.back());
}

void OtlpRows::markShared(OtlpMark& mark) const
{
    mark.texts = m_strings.size();
    mark.attributes = m_attributes.size();
    mark.resources = m_resources.size();
    mark.scopes = m_scopes.size();
}

void OtlpRows::rollbackShared(const OtlpMark& mark)
{
    if (mark.texts < m_strings.size()) {
        m_strings.truncate(mark.texts);
        m_recent.forget();
    }
    shorten(mark.attributes, m_attributes.key, m_attributes.type, m_attributes.payload);
    shorten(mark.resources, m_resources.attributes, m_resources.serviceName, m_resources.schemaUrl,
            m_resources.droppedAttributes);
    shorten(mark.scopes, m_scopes.name, m_scopes.version, m_scopes.schemaUrl, m_scopes.attributes,
            m_scopes.droppedAttributes);
}

void OtlpRows::expectAttributes(std::size_t total)
{
    makeRoom(total, m_attributes.key, m_attributes.type, m_attributes.payload);
}

void OtlpSpanRows::expect(const OtlpMark& start, double times)
{
    const OtlpMark now = mark();
    const auto total = [times](std::size_t before, std::size_t after) {
        return before + static_cast<std::size_t>(static_cast<double>(after - before) * times * 1.02);
    };
    expectAttributes(total(start.attributes, now.attributes));
    SpanTable& t = m_table;
    makeRoom(total(start.records, now.records), t.traceId, t.spanId, t.parentSpanId, t.startNs, t.durationNs, t.name,
             t.resource, t.scope, t.kind, t.status, t.statusMessage, t.traceState, t.flags, t.attributes, t.events,
             t.links, t.droppedAttributes, t.droppedEvents, t.droppedLinks);
}

OtlpMark OtlpSpanRows::mark() const
{
    OtlpMark mark;
    markShared(mark);
    mark.events = m_table.eventRows.size();
    mark.links = m_table.linkRows.size();
    mark.records = m_table.rows();
    return mark;
}

void OtlpSpanRows::rollback(const OtlpMark& mark)
{
    rollbackShared(mark);
    EventTable& events = m_table.eventRows;
    shorten(mark.events, events.timeNs, events.name, events.attributes, events.droppedAttributes);
    LinkTable& links = m_table.linkRows;
    shorten(mark.links, links.traceId, links.spanId, links.traceState, links.attributes, links.droppedAttributes,
            links.flags);
    SpanTable& t = m_table;
    shorten(mark.records, t.traceId, t.spanId, t.parentSpanId, t.startNs, t.durationNs, t.name, t.resource, t.scope,
            t.kind, t.status, t.statusMessage, t.traceState, t.flags, t.attributes, t.events, t.links,
            t.droppedAttributes, t.droppedEvents, t.droppedLinks);
}

bool OtlpSpanRows::addEvent(const EventFields& fields)
{
    StringId name = 0;
    if (!text(fields.name, name)) {
        return false;
    }
    EventTable& events = m_table.eventRows;
    events.timeNs.push_back(static_cast<std::int64_t>(fields.timeNs));
    events.name.push_back(name);
    events.attributes.push_back(fields.attributes);
    events.droppedAttributes.push_back(fields.droppedAttributes);
    return true;
}

bool OtlpSpanRows::addLink(const LinkFields& fields)
{
    StringId traceState = 0;
    if (!text(fields.traceState, traceState)) {
        return false;
    }
    LinkTable& links = m_table.linkRows;
    links.traceId.push_back(fields.traceId);
    links.spanId.push_back(fields.spanId);
    links.traceState.push_back(traceState);
    links.attributes.push_back(fields.attributes);
    links.droppedAttributes.push_back(fields.droppedAttributes);
    links.flags.push_back(fields.flags);
    return true;
}

/// Flattened: nineteen columns grow by one, none of which is worth a call.
[[gnu::flatten]] bool OtlpSpanRows::addSpan(const SpanFields& fields)
{
    StringId name = 0;
    StringId message = 0;
    StringId traceState = 0;
    if (!text(fields.name, name) || !text(fields.statusMessage, message) || !text(fields.traceState, traceState)) {
        return false;
    }
    SpanTable& t = m_table;
    t.traceId.push_back(fields.traceId);
    t.spanId.push_back(fields.spanId);
    t.parentSpanId.push_back(fields.parentSpanId);
    t.startNs.push_back(static_cast<std::int64_t>(fields.startNs));
    t.durationNs.push_back(static_cast<std::int64_t>(fields.endNs) - static_cast<std::int64_t>(fields.startNs));
    t.name.push_back(name);
    t.resource.push_back(currentResource());
    t.scope.push_back(currentScope());
    t.kind.push_back(enumOr(fields.kind, SpanKind::Consumer, SpanKind::Unspecified));
    t.status.push_back(enumOr(fields.status, SpanStatus::Error, SpanStatus::Unset));
    t.statusMessage.push_back(message);
    t.traceState.push_back(traceState);
    t.flags.push_back(fields.flags);
    t.attributes.push_back(fields.attributes);
    t.events.push_back(fields.events);
    t.links.push_back(fields.links);
    t.droppedAttributes.push_back(fields.droppedAttributes);
    t.droppedEvents.push_back(fields.droppedEvents);
    t.droppedLinks.push_back(fields.droppedLinks);
    return true;
}

OtlpMark OtlpLogRows::mark() const
{
    OtlpMark mark;
    markShared(mark);
    mark.records = m_table.rows();
    return mark;
}

void OtlpLogRows::rollback(const OtlpMark& mark)
{
    rollbackShared(mark);
    LogTable& t = m_table;
    shorten(mark.records, t.timeNs, t.observedNs, t.traceId, t.spanId, t.severity, t.severityText, t.body, t.eventName,
            t.flags, t.resource, t.scope, t.attributes, t.droppedAttributes);
}

bool OtlpLogRows::addLog(const LogFields& fields)
{
    constexpr std::uint32_t kHighestSeverity = 24;
    StringId severityText = 0;
    StringId body = 0;
    StringId eventName = 0;
    if (!text(fields.severityText, severityText) || !text(fields.body, body) || !text(fields.eventName, eventName)) {
        return false;
    }
    LogTable& t = m_table;
    t.timeNs.push_back(static_cast<std::int64_t>(fields.timeNs));
    t.observedNs.push_back(static_cast<std::int64_t>(fields.observedNs));
    t.traceId.push_back(fields.traceId);
    t.spanId.push_back(fields.spanId);
    t.severity.push_back(static_cast<std::uint8_t>(fields.severity <= kHighestSeverity ? fields.severity : 0));
    t.severityText.push_back(severityText);
    t.body.push_back(body);
    t.eventName.push_back(eventName);
    t.flags.push_back(fields.flags);
    t.resource.push_back(currentResource());
    t.scope.push_back(currentScope());
    t.attributes.push_back(fields.attributes);
    t.droppedAttributes.push_back(fields.droppedAttributes);
    return true;
}

} // namespace tracedeck
