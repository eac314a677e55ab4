// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metric_id.h"

#include <cstdint>
#include <limits>

namespace tracedeck {

/// A metric value in 16 bits, so that an hour of a row fits into little memory. Percentages in steps of 0.01
/// up to 655.34; rates on a logarithmic scale with a relative error below 0.04 %, up to 1.1e12 bytes per
/// second; larger values stay at the end of the scale. Missing = kMissingCode; NaN encodes to it.
using MetricCode = std::uint16_t;
inline constexpr MetricCode kMissingCode = 0xFFFF;

/// A gap in a series of floats.
inline constexpr float kHistoryGap = std::numeric_limits<float>::quiet_NaN();

[[nodiscard]] MetricCode encodeMetric(MetricId metric, double value);
/// kHistoryGap for kMissingCode.
[[nodiscard]] float decodeMetric(MetricId metric, MetricCode code);

} // namespace tracedeck
