// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"
#include "models/fact.h"
#include "selectors/span_layout.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tracedeck {

/// One service's share of a trace. `selfNs` is the sum of self times: what the service itself did.
struct ServiceShare {
    std::string service;
    std::uint32_t spans = 0;
    std::uint32_t errors = 0;
    std::int64_t selfNs = 0;
    std::uint8_t color = 0; ///< see serviceColors()
};

/// Shares of all services, largest self time first, name as tie-break. O(spans).
[[nodiscard]] std::vector<ServiceShare> serviceShares(const SpanTable& spans, const SpanLayout& layout);

/// Positions of the `count` spans with the largest self time, largest first.
[[nodiscard]] std::vector<std::uint32_t> slowestPositions(const SpanTable& spans, const SpanLayout& layout,
                                                          std::size_t count);

/// The trace as a whole: start, duration, counts, errors, oddities, and where it ran (host, container, pod) as
/// its resources say.
[[nodiscard]] Facts traceFacts(const SpanTable& spans, const SpanLayout& layout, std::int32_t utcOffsetSeconds);

/// Position of the span that stands for the trace: the first root without a missing parent, else the first root.
[[nodiscard]] std::uint32_t rootPosition(const SpanLayout& layout);

} // namespace tracedeck
