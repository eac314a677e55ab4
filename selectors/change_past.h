// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/row_marks.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace tracedeck {

/// A stretch of time during which a table looked the same, as far as RowMarks go.
struct PastMoment {
    std::int64_t fromNs = 0; ///< first seen so
    std::int64_t untilNs = 0; ///< last seen so
    std::shared_ptr<const RowMarks> marks;
};

/// The last hour of a table, oldest first, at most kPastMoments stretches and kPastBytes. A plain value:
/// copying shares the marks.
struct ChangePast {
    std::vector<PastMoment> moments;
    [[nodiscard]] std::size_t memoryBytes() const;
};

inline constexpr std::int64_t kPastSpanNs = 60LL * 60 * 1'000'000'000;
inline constexpr std::size_t kPastMoments = 64;
inline constexpr std::size_t kPastBytes = std::size_t{48} << 20U;

/// The past with what is seen at `atNs`. Equal marks lengthen the last stretch; others begin a new one. The
/// older a stretch, the more of its like are dropped (every half minute is kept for 7 minutes, every minute for
/// 20, every three for an hour), and beyond the hour only the newest stays, so that "60 minutes ago" has an
/// answer. A clock that went back begins a new past: what was before cannot be placed. Cost: O(moments).
[[nodiscard]] ChangePast withMoment(ChangePast past, std::shared_ptr<const RowMarks> marks, std::int64_t atNs);

/// How a table looked at a time, and since when that is known.
struct PastAnswer {
    std::shared_ptr<const RowMarks> marks; ///< null = nothing is known at all
    std::int64_t seenNs = 0; ///< when it was last seen so, at or before the time asked for if possible
    bool shorter = false; ///< the past does not reach back that far: the oldest there is
};
[[nodiscard]] PastAnswer pastAt(const ChangePast& past, std::int64_t timeNs);

} // namespace tracedeck
