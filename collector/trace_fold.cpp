// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/trace_fold.h"

#include "formats/otlp_resource_scan.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace tracedeck {

TraceDelta& TraceDeltas::of(const TraceId& id)
{
    // Spans of a trace mostly stand together.
    if (m_last < m_items.size() && m_items[m_last].traceId == id) {
        return m_items[m_last];
    }
    const auto [place, added] = m_index.try_emplace(id, static_cast<std::uint32_t>(m_items.size()));
    if (added) {
        m_items.emplace_back().traceId = id;
    }
    m_last = place->second;
    return m_items[m_last];
}

void TraceDeltas::add(const TraceDelta& delta)
{
    TraceDelta& mine = of(delta.traceId);
    mine.distinct = delta.distinct && mine.parts.empty(); // two requests may repeat each other
    mine.summary.merge(delta.summary);
    mine.parts.insert(mine.parts.end(), delta.parts.begin(), delta.parts.end());
}

void TraceDeltas::clear()
{
    m_items.clear();
    m_index.clear();
    m_last = 0;
}

Result<RequestFold> foldTraces(std::string_view protobufBody, ServiceRegistry& services, ResourceRegistry& resources,
                               std::int64_t nowNs)
{
    std::optional<std::uint32_t> group; // offset of the ResourceSpans that `resource` is of
    std::optional<std::uint32_t> resource;
    RequestFold fold;
    std::vector<std::pair<std::uint64_t, TraceId>> spanIds;
    const Result<OtlpScan> scan =
        scanOtlpTracesAndResources(protobufBody, [&](const SpanBrief& span, const ResourceIdentity& identity) {
            TraceDelta& delta = fold.traces.of(span.traceId);
            if (delta.parts.empty()) {
                delta.parts.push_back({0, span.resourceOffset});
            }
            if (group != span.resourceOffset) {
                group = span.resourceOffset;
                const std::string packed = packResource(identity);
                resource = packed.empty() ? std::nullopt : std::optional(resources.numberOf(packed, nowNs));
            }
            if (resource) {
                delta.summary.addResource(*resource);
            }
            delta.summary.add(span, services.numberOf(span.service, span.own));
            fold.own = fold.own && span.own;
            fold.errors += span.error ? 1 : 0;
            spanIds.emplace_back(span.spanId.value, span.traceId);
        });
    if (!scan) {
        return scan.error();
    }
    fold.scan = *scan;
    std::sort(spanIds.begin(), spanIds.end());
    for (auto twice = spanIds.begin(); (twice = std::adjacent_find(twice, spanIds.end())) != spanIds.end(); ++twice) {
        fold.traces.of(twice->second).distinct = false;
    }
    return fold;
}

} // namespace tracedeck
