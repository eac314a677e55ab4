// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metric_history.h"

#include <algorithm>
#include <cmath>

namespace tracedeck {
namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr std::int64_t kHourNs = 3'600 * kSecondNs;
constexpr std::size_t kNoRow = SIZE_MAX;

constexpr std::array<HistoryLayout, 5> kLayouts{{
    {5 * kSecondNs, 120, 60 * kSecondNs, 61},
    {0, 0, 60 * kSecondNs, 61},
    {0, 0, 120 * kSecondNs, 31},
    {0, 0, 300 * kSecondNs, 13},
    {0, 0, 600 * kSecondNs, 7},
}};

} // namespace

std::size_t HistoryLayout::bytesPerRow() const
{
    constexpr std::size_t kHeadBytes = 24;
    constexpr std::size_t kIndexBytes = 56; // node and bucket of the index
    return (fineSlots + 2 * coarseSlots) * kMetricCount * sizeof(MetricCode) + kHeadBytes + kIndexBytes;
}

HistoryLayout historyLayoutFor(std::size_t rows, std::size_t budgetBytes)
{
    for (const HistoryLayout& layout : kLayouts) {
        if (layout.bytesPerRow() * rows <= budgetBytes) {
            return layout;
        }
    }
    return kLayouts.back();
}

MetricHistory::MetricHistory(std::size_t budgetBytes) : m_budgetBytes(budgetBytes), m_layout(kLayouts.front())
{ }

std::size_t MetricHistory::codesPerRow() const
{
    return (m_layout.fineSlots + 2 * m_layout.coarseSlots) * kMetricCount;
}

MetricCode* MetricHistory::fineRing(std::size_t row, std::size_t metric)
{
    return m_codes.data() + row * codesPerRow() + metric * m_layout.fineSlots;
}

const MetricCode* MetricHistory::fineRing(std::size_t row, std::size_t metric) const
{
    return m_codes.data() + row * codesPerRow() + metric * m_layout.fineSlots;
}

MetricCode* MetricHistory::coarseRing(std::size_t row, std::size_t metric)
{
    return m_codes.data() + row * codesPerRow() + kMetricCount * m_layout.fineSlots + metric * 2 * m_layout.coarseSlots;
}

const MetricCode* MetricHistory::coarseRing(std::size_t row, std::size_t metric) const
{
    return m_codes.data() + row * codesPerRow() + kMetricCount * m_layout.fineSlots + metric * 2 * m_layout.coarseSlots;
}

void MetricHistory::beginRound(std::int64_t nowNs, std::size_t rows)
{
    if (nowNs < m_nowNs - kHourNs) {
        *this = MetricHistory(m_budgetBytes); // the clock was set back: what was kept lies in the future now
    }
    m_nowNs = nowNs;
    m_full = 0;
    // Only towards coarser rings: a fleet that shrank for a moment must not lose its hour twice.
    const HistoryLayout wanted = historyLayoutFor(std::max(rows, m_heads.size()), m_budgetBytes);
    if (wanted.bytesPerRow() < m_layout.bytesPerRow()) {
        adopt(wanted);
    }
    const std::size_t held = std::min(rows, m_budgetBytes / m_layout.bytesPerRow());
    if (held > m_heads.capacity()) {
        m_heads.reserve(held);
        m_codes.reserve(held * codesPerRow());
        m_rowOf.reserve(held);
    }
}

std::size_t MetricHistory::rowFor(RowKey key)
{
    const auto known = m_rowOf.find(key);
    if (known != m_rowOf.end()) {
        return known->second;
    }
    std::size_t row = kNoRow;
    if ((m_heads.size() + 1) * m_layout.bytesPerRow() <= m_budgetBytes) {
        row = m_heads.size();
        m_heads.emplace_back();
        m_codes.resize(m_codes.size() + codesPerRow());
    } else {
        row = freeRow();
    }
    if (row == kNoRow) {
        return row;
    }
    m_heads[row] = Head{};
    m_heads[row].key = key;
    std::fill_n(m_codes.begin() + static_cast<std::ptrdiff_t>(row * codesPerRow()), codesPerRow(), kMissingCode);
    m_rowOf.emplace(key, static_cast<std::uint32_t>(row));
    return row;
}

std::size_t MetricHistory::freeRow()
{
    if (m_full == m_heads.size()) {
        return kNoRow;
    }
    const std::int64_t oldest = (m_nowNs - kHourNs) / m_layout.coarseStepNs;
    for (; m_full < m_heads.size(); ++m_full) {
        m_reuseFrom = m_reuseFrom + 1 < m_heads.size() ? m_reuseFrom + 1 : 0;
        if (m_heads[m_reuseFrom].coarseSlot < oldest) {
            m_rowOf.erase(m_heads[m_reuseFrom].key);
            return m_reuseFrom;
        }
    }
    return kNoRow;
}

void MetricHistory::recordAt(RowKey key, std::int64_t timeNs, const MetricSample& sample)
{
    const std::size_t row = rowFor(key);
    if (row == kNoRow) {
        return;
    }
    if (m_layout.fineSlots > 0) {
        recordFine(row, timeNs, sample);
    }
    recordCoarse(row, timeNs, sample);
}

