// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metric_code.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace tracedeck {
namespace {

constexpr double kPercentSteps = 100;
constexpr double kMostCode = 65'534;
/// Codes per doubling of a rate: 40 doublings fill the scale.
constexpr double kRateSteps = kMostCode / 40;

/// All rates there are: looking one up costs a tenth of computing it, and pictures of large fleets need millions.
const std::vector<float>& rateTable()
{
    static const std::vector<float> table = [] {
        std::vector<float> rates(kMissingCode);
        for (std::size_t code = 0; code < rates.size(); ++code) {
            rates[code] = static_cast<float>(std::exp2(static_cast<double>(code) / kRateSteps) - 1);
        }
        return rates;
    }();
    return table;
}

} // namespace

MetricCode encodeMetric(MetricId metric, double value)
{
    if (std::isnan(value)) {
        return kMissingCode;
    }
    const double positive = std::max(value, 0.0);
    const double code = isPercentMetric(metric) ? positive * kPercentSteps : std::log2(1 + positive) * kRateSteps;
    return static_cast<MetricCode>(std::lround(std::min(code, kMostCode)));
}

float decodeMetric(MetricId metric, MetricCode code)
{
    if (code == kMissingCode) {
        return kHistoryGap;
    }
    return isPercentMetric(metric) ? static_cast<float>(code / kPercentSteps) : rateTable()[code];
}

} // namespace tracedeck
