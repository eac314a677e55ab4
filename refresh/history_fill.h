// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "refresh/history_source.h"
#include "refresh/merged_keys.h"

namespace tracedeck {

/// A frame without values: its grid of buckets, rows sorted, at most `mostRows` of them. Every source lays its
/// frames out by it, so that they can be put together.
[[nodiscard]] std::shared_ptr<HistoryFrame> emptyFrame(std::vector<RowKey> keys, HistoryRange range,
                                                       std::uint32_t buckets, std::int64_t nowNs,
                                                       std::size_t mostRows = SIZE_MAX);
/// Puts a course into one line of a frame: values of percentages, peaks of rates, of several points in a bucket the
/// largest; gaps and points outside the frame are passed over. Buckets between two points that are at most
/// `reachNs` apart take the earlier one.
void fillFrameLine(HistoryFrame& frame, std::size_t row, MetricId metric, const std::vector<HistoryPoint>& points,
                   std::int64_t reachNs);
/// `base` with its unknown buckets taken from `other`, by time; base itself when nothing is to be taken. Rows that
/// `other` has under one of the other keys in `merged` count as well.
[[nodiscard]] std::shared_ptr<const HistoryFrame> filledFrame(std::shared_ptr<const HistoryFrame> base,
                                                              const HistoryFrame& other, const MergedKeys& merged = {});
/// `own` with what `other` knows of the time before its first value in front; false when that is nothing.
bool prependSeries(std::vector<HistorySeries>& own, const std::vector<HistorySeries>& other);
/// What a source kept of a row under any of its keys (keysOf), earlier times of the others in front; blocks as
/// HistorySource::read does.
[[nodiscard]] std::vector<HistorySeries> mergedRecord(const HistorySource& source, const std::vector<RowKey>& keys,
                                                      HistoryRange range, std::int64_t nowNs);

} // namespace tracedeck
