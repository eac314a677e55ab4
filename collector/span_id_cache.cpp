// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/span_id_cache.h"

#include "formats/otlp_decode.h"

#include <algorithm>

namespace tracedeck {

Result<void> SpanIdCache::collect(BodyReader& bodies, std::int64_t request, const TraceId& trace,
                                  std::vector<std::uint64_t>& into)
{
    const Result<const Entry*> entry = entryOf(bodies, request);
    if (!entry)
        return entry.error();
    const auto& spans = (*entry)->spans;
    const auto first = std::lower_bound(spans.begin(), spans.end(), std::pair(trace, std::uint64_t{0}));
    for (auto span = first; span != spans.end() && span->first == trace; ++span)
        into.push_back(span->second);
    return {};
}

Result<const SpanIdCache::Entry*> SpanIdCache::entryOf(BodyReader& bodies, std::int64_t request)
{
    const auto known = std::find_if(m_entries.begin(), m_entries.end(),
                                    [request](const Entry& entry) { return entry.request == request; });
    if (known != m_entries.end()) {
        m_entries.splice(m_entries.begin(), m_entries, known);
        return &m_entries.front();
    }
    const Result<std::string> body = bodies.read(request);
    if (!body)
        return body.error();
    ++m_scans;
    Entry entry;
    entry.request = request;
    const Result<OtlpScan> scan = scanOtlpTraces(
        *body, [&entry](const SpanBrief& span) { entry.spans.emplace_back(span.traceId, span.spanId.value); });
    if (!scan)
        return scan.error();
    std::sort(entry.spans.begin(), entry.spans.end());
    m_keptSpans += entry.spans.size();
    m_entries.push_front(std::move(entry));
    while (m_keptSpans > m_mostSpans && m_entries.size() > 1) {
        m_keptSpans -= m_entries.back().spans.size();
        m_entries.pop_back();
    }
    return &m_entries.front();
}

} // namespace tracedeck