void MetricHistory::recordFine(std::size_t row, std::int64_t timeNs, const MetricSample& sample)
{
    Head& head = m_heads[row];
    const std::int64_t slot = timeNs / m_layout.fineStepNs;
    if (slot < head.fineSlot) {
        return; // a clock that went back a little: the slot was filled already
    }
    const std::int64_t skipped = std::min<std::int64_t>(slot - std::int64_t{head.fineSlot} - 1, m_layout.fineSlots);
    for (std::size_t metric = 0; metric < kMetricCount; ++metric) {
        MetricCode* ring = fineRing(row, metric);
        for (std::int64_t gap = slot - skipped; gap < slot; ++gap) {
            ring[gap % m_layout.fineSlots] = kMissingCode;
        }
        const MetricCode code = encodeMetric(static_cast<MetricId>(metric), sample[metric]);
        MetricCode& kept = ring[slot % m_layout.fineSlots];
        kept = slot == head.fineSlot && code == kMissingCode ? kept : code;
    }
    head.fineSlot = static_cast<std::uint32_t>(slot);
}

void MetricHistory::recordCoarse(std::size_t row, std::int64_t timeNs, const MetricSample& sample)
{
    Head& head = m_heads[row];
    const std::int64_t slot = timeNs / m_layout.coarseStepNs;
    if (slot < head.coarseSlot) {
        return;
    }
    const bool fresh = slot != head.coarseSlot;
    const std::int64_t first =
        std::max<std::int64_t>(std::int64_t{head.coarseSlot} + 1, slot - m_layout.coarseSlots + 1);
    for (std::size_t metric = 0; metric < kMetricCount; ++metric) {
        const auto id = static_cast<MetricId>(metric);
        MetricCode* ring = coarseRing(row, metric);
        for (std::int64_t cleared = first; fresh && cleared <= slot; ++cleared) {
            ring[2 * (cleared % m_layout.coarseSlots)] = kMissingCode;
            ring[2 * (cleared % m_layout.coarseSlots) + 1] = kMissingCode;
        }
        head.samples[metric] = fresh ? 0 : head.samples[metric];
        const MetricCode code = encodeMetric(id, sample[metric]);
        if (code == kMissingCode) {
            continue;
        }
        MetricCode& mean = ring[2 * (slot % m_layout.coarseSlots)];
        MetricCode& peak = ring[2 * (slot % m_layout.coarseSlots) + 1];
        constexpr std::uint8_t kMostSamples = 255;
        head.samples[metric] = static_cast<std::uint8_t>(std::min(head.samples[metric] + 1, int{kMostSamples}));
        const int count = head.samples[metric];
        if (count == 1) {
            mean = code;
            peak = code;
        } else {
            const double before = decodeMetric(id, mean);
            mean = encodeMetric(id, before + (static_cast<double>(sample[metric]) - before) / count);
            peak = std::max(peak, code); // both scales rise with the value
        }
    }
    head.coarseSlot = static_cast<std::uint32_t>(slot);
}

void MetricHistory::read(RowKey key, MetricId metric, std::int64_t nowNs, std::vector<HistoryPoint>& out) const
{
    const auto known = m_rowOf.find(key);
    if (known == m_rowOf.end()) {
        return;
    }
    const Head& head = m_heads[known->second];
    const std::int64_t fineStep = std::max<std::int64_t>(m_layout.fineStepNs, 1);
    const std::int64_t fineFrom = m_layout.fineSlots > 0 ? std::int64_t{head.fineSlot} - m_layout.fineSlots + 1 : 0;
    // Fine slots replace the coarse ones that they cover whole.
    const std::int64_t coarseUntilNs = m_layout.fineSlots > 0 ? fineFrom * fineStep : INT64_MAX;
    bool gap = false;
    const auto add = [&](std::int64_t timeNs, MetricCode mean, MetricCode peak) {
        if (mean != kMissingCode) {
            out.push_back({timeNs, decodeMetric(metric, mean), decodeMetric(metric, peak)});
            gap = false;
        } else if (!gap && !out.empty() && !out.back().isGap()) {
            out.push_back({timeNs, kHistoryGap, kHistoryGap});
            gap = true;
        }
    };
    const MetricCode* coarse = coarseRing(known->second, metricIndex(metric));
    const std::int64_t oldest =
        std::max(std::int64_t{head.coarseSlot} - m_layout.coarseSlots + 1, (nowNs - kHourNs) / m_layout.coarseStepNs);
    for (std::int64_t slot = oldest; slot <= head.coarseSlot; ++slot) {
        const std::int64_t at = slot * m_layout.coarseStepNs;
        if (at + m_layout.coarseStepNs > coarseUntilNs) {
            break;
        }
        const std::int64_t index = 2 * (slot % m_layout.coarseSlots);
        add(at, coarse[index], coarse[index + 1]);
    }
    if (m_layout.fineSlots == 0) {
        return;
    }
    const MetricCode* fine = fineRing(known->second, metricIndex(metric));
    const std::int64_t firstFine = std::max(fineFrom, (nowNs - kHourNs) / fineStep);
    for (std::int64_t slot = firstFine; slot <= head.fineSlot; ++slot) {
        const MetricCode code = fine[slot % m_layout.fineSlots];
        add(slot * fineStep, code, code);
    }
}

