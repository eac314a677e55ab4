// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/span_layout.h"

#include <cstdint>
#include <vector>

namespace tracedeck {

/// A stretch of time the whole trace waited for one span.
struct CriticalSegment {
    std::uint32_t position = 0; ///< in the SpanLayout
    std::int64_t beginNs = 0;
    std::int64_t endNs = 0;
    [[nodiscard]] std::int64_t durationNs() const noexcept { return endNs - beginNs; }
    bool operator==(const CriticalSegment&) const = default;
};

/// What decided how long the trace took. The segments follow each other in time without gap or overlap
/// from the start to the end of `root`, so their durations add up to that span's duration.
struct CriticalPath {
    std::uint32_t root = SpanLayout::kNoParent; ///< the root it explains; kNoParent when there is none
    std::vector<CriticalSegment> segments; ///< in time order
    std::vector<std::int64_t> nsOf; ///< per position: time it contributes, 0 = not on the path
    std::int64_t totalNs = 0;
};

/// The critical path of the main root: the longest root span whose parent is not missing, else the
/// longest orphan. Walks backwards from its end: whatever child finished last was waited for, up to its
/// start; then the one that finished last before that, and so on in each child. Time with no such child
/// is the parent's own. Children are cut to their parent; one that overlaps its successor by at most 1 %
/// of its own duration counts as before it (clocks of two machines). Method: Uber's CRISP.
/// No recursion. Cost: O(n log n) in the spans on the path and their children.
[[nodiscard]] CriticalPath criticalPath(const SpanTable& spans, const SpanLayout& layout);

} // namespace tracedeck
