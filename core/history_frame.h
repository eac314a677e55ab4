// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "core/metric_code.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tracedeck {

/// The courses of all rows over one range, as one fetch gave them: what sparklines, summary cards and host
/// cards share. Immutable once published. Percent metrics hold means, rates peaks of each bucket;
/// kMissingCode is a gap. `rowsKnown` counts the rows of the fleet: more than rows() when the frame was cut.
struct HistoryFrame {
    HistoryRange range = HistoryRange::Hour;
    std::int64_t untilNs = 0; ///< end of the last bucket
    std::int64_t stepNs = 0; ///< length of a bucket
    std::uint32_t buckets = 0;
    std::uint64_t rowsKnown = 0;
    std::vector<RowKey> keys; ///< ascending
    std::vector<MetricCode> codes; ///< row by row, metric by metric, oldest bucket first

    [[nodiscard]] std::size_t rows() const noexcept { return keys.size(); }
    [[nodiscard]] std::int64_t bucketTimeNs(std::size_t bucket) const
    {
        return untilNs - static_cast<std::int64_t>(buckets - bucket) * stepNs;
    }
    /// Position of a row, SIZE_MAX when it has no course. Cost: a binary search.
    [[nodiscard]] std::size_t rowOf(RowKey key) const
    {
        const auto found = std::lower_bound(keys.begin(), keys.end(), key);
        return found != keys.end() && *found == key ? static_cast<std::size_t>(found - keys.begin()) : SIZE_MAX;
    }
    [[nodiscard]] std::span<const MetricCode> line(std::size_t row, MetricId metric) const
    {
        return std::span(codes).subspan((row * kMetricCount + metricIndex(metric)) * buckets, buckets);
    }
    [[nodiscard]] std::span<MetricCode> line(std::size_t row, MetricId metric)
    {
        return std::span(codes).subspan((row * kMetricCount + metricIndex(metric)) * buckets, buckets);
    }
};

} // namespace tracedeck
