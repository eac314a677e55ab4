// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/io_distribution.h"

#include "core/infrastructure_table.h"
#include "core/workload_table.h"
#include "selectors/rank_select.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace tracedeck {
namespace {

/// The one or two ranks whose mean is the median of `count` > 0 values.
std::array<std::size_t, 2> medianRanks(std::size_t count)
{
    return {(count - 1) / 2, count / 2};
}

/// Nearest rank p in percent: element ceil(p * n / 100), counted from 1. Whole numbers, so that no
/// rounding decides.
std::size_t nearestRank(std::size_t count, std::size_t percent)
{
    return (count * percent + 99) / 100 - 1;
}

/// Sums of two rates. A row counts when either is known; a missing side holds 0.
template <class Table>
RankSamples pairSamples(const Table& table, const OptionalColumn<double>& a, const OptionalColumn<double>& b,
                        const RowIndexes& rows)
{
    RankSamples samples(rows.size());
    if (rows.size() != table.rows()) {
        for (const std::uint32_t row : rows) {
            samples.offer(a.raw(row) + b.raw(row), a.has(row) || b.has(row));
        }
        return samples;
    }
    constexpr std::size_t kWordBits = 64; // every row, in whatever order: the distribution does not care, memory does
    for (std::size_t from = 0; from < table.rows(); from += kWordBits) {
        std::uint64_t known = a.presentBits()[from / kWordBits] | b.presentBits()[from / kWordBits];
        const std::size_t to = std::min(from + kWordBits, table.rows());
        for (std::size_t row = from; row < to; ++row, known >>= 1U) {
            samples.offer(a.raw(row) + b.raw(row), (known & 1U) != 0);
        }
    }
    return samples;
}

IoStats statsOf(const RankSamples& samples)
{
    IoStats stats;
    const std::size_t count = samples.size();
    if (count == 0) {
        return stats;
    }
    stats.count = static_cast<std::uint32_t>(count);
    const auto middle = medianRanks(count);
    const std::array<std::size_t, 5> ranks{middle[0], middle[1], nearestRank(count, 97), nearestRank(count, 99),
                                           count - 1};
    const std::vector<double> values = samples.atRanks(ranks);
    stats.median = (values[0] + values[1]) / 2.0;
    stats.p97 = values[2];
    stats.p99 = values[3];
    stats.max = values[4];
    const std::vector<double> deviations = samples.distancesAtRanks(stats.median, middle);
    stats.mad = (deviations[0] + deviations[1]) / 2.0;
    return stats;
}

template <class Table> IoScale scaleOf(const Table& table, const RowIndexes& rows)
{
    return {statsOf(pairSamples(table, table.rxBytesPerSec, table.txBytesPerSec, rows)),
            statsOf(pairSamples(table, table.readBytesPerSec, table.writeBytesPerSec, rows))};
}

} // namespace

IoStats ioStats(const std::vector<double>& values)
{
    RankSamples samples(values.size());
    for (const double value : values) {
        samples.offer(value, true);
    }
    return statsOf(samples);
}

IoScale ioScale(const InfrastructureTable& table, const RowIndexes& rows)
{
    return scaleOf(table, rows);
}

IoScale ioScale(const WorkloadTable& table, const RowIndexes& rows)
{
    return scaleOf(table, rows);
}

IoEmphasis ioEmphasis(double value, const IoStats& stats)
{
    if (!(value > 0) || std::isinf(value) || !(stats.max > 0)) {
        return IoEmphasis::Normal;
    }
    if (stats.count < 4) {
        return value / stats.max >= 0.995 ? IoEmphasis::Medium : IoEmphasis::Normal;
    }
    if (stats.mad > 0) {
        const double score = 0.6745 * (value - stats.median) / stats.mad;
        if (score >= 6.5 && value >= stats.p99) {
            return IoEmphasis::Strong;
        }
        return score >= 5.5 && value >= stats.p97 ? IoEmphasis::Medium : IoEmphasis::Normal;
    }
    if (value >= stats.p99) {
        return IoEmphasis::Strong;
    }
    return value >= stats.p97 ? IoEmphasis::Medium : IoEmphasis::Normal;
}

} // namespace tracedeck