bool MetricHistory::summarise(RowKey key, std::int64_t fromNs, std::int64_t toNs, MetricSummary& out) const
{
    out.mean.fill(kMissingCode);
    out.peak.fill(kMissingCode);
    const auto known = m_rowOf.find(key);
    if (known == m_rowOf.end()) {
        return false;
    }
    const Head& head = m_heads[known->second];
    const std::int64_t first = std::max(std::int64_t{head.coarseSlot} - m_layout.coarseSlots + 1,
                                        (fromNs + m_layout.coarseStepNs - 1) / m_layout.coarseStepNs);
    const std::int64_t last = std::min<std::int64_t>(head.coarseSlot, (toNs - 1) / m_layout.coarseStepNs);
    bool any = false;
    for (std::size_t metric = 0; metric < kMetricCount; ++metric) {
        const auto id = static_cast<MetricId>(metric);
        const MetricCode* ring = coarseRing(known->second, metric);
        double sum = 0;
        int count = 0;
        for (std::int64_t slot = first; slot <= last; ++slot) {
            const std::int64_t at = 2 * (slot % m_layout.coarseSlots);
            if (ring[at] != kMissingCode) {
                sum += static_cast<double>(decodeMetric(id, ring[at]));
                out.peak[metric] = count++ == 0 ? ring[at + 1] : std::max(out.peak[metric], ring[at + 1]);
            }
        }
        out.mean[metric] = count > 0 ? encodeMetric(id, sum / count) : kMissingCode;
        any = any || count > 0;
    }
    return any;
}

bool MetricHistory::fillLine(RowKey key, MetricId metric, std::int64_t untilNs, std::int64_t stepNs,
                             std::span<MetricCode> out) const
{
    std::fill(out.begin(), out.end(), kMissingCode);
    const auto known = m_rowOf.find(key);
    if (known == m_rowOf.end()) {
        return false;
    }
    const Head& head = m_heads[known->second];
    const MetricCode* ring = coarseRing(known->second, metricIndex(metric));
    const std::int64_t fromNs = untilNs - stepNs * static_cast<std::int64_t>(out.size());
    const std::int64_t half = isPercentMetric(metric) ? 0 : 1;
    for (std::int64_t slot = std::max<std::int64_t>(std::int64_t{head.coarseSlot} - m_layout.coarseSlots + 1, 0);
         slot <= head.coarseSlot; ++slot) {
        const MetricCode code = ring[2 * (slot % m_layout.coarseSlots) + half];
        // A slot longer than a bucket fills all buckets it covers; what a bucket holds of several is the largest.
        const std::int64_t begin = std::max(slot * m_layout.coarseStepNs, fromNs);
        const std::int64_t end = std::min((slot + 1) * m_layout.coarseStepNs, untilNs);
        for (std::int64_t at = begin; code != kMissingCode && at < end; at += stepNs) {
            MetricCode& bucket = out[static_cast<std::size_t>((at - fromNs) / stepNs)];
            bucket = bucket == kMissingCode ? code : std::max(bucket, code);
        }
    }
    return true;
}

void MetricHistory::adopt(const HistoryLayout& layout)
{
    MetricHistory next(m_budgetBytes);
    next.m_layout = layout;
    std::array<std::vector<HistoryPoint>, kMetricCount> hour;
    for (const Head& head : m_heads) {
        if (m_rowOf.count(head.key) == 0) {
            continue;
        }
        std::vector<std::int64_t> moments;
        for (std::size_t metric = 0; metric < kMetricCount; ++metric) {
            hour[metric].clear();
            read(head.key, static_cast<MetricId>(metric), m_nowNs, hour[metric]);
            for (const HistoryPoint& point : hour[metric]) {
                moments.push_back(point.timeNs);
            }
        }
        std::sort(moments.begin(), moments.end());
        moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
        std::array<std::size_t, kMetricCount> at{};
        for (const std::int64_t moment : moments) {
            MetricSample sample;
            for (std::size_t metric = 0; metric < kMetricCount; ++metric) {
                sample[metric] = kHistoryGap;
                if (at[metric] < hour[metric].size() && hour[metric][at[metric]].timeNs == moment) {
                    // The peak: a coarser mean may be off a little, a lost peak would mislead.
                    sample[metric] = hour[metric][at[metric]++].peak;
                }
            }
            next.recordAt(head.key, moment, sample);
        }
    }
    next.m_nowNs = m_nowNs;
    *this = std::move(next);
}

std::size_t MetricHistory::memoryBytes() const
{
    constexpr std::size_t kNodeBytes = 32;
    return m_codes.capacity() * sizeof(MetricCode) + m_heads.capacity() * sizeof(Head)
        + m_rowOf.bucket_count() * sizeof(void*) + m_rowOf.size() * kNodeBytes;
}

} // namespace tracedeck
