// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history_frame.h"
#include "core/metric_history.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tracedeck {

/// What was kept of one row and metric, with where it comes from.
struct HistorySeries {
    MetricId metric = MetricId::Cpu;
    std::vector<HistoryPoint> points; ///< oldest first; gaps are points of their own
};

/// A place that knows how values went: this window's own record, later a server that kept one (Pulse,
/// Prometheus). Keyed by row, metric and range, so that views do not care which. Calls come from worker
/// threads, several at once, and may block on a disk or a server.
class HistorySource {
public:
    HistorySource() = default;
    HistorySource(const HistorySource&) = delete;
    HistorySource& operator=(const HistorySource&) = delete;
    virtual ~HistorySource() = default;

    /// Where it comes from, for people: "recorded by this window".
    [[nodiscard]] virtual std::string label() const = 0;
    /// All metrics of a row in [nowNs - range, nowNs], one series each in the order of MetricId; unknown rows
    /// give series without points.
    [[nodiscard]] virtual std::vector<HistorySeries> read(RowKey key, HistoryRange range, std::int64_t nowNs) const = 0;
    /// Calls under way and later ones give nothing, at once; before the window closes.
    virtual void abandon() { }
    /// The courses of these rows in at most `buckets` equal steps that end at or just after nowNs. Rows beyond
    /// the source's limit are left out, rowsKnown tells.
    [[nodiscard]] virtual std::shared_ptr<const HistoryFrame> frame(std::vector<RowKey> keys, HistoryRange range,
                                                                    std::uint32_t buckets,
                                                                    std::int64_t nowNs) const = 0;
};

} // namespace tracedeck
