// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/density_map.h"

#include <algorithm>
#include <cmath>

namespace tracedeck {
namespace {

/// Sum of the metrics in one bucket; below 0 when none is known.
double bucketSum(const HistoryFrame& frame, std::size_t row, std::span<const MetricId> metrics, std::size_t bucket)
{
    double sum = -1;
    for (const MetricId metric : metrics) {
        const MetricCode code = frame.line(row, metric)[bucket];
        if (code != kMissingCode) {
            sum = std::max(sum, 0.0) + static_cast<double>(decodeMetric(metric, code));
        }
    }
    return sum;
}

float opacityOf(double value, double peak)
{
    constexpr double kFaintest = 0.15;
    if (value < 0) {
        return -1;
    }
    if (value == 0 || peak <= 0) {
        return 0;
    }
    return static_cast<float>(std::clamp(std::log(1 + 99 * value / peak) / std::log(100.0), kFaintest, 1.0));
}

} // namespace

DensityMap densityMap(const HistoryFrame& frame, std::span<const std::uint32_t> rows, std::span<const MetricId> metrics,
                      std::size_t always, std::size_t strips, std::size_t columns)
{
    DensityMap map;
    std::vector<DensityStrip> all;
    for (const std::uint32_t row : rows) {
        DensityStrip strip;
        strip.row = row;
        bool known = false;
        for (std::size_t bucket = 0; bucket < frame.buckets; ++bucket) {
            const double value = bucketSum(frame, row, metrics, bucket);
            known = known || value >= 0;
            strip.volume += std::max(value, 0.0);
        }
        if (known) {
            all.push_back(std::move(strip));
        }
    }
    map.rowsWithData = all.size();
    const auto larger = [always](const DensityStrip& a, const DensityStrip& b) {
        if ((a.row == always) != (b.row == always)) {
            return a.row == always; // kept first while cutting, ordered by volume afterwards
        }
        return a.volume != b.volume ? a.volume > b.volume : a.row < b.row;
    };
    const std::size_t kept = std::min(strips, all.size());
    std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept), all.end(), larger);
    all.resize(kept);
    std::sort(all.begin(), all.end(), [](const DensityStrip& a, const DensityStrip& b) {
        return a.volume != b.volume ? a.volume > b.volume : a.row < b.row;
    });
    std::vector<std::vector<double>> values;
    for (const DensityStrip& strip : all) {
        std::vector<double> cells(columns, -1);
        for (std::size_t bucket = 0; bucket < frame.buckets; ++bucket) {
            const double value = bucketSum(frame, strip.row, metrics, bucket);
            const std::size_t from = bucket * columns / frame.buckets;
            const std::size_t to = std::max(from + 1, (bucket + 1) * columns / frame.buckets);
            for (std::size_t cell = from; cell < std::min(to, columns); ++cell) {
                cells[cell] = std::max(cells[cell], value);
            }
            map.peakPerSec = std::max(map.peakPerSec, value);
        }
        values.push_back(std::move(cells));
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (const double value : values[i]) {
            all[i].cells.push_back(opacityOf(value, map.peakPerSec));
        }
    }
    map.strips = std::move(all);
    return map;
}

} // namespace tracedeck
