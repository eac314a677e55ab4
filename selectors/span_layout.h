// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"

#include <cstddef>
#include <cstdint>
#include <unordered_set>
#include <vector>

namespace tracedeck {

/// What is odd about a span's place in the tree; shown as a mark, never hidden.
enum SpanMark : std::uint8_t {
    kSpanOrphan = 1, ///< names a parent that is not among the spans: shown as a root
    kSpanCycle = 2, ///< its parents lead back to itself: shown as a root, the loop cut here
    kSpanDuplicate = 4, ///< same span id as an earlier one
    kSpanOutsideParent = 8, ///< begins before or ends after its parent (clock skew, or asynchronous work)
    kSpanErrorBelow = 16, ///< a descendant has error status
    kSpanBackwards = 32, ///< its end lies before its start
};

/// The tree of one trace in display order (depth first, children by start, then span id). Vectors are
/// indexed by position in that order; `row` leads back to the SpanTable.
struct SpanLayout {
    static constexpr std::uint32_t kNoParent = 0xFFFFFFFFU;

    std::vector<std::uint32_t> row;
    std::vector<std::uint32_t> parent; ///< position of the parent, kNoParent for roots
    std::vector<std::uint32_t> subtreeEnd; ///< one past the position of the last descendant
    std::vector<std::uint32_t> depth;
    std::vector<std::uint8_t> marks; ///< SpanMark
    std::vector<std::int64_t> selfNs; ///< duration minus the union of its children within it
    std::int64_t startNs = 0; ///< earliest start
    std::int64_t endNs = 0; ///< latest end, at least startNs
    std::uint32_t maxDepth = 0;
    std::uint32_t errors = 0; ///< spans with error status
    std::uint32_t orphans = 0;

    [[nodiscard]] std::size_t size() const noexcept { return row.size(); }
    [[nodiscard]] bool hasChildren(std::uint32_t position) const { return subtreeEnd[position] > position + 1; }
};

/// Builds the tree. Missing parents, duplicate ids and loops are marked, every span appears exactly
/// once. No recursion. Cost: O(n log n) for the order by start, O(n) otherwise.
[[nodiscard]] SpanLayout layoutSpans(const SpanTable& spans);

/// Positions whose children are folded away.
using CollapsedPositions = std::unordered_set<std::uint32_t>;

/// Positions that remain visible when the given ones are collapsed, in display order. O(visible + collapsed).
[[nodiscard]] std::vector<std::uint32_t> visiblePositions(const SpanLayout& layout,
                                                          const CollapsedPositions& collapsed);

/// Positions at `depth` that have children: what "collapse to level" folds.
[[nodiscard]] CollapsedPositions positionsAtDepth(const SpanLayout& layout, std::uint32_t depth);

} // namespace tracedeck
