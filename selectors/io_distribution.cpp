// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/io_distribution.h"

#include "core/infrastructure_table.h"
#include "core/workload_table.h"
#include "selectors/rank_select.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

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

/// Negative, infinite and NaN values say nothing about how rates are distributed.
bool isSample(double value)
{
    return value >= 0 && value <= std::numeric_limits<double>::max();
}

template <class Table>
std::vector<double> pairSamples(const Table& table, const OptionalColumn<double>& a, const OptionalColumn<double>& b,
                                const RowIndexes& rows)
{
    const bool everyRow = rows.size() == table.rows();
    std::vector<double> samples(rows.size());
    std::size_t kept = 0;
    const auto take = [&](std::size_t row) {
        const double value = a.raw(row) + b.raw(row); // a missing side holds 0
        samples[kept] = value;
        kept += static_cast<std::size_t>(a.has(row) | b.has(row)) & static_cast<std::size_t>(isSample(value));
    };
    if (everyRow) { // in whatever order: the distribution does not care, memory does
        for (std::size_t row = 0; row < table.rows(); ++row) {
            take(row);
        }
    } else {
        for (const std::uint32_t row : rows) {
            take(row);
        }
    }
    samples.resize(kept);
    return samples;
}

/// Of samples that all count.
IoStats statsOf(std::vector<double> samples)
{
    IoStats stats;
    if (samples.empty()) {
        return stats;
    }
    const std::size_t count = samples.size();
    stats.count = static_cast<std::uint32_t>(count);
    const auto middle = medianRanks(count);
    const std::array<std::size_t, 5> ranks{middle[0], middle[1], nearestRank(count, 97), nearestRank(count, 99),
                                           count - 1};
    const std::vector<double> values = valuesAtRanks(samples, ranks);
    stats.median = (values[0] + values[1]) / 2.0;
    stats.p97 = values[2];
    stats.p99 = values[3];
    stats.max = values[4];
    for (double& value : samples) {
        value = std::abs(value - stats.median);
    }
    const std::vector<double> deviations = valuesAtRanks(samples, middle);
    stats.mad = (deviations[0] + deviations[1]) / 2.0;
    return stats;
}

template <class Table> IoScale scaleOf(const Table& table, const RowIndexes& rows)
{
    return {statsOf(pairSamples(table, table.rxBytesPerSec, table.txBytesPerSec, rows)),
            statsOf(pairSamples(table, table.readBytesPerSec, table.writeBytesPerSec, rows))};
}

} // namespace

IoStats ioStats(std::vector<double> samples)
{
    samples.erase(std::remove_if(samples.begin(), samples.end(), [](double value) { return !isSample(value); }),
                  samples.end());
    return statsOf(std::move(samples));
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
