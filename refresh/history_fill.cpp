// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/history_fill.h"

#include <algorithm>

namespace tracedeck {
namespace {

void fillBucket(MetricId metric, MetricCode& bucket, const HistoryPoint& point)
{
    const MetricCode code =
        encodeMetric(metric, static_cast<double>(isPercentMetric(metric) ? point.value : point.peak));
    bucket = bucket == kMissingCode || code == kMissingCode ? (code == kMissingCode ? bucket : code)
                                                            : std::max(bucket, code);
}

bool takeLine(std::span<MetricCode> into, const HistoryFrame& base, std::span<const MetricCode> from,
              const HistoryFrame& other)
{
    bool taken = false;
    for (std::size_t bucket = 0; bucket < into.size(); ++bucket) {
        if (into[bucket] != kMissingCode) {
            continue;
        }
        const std::int64_t middle = base.bucketTimeNs(bucket) + base.stepNs / 2;
        const std::int64_t offset = middle - other.bucketTimeNs(0);
        const std::int64_t at = offset < 0 ? -1 : offset / other.stepNs;
        if (at >= 0 && at < static_cast<std::int64_t>(from.size())
            && from[static_cast<std::size_t>(at)] != kMissingCode) {
            into[bucket] = from[static_cast<std::size_t>(at)];
            taken = true;
        }
    }
    return taken;
}

} // namespace

std::shared_ptr<HistoryFrame> emptyFrame(std::vector<RowKey> keys, HistoryRange range, std::uint32_t buckets,
                                         std::int64_t nowNs, std::size_t mostRows)
{
    auto frame = std::make_shared<HistoryFrame>();
    frame->range = range;
    frame->rowsKnown = keys.size();
    frame->buckets = std::max(buckets, 1U);
    frame->stepNs = historyRangeNs(range) / frame->buckets;
    frame->untilNs = (nowNs / frame->stepNs + 1) * frame->stepNs;
    keys.resize(std::min(keys.size(), mostRows));
    std::sort(keys.begin(), keys.end());
    frame->keys = std::move(keys);
    frame->codes.assign(frame->rows() * kMetricCount * frame->buckets, kMissingCode);
    return frame;
}

void fillFrameLine(HistoryFrame& frame, std::size_t row, MetricId metric, const std::vector<HistoryPoint>& points,
                   std::int64_t reachNs)
{
    const std::int64_t fromNs = frame.bucketTimeNs(0);
    const std::span<MetricCode> line = frame.line(row, metric);
    for (std::size_t i = 0; i < points.size(); ++i) {
        const HistoryPoint& point = points[i];
        if (point.isGap() || point.timeNs >= frame.untilNs) {
            continue;
        }
        const auto bucketOf = [&](std::int64_t timeNs) { return (timeNs - fromNs) / frame.stepNs; };
        const bool joined = i + 1 < points.size() && points[i + 1].timeNs - point.timeNs <= reachNs;
        const std::int64_t last = frame.buckets - 1;
        const std::int64_t end = joined && points[i + 1].timeNs > fromNs ? bucketOf(points[i + 1].timeNs) : 0;
        if (point.timeNs >= fromNs) {
            fillBucket(metric, line[static_cast<std::size_t>(bucketOf(point.timeNs))], point);
        }
        for (std::int64_t at = point.timeNs < fromNs ? 0 : bucketOf(point.timeNs) + 1; at < std::min(end, last + 1);
             ++at) {
            fillBucket(metric, line[static_cast<std::size_t>(at)], point);
        }
    }
}

std::shared_ptr<const HistoryFrame> filledFrame(std::shared_ptr<const HistoryFrame> base, const HistoryFrame& other,
                                                const MergedKeys& merged)
{
    if (base == nullptr || base->range != other.range || other.buckets == 0) {
        return base;
    }
    auto filled = std::make_shared<HistoryFrame>(*base);
    bool taken = false;
    const auto takeRow = [&](std::size_t row, RowKey theirs) {
        const std::size_t place = other.rowOf(theirs);
        for (std::size_t i = 0; place != SIZE_MAX && i < kMetricCount; ++i) {
            const auto metric = static_cast<MetricId>(i);
            taken = takeLine(filled->line(row, metric), *base, other.line(place, metric), other) || taken;
        }
    };
    for (std::size_t row = 0; row < filled->rows(); ++row) {
        takeRow(row, filled->keys[row]);
        for (auto [own, end] = merged.equal_range(filled->keys[row]); own != end; ++own) {
            takeRow(row, own->second);
        }
    }
    return taken ? std::shared_ptr<const HistoryFrame>(std::move(filled)) : base;
}

bool prependSeries(std::vector<HistorySeries>& own, const std::vector<HistorySeries>& other)
{
    bool taken = false;
    for (HistorySeries& mine : own) {
        const auto same = std::find_if(other.begin(), other.end(),
                                       [&](const HistorySeries& theirs) { return theirs.metric == mine.metric; });
        if (same == other.end()) {
            continue;
        }
        const auto first = std::find_if(mine.points.begin(), mine.points.end(),
                                        [](const HistoryPoint& point) { return !point.isGap(); });
        const std::int64_t until = first == mine.points.end() ? INT64_MAX : first->timeNs;
        std::vector<HistoryPoint> before;
        std::copy_if(same->points.begin(), same->points.end(), std::back_inserter(before),
                     [until](const HistoryPoint& point) { return point.timeNs < until; });
        if (before.empty()) {
            continue;
        }
        taken = true;
        before.insert(before.end(), first, mine.points.end());
        mine.points = std::move(before);
    }
    return taken;
}

std::vector<HistorySeries> mergedRecord(const HistorySource& source, const std::vector<RowKey>& keys,
                                        HistoryRange range, std::int64_t nowNs)
{
    std::vector<HistorySeries> series;
    for (const RowKey key : keys) {
        std::vector<HistorySeries> record = source.read(key, range, nowNs);
        if (series.empty()) {
            series = std::move(record);
        } else {
            (void)prependSeries(series, record);
        }
    }
    return series;
}

} // namespace tracedeck
