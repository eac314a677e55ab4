// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/resource_registry.h"
#include "collector/service_registry.h"
#include "collector/trace_summary.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tracedeck {

/// What one request, or one group of requests, adds to one trace.
struct TraceDelta {
    TraceId traceId;
    TraceSummary summary;
    std::vector<TracePart> parts;
    bool distinct = true; ///< no span id occurs twice, as far as one request can tell
};

/// Deltas by trace, in first-seen order.
class TraceDeltas {
public:
    [[nodiscard]] TraceDelta& of(const TraceId& id);
    [[nodiscard]] std::vector<TraceDelta>& items() { return m_items; }
    [[nodiscard]] const std::vector<TraceDelta>& items() const { return m_items; }
    void add(const TraceDelta& delta);
    void clear();

private:
    std::vector<TraceDelta> m_items;
    std::unordered_map<TraceId, std::uint32_t> m_index;
    std::uint32_t m_last = 0;
};

/// A request's spans, folded per trace. `parts` hold the offset; the request number is set when stored.
struct RequestFold {
    OtlpScan scan;
    TraceDeltas traces;
    std::int64_t errors = 0;
    bool own = true; ///< every span is Tracedeck's own
};

/// Malformed when the body does not decode; the registries may then know new names but have counted nothing.
[[nodiscard]] Result<RequestFold> foldTraces(std::string_view protobufBody, ServiceRegistry& services,
                                             ResourceRegistry& resources, std::int64_t nowNs);

} // namespace tracedeck
