// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/row_plan.h"

#include <cstdint>
#include <vector>

namespace tracedeck {

struct InfrastructureTable;
struct WorkloadTable;

/// How one rate is distributed over rows, bytes per second. No samples: all zero.
struct IoStats {
    double median = 0; ///< mean of the middle two for even counts
    double mad = 0; ///< median of |x - median|, not scaled
    double max = 0;
    double p97 = 0; ///< nearest rank: element ceil(p * n), counted from 1
    double p99 = 0;
    std::uint32_t count = 0;
    bool operator==(const IoStats&) const = default;
};

struct IoScale {
    IoStats network; ///< received + sent
    IoStats diskIo; ///< read + written
    bool operator==(const IoScale&) const = default;
};

/// How strongly a value stands out; the values are those of Emphasis in models/roles.h.
enum class IoEmphasis : std::uint8_t { Normal, Medium, Strong };

/// Distribution of `values`; negative and non-finite ones are dropped. Cost: O(n), selection instead of sorting.
[[nodiscard]] IoStats ioStats(const std::vector<double>& values);

/// Distribution over `rows`. A row counts when either side of the pair is known; the missing side is 0.
[[nodiscard]] IoScale ioScale(const InfrastructureTable& table, const RowIndexes& rows);
[[nodiscard]] IoScale ioScale(const WorkloadTable& table, const RowIndexes& rows);

/// Outlier rule. Not above zero or no scale: Normal. Fewer than 4 samples: within 0.5 % of the maximum
/// is Medium. Else the modified z-score 0.6745 * (value - median) / MAD decides: from 6.5 on and at
/// least p99 Strong, from 5.5 on and at least p97 Medium; with MAD 0 the percentiles decide alone.
/// Source: facts, Pulse 3.1 no. 14; Iglewicz and Hoaglin for the z-score.
[[nodiscard]] IoEmphasis ioEmphasis(double value, const IoStats& stats);

} // namespace tracedeck
