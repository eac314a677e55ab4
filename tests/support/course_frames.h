// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history_frame.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

namespace tracedeck::sample {

constexpr std::int64_t kFrameEndNs = 1'800'000'000'000'000'000;

/// A frame over these keys: CPU of row i wanders around 10 + i, memory is 40, rates grow with the row; buckets
/// in `gaps` are missing for everybody.
inline std::shared_ptr<HistoryFrame> frameOf(std::vector<RowKey> keys, std::uint32_t buckets = 60,
                                             HistoryRange range = HistoryRange::Hour,
                                             const std::vector<std::size_t>& gaps = {})
{
    auto frame = std::make_shared<HistoryFrame>();
    std::sort(keys.begin(), keys.end());
    frame->range = range;
    frame->keys = std::move(keys);
    frame->rowsKnown = frame->keys.size();
    frame->buckets = buckets;
    frame->stepNs = historyRangeNs(range) / buckets;
    frame->untilNs = kFrameEndNs;
    frame->codes.assign(frame->rows() * kMetricCount * buckets, kMissingCode);
    for (std::size_t row = 0; row < frame->rows(); ++row) {
        for (std::size_t i = 0; i < buckets; ++i) {
            if (std::find(gaps.begin(), gaps.end(), i) != gaps.end()) {
                continue;
            }
            const double wave = 5 * std::sin(static_cast<double>(i + row) / 7);
            frame->line(row, MetricId::Cpu)[i] = encodeMetric(MetricId::Cpu, 10 + static_cast<double>(row % 80) + wave);
            frame->line(row, MetricId::Memory)[i] = encodeMetric(MetricId::Memory, 40);
            frame->line(row, MetricId::NetRx)[i] = encodeMetric(MetricId::NetRx, 1e5 * static_cast<double>(row + 1));
        }
    }
    return frame;
}

} // namespace tracedeck::sample
