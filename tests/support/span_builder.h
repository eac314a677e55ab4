// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"

#include <cstdint>
#include <string_view>

namespace tracedeck::testing_support {

/// Builds small traces by hand: one call per span, ids as numbers, times in ms from `kOrigin`.
class SpanBuilder {
public:
    static constexpr std::int64_t kOrigin = 1'700'000'000'000'000'000;
    static constexpr std::int64_t kMs = 1'000'000;

    SpanBuilder()
    {
        m_spans.scopes.name.push_back(0);
        m_spans.scopes.version.push_back(0);
        m_spans.scopes.schemaUrl.push_back(0);
        m_spans.scopes.attributes.push_back({});
        m_spans.scopes.droppedAttributes.push_back(0);
    }

    SpanBuilder& span(std::uint64_t id, std::uint64_t parent, std::int64_t startMs, std::int64_t durationMs,
                      std::string_view name = "operation", std::string_view service = "web",
                      SpanStatus status = SpanStatus::Unset)
    {
        m_spans.traceId.push_back(TraceId{{1, 2, 3}});
        m_spans.spanId.push_back(SpanId{id});
        m_spans.parentSpanId.push_back(SpanId{parent});
        m_spans.startNs.push_back(kOrigin + startMs * kMs);
        m_spans.durationNs.push_back(durationMs * kMs);
        m_spans.name.push_back(m_spans.strings.intern(name));
        m_spans.resource.push_back(resourceOf(service));
        m_spans.scope.push_back(0);
        m_spans.kind.push_back(SpanKind::Internal);
        m_spans.status.push_back(status);
        m_spans.statusMessage.push_back(0);
        m_spans.traceState.push_back(0);
        m_spans.flags.push_back(0);
        const auto attributes = static_cast<std::uint32_t>(m_spans.attributeRows.size());
        m_spans.attributes.push_back({attributes, attributes});
        const auto events = static_cast<std::uint32_t>(m_spans.eventRows.size());
        m_spans.events.push_back({events, events});
        m_spans.links.push_back({});
        m_spans.droppedAttributes.push_back(0);
        m_spans.droppedEvents.push_back(0);
        m_spans.droppedLinks.push_back(0);
        return *this;
    }
    /// Adds a text attribute to the newest span; not after an event of it.
    SpanBuilder& attribute(std::string_view key, std::string_view value)
    {
        m_spans.attributeRows.add(m_spans.strings.intern(key), AttributeType::String, m_spans.strings.intern(value));
        ++m_spans.attributes.back().end;
        return *this;
    }
    /// Adds an event to the newest span, at a time in ms from kOrigin.
    SpanBuilder& event(std::int64_t timeMs, std::string_view name)
    {
        m_spans.eventRows.timeNs.push_back(kOrigin + timeMs * kMs);
        m_spans.eventRows.name.push_back(m_spans.strings.intern(name));
        const auto attributes = static_cast<std::uint32_t>(m_spans.attributeRows.size());
        m_spans.eventRows.attributes.push_back({attributes, attributes});
        m_spans.eventRows.droppedAttributes.push_back(0);
        ++m_spans.events.back().end;
        return *this;
    }
    [[nodiscard]] const SpanTable& table() const { return m_spans; }

private:
    std::uint32_t resourceOf(std::string_view service)
    {
        const StringId id = m_spans.strings.intern(service);
        for (std::uint32_t i = 0; i < m_spans.resources.size(); ++i) {
            if (m_spans.resources.serviceName[i] == id) {
                return i;
            }
        }
        m_spans.resources.serviceName.push_back(id);
        m_spans.resources.schemaUrl.push_back(0);
        m_spans.resources.droppedAttributes.push_back(0);
        m_spans.resources.attributes.push_back({});
        return static_cast<std::uint32_t>(m_spans.resources.size() - 1);
    }

    SpanTable m_spans;
};

} // namespace tracedeck::testing_support
