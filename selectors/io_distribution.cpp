// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/io_distribution.h"

#include "core/infrastructure_table.h"
#include "core/workload_table.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace tracedeck {
namespace {

using Iterator = std::vector<double>::iterator;

/// Median of a non-empty range; reorders it so that everything from the middle on is not smaller.
double medianOf(Iterator begin, Iterator end)
{
    const std::ptrdiff_t count = end - begin;
    const Iterator middle = begin + count / 2;
    std::nth_element(begin, middle, end);
    if (count % 2 == 1) {
        return *middle;
    }
    return (*std::max_element(begin, middle) + *middle) / 2.0;
}

/// Nearest rank p in percent: element ceil(p * n / 100), counted from 1. Whole numbers, so that no
/// rounding decides.
std::size_t nearestRank(std::size_t count, std::size_t percent)
{
    return (count * percent + 99) / 100 - 1;
}

template <class Table>
std::vector<double> pairSamples(const Table& table, const OptionalColumn<double>& a, const OptionalColumn<double>& b,
                                const RowIndexes& rows)
{
    const bool everyRow = rows.size() == table.rows();
    std::vector<double> samples(rows.size());
    std::size_t kept = 0;
    const auto take = [&](std::size_t row) {
        samples[kept] = a.raw(row) + b.raw(row); // a missing side holds 0
        kept += a.has(row) || b.has(row) ? 1U : 0U;
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

template <class Table> IoScale scaleOf(const Table& table, const RowIndexes& rows)
{
    return {ioStats(pairSamples(table, table.rxBytesPerSec, table.txBytesPerSec, rows)),
            ioStats(pairSamples(table, table.readBytesPerSec, table.writeBytesPerSec, rows))};
}

} // namespace

IoStats ioStats(std::vector<double> samples)
{
    samples.erase(
        std::remove_if(samples.begin(), samples.end(), [](double value) { return !(value >= 0) || std::isinf(value); }),
        samples.end());
    IoStats stats;
    if (samples.empty()) {
        return stats;
    }
    const std::size_t count = samples.size();
    stats.count = static_cast<std::uint32_t>(count);
    stats.median = medianOf(samples.begin(), samples.end());
    const auto at = [&](std::size_t index) { return samples.begin() + static_cast<std::ptrdiff_t>(index); };
    const std::size_t middle = count / 2;
    const std::size_t rank97 = nearestRank(count, 97);
    const std::size_t rank99 = nearestRank(count, 99);
    // Each selection works in what the one before left above its rank, and leaves its own rank alone.
    if (rank97 > middle) {
        std::nth_element(at(middle + 1), at(rank97), samples.end());
    }
    if (rank99 > rank97) {
        std::nth_element(at(rank97 + 1), at(rank99), samples.end());
    }
    stats.p97 = samples[rank97];
    stats.p99 = samples[rank99];
    stats.max = *std::max_element(at(rank99), samples.end());
    for (double& value : samples) {
        value = std::abs(value - stats.median);
    }
    stats.mad = medianOf(samples.begin(), samples.end());
    return stats;
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
