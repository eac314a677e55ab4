// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history_frame.h"
#include "views/segment_bar.h"

#include <QString>
#include <vector>

namespace tracedeck {

/// "84%" or "7.34 MB/s"; an en dash for a gap.
[[nodiscard]] QString metricText(MetricId metric, double value);
/// "CPU", "Memory", "Disk", "Network in", "Network out", "Disk I/O".
[[nodiscard]] QString metricTitle(MetricId metric);
/// Local time as precise as the range deserves: "10:42:05", "10:42", "Sat 10:42".
[[nodiscard]] QString courseTimeText(std::int64_t ns, HistoryRange range);
/// "1 h", "6 h", "24 h", "7 d", also the ids of range choices.
[[nodiscard]] QString rangeText(HistoryRange range);
/// A choice for every range, shortest first.
[[nodiscard]] std::vector<Segment> rangeSegments();
[[nodiscard]] HistoryRange rangeOfText(const QString& text);

} // namespace tracedeck
