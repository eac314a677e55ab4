// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"

#include <cstdint>
#include <limits>
#include <string_view>

namespace tracedeck::testing_support {

/// Builds the log records of one trace by hand, one call per record; times in ms from `kOrigin`.
class LogBuilder {
public:
    static constexpr std::int64_t kOrigin = 1'700'000'000'000'000'000;
    static constexpr std::int64_t kMs = 1'000'000;
    static constexpr std::int64_t kNoTime = std::numeric_limits<std::int64_t>::min();

    LogBuilder()
    {
        m_logs.scopes.name.push_back(0);
        m_logs.scopes.version.push_back(0);
        m_logs.scopes.schemaUrl.push_back(0);
        m_logs.scopes.attributes.push_back({});
        m_logs.scopes.droppedAttributes.push_back(0);
    }

    LogBuilder& log(std::int64_t timeMs, std::uint8_t severity, std::string_view body, std::uint64_t span = 0,
                    std::string_view service = "web")
    {
        m_logs.timeNs.push_back(timeMs == kNoTime ? 0 : kOrigin + timeMs * kMs);
        m_logs.observedNs.push_back(0);
        m_logs.traceId.push_back(TraceId{{1, 2, 3}});
        m_logs.spanId.push_back(SpanId{span});
        m_logs.severity.push_back(severity);
        m_logs.severityText.push_back(0);
        m_logs.body.push_back(m_logs.strings.intern(body));
        m_logs.eventName.push_back(0);
        m_logs.flags.push_back(0);
        m_logs.resource.push_back(static_cast<std::uint32_t>(m_logs.resources.size()));
        m_logs.resources.serviceName.push_back(m_logs.strings.intern(service));
        m_logs.resources.schemaUrl.push_back(0);
        m_logs.resources.droppedAttributes.push_back(0);
        m_logs.resources.attributes.push_back({});
        m_logs.scope.push_back(0);
        const auto at = static_cast<std::uint32_t>(m_logs.attributeRows.size());
        m_logs.attributes.push_back({at, at});
        m_logs.droppedAttributes.push_back(0);
        return *this;
    }
    /// Of the newest record.
    LogBuilder& attribute(std::string_view key, std::string_view value)
    {
        m_logs.attributeRows.add(m_logs.strings.intern(key), AttributeType::String, m_logs.strings.intern(value));
        ++m_logs.attributes.back().end;
        return *this;
    }
    LogBuilder& observedAt(std::int64_t timeMs)
    {
        m_logs.observedNs.back() = kOrigin + timeMs * kMs;
        return *this;
    }
    LogBuilder& severityName(std::string_view name)
    {
        m_logs.severityText.back() = m_logs.strings.intern(name);
        return *this;
    }
    [[nodiscard]] const LogTable& table() const { return m_logs; }

private:
    LogTable m_logs;
};

} // namespace tracedeck::testing_support
