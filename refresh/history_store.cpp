// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/history_store.h"

#include "refresh/history_fill.h"

#include <algorithm>
#include <utility>

namespace tracedeck {
namespace {

constexpr std::size_t kRowsPerLock = 256;
constexpr std::int64_t kMemoryHourNs = 3'600'000'000'000;

/// The level that a range beyond the hour is read from.
HistoryLevel levelOf(HistoryRange range)
{
    return range == HistoryRange::Week ? HistoryLevel::Week
        : range == HistoryRange::Day   ? HistoryLevel::Day
                                       : HistoryLevel::SixHours;
}

template <class Table> MetricSample sampleOf(const Table& table, std::size_t row)
{
    MetricSample sample;
    const auto put = [&](MetricId metric, std::optional<double> value) {
        sample[metricIndex(metric)] = value ? static_cast<float>(*value) : kHistoryGap;
    };
    put(MetricId::Cpu, table.cpuPercent.get(row));
    put(MetricId::Memory, table.memoryPercent.get(row));
    put(MetricId::Disk, table.diskPercent.get(row));
    put(MetricId::NetRx, table.rxBytesPerSec.get(row));
    put(MetricId::NetTx, table.txBytesPerSec.get(row));
    const auto read = table.readBytesPerSec.get(row);
    const auto written = table.writeBytesPerSec.get(row);
    put(MetricId::DiskIo, read || written ? std::optional(read.value_or(0) + written.value_or(0)) : std::nullopt);
    return sample;
}

MetricSample meansOf(const MetricSummary& summary)
{
    MetricSample sample;
    for (std::size_t metric = 0; metric < kMetricCount; ++metric) {
        sample[metric] = decodeMetric(static_cast<MetricId>(metric), summary.mean[metric]);
    }
    return sample;
}

MetricSummary summaryOf(const MetricSample& sample)
{
    MetricSummary summary{};
    for (std::size_t metric = 0; metric < kMetricCount; ++metric) {
        summary.mean[metric] = encodeMetric(static_cast<MetricId>(metric), static_cast<double>(sample[metric]));
    }
    summary.peak = summary.mean;
    return summary;
}

} // namespace

MetricSample metricSampleOf(const InfrastructureTable& table, std::size_t row)
{
    return sampleOf(table, row);
}

MetricSample metricSampleOf(const WorkloadTable& table, std::size_t row)
{
    return sampleOf(table, row);
}

HistoryStore::HistoryStore(const HistoryStoreOptions& options) : m_options(options), m_hour(options.memoryBytes)
{ }

HistoryFile& HistoryStore::file() const
{
    if (m_file == nullptr) {
        m_file = std::make_unique<HistoryFile>(m_options.file, m_options.fileBytes);
        if (!m_file->asidePath().empty() && m_options.fileSetAside) {
            m_options.fileSetAside(m_file->asidePath());
        }
    }
    return *m_file;
}

std::string HistoryStore::label() const
{
    return "recorded by this window";
}

void HistoryStore::sample(const FleetSnapshot& snapshot, std::int64_t nowNs)
{
    const std::size_t hosts = snapshot.infrastructure ? snapshot.infrastructure->rows() : 0;
    const std::size_t workloads = snapshot.workloads ? snapshot.workloads->rows() : 0;
    completeSlots(snapshot, nowNs);
    {
        const std::lock_guard lock(m_mutex);
        m_hour.beginRound(nowNs, hosts + workloads);
    }
    if (hosts > 0) {
        sampleTable(*snapshot.infrastructure, nowNs);
    }
    if (workloads > 0) {
        sampleTable(*snapshot.workloads, nowNs);
    }
}

template <class Table> void HistoryStore::sampleTable(const Table& table, std::int64_t nowNs)
{
    for (std::size_t begin = 0; begin < table.rows(); begin += kRowsPerLock) {
        const std::lock_guard lock(m_mutex);
        const std::size_t end = std::min(table.rows(), begin + kRowsPerLock);
        for (std::size_t row = begin; row < end; ++row) {
            if ((table.flags[row] & kRowStale) != 0) {
                continue;
            }
            if (!m_hour.knows(table.keys[row])) {
                recall(table.keys[row], nowNs);
            }
            m_hour.recordAt(table.keys[row], nowNs, sampleOf(table, row));
        }
    }
}

/// A row seen for the first time in this run: its last hour may lie in the file.
void HistoryStore::recall(RowKey key, std::int64_t nowNs)
{
    const std::int64_t step = historyLevelShape(HistoryLevel::SixHours).stepNs;
    for (const HistoryFile::Slot& slot : file().slots(key, HistoryLevel::SixHours, nowNs - kMemoryHourNs, nowNs)) {
        const MetricSample means = meansOf(slot.summary);
        // A slot of the file is longer than one of the finest rings: it says the same for all it covers.
        for (std::int64_t at = slot.number * step; at < std::min((slot.number + 1) * step, nowNs);
             at += std::min(step, m_hour.layout().coarseStepNs)) {
            m_hour.recordAt(key, at, means);
        }
    }
}

void HistoryStore::completeSlots(const FleetSnapshot& snapshot, std::int64_t nowNs)
{
    for (std::size_t i = 0; i < m_slots.size(); ++i) {
        const auto level = static_cast<HistoryLevel>(i);
        const std::int64_t slot = nowNs / historyLevelShape(level).stepNs;
        const std::int64_t before = std::exchange(m_slots[i], slot);
        if (before == 0 || slot == before || m_options.file.empty()) {
            continue;
        }
        if (snapshot.infrastructure) { // hosts first: when the file is full, workloads are left out
            completeTable(*snapshot.infrastructure, level, before);
        }
        if (snapshot.workloads) {
            completeTable(*snapshot.workloads, level, before);
        }
    }
}

template <class Table> void HistoryStore::completeTable(const Table& table, HistoryLevel level, std::int64_t slot)
{
    const std::int64_t step = historyLevelShape(level).stepNs;
    bool room = true;
    for (std::size_t begin = 0; begin < table.rows(); begin += kRowsPerLock) {
        const std::lock_guard lock(m_mutex);
        const std::size_t end = std::min(table.rows(), begin + kRowsPerLock);
        for (std::size_t row = begin; row < end; ++row) {
            MetricSummary summary{};
            const bool kept = room || file().knows(table.keys[row]); // looking for room that is not there is slow
            if (kept && m_hour.summarise(table.keys[row], slot * step, (slot + 1) * step, summary)) {
                room = file().write(table.keys[row], level, slot, summary) && room;
            }
        }
    }
}

void HistoryStore::addPast(RowKey key, const std::vector<PastSample>& hour, HistoryLevel level,
                           const std::vector<PastSample>& slots)
{
    const std::lock_guard lock(m_mutex);
    for (const PastSample& past : hour) {
        m_hour.recordAt(key, past.timeNs, past.values);
    }
    for (const PastSample& past : slots) {
        file().write(key, level, past.timeNs / historyLevelShape(level).stepNs, summaryOf(past.values));
    }
}

std::vector<HistorySeries> HistoryStore::read(RowKey key, HistoryRange range, std::int64_t nowNs) const
{
    std::vector<HistorySeries> all(kMetricCount);
    const std::lock_guard lock(m_mutex);
    for (std::size_t i = 0; i < kMetricCount; ++i) {
        HistorySeries& series = all[i];
        series.metric = static_cast<MetricId>(i);
        std::vector<HistoryPoint> recent;
        m_hour.read(key, series.metric, nowNs, recent);
        if (range != HistoryRange::Hour) {
            // Beyond the hour from the file, its last hour from memory, where it is newer and finer.
            const std::int64_t until = recent.empty() ? nowNs + 1 : recent.front().timeNs;
            file().read(key, series.metric, levelOf(range), nowNs - historyRangeNs(range), until, series.points);
            const std::int64_t step = historyLevelShape(levelOf(range)).stepNs;
            if (!series.points.empty() && !recent.empty() && until - series.points.back().timeNs > 2 * step) {
                series.points.push_back({series.points.back().timeNs + step, kHistoryGap, kHistoryGap});
            }
        }
        series.points.insert(series.points.end(), recent.begin(), recent.end());
    }
    return all;
}

std::shared_ptr<const HistoryFrame> HistoryStore::frame(std::vector<RowKey> keys, HistoryRange range,
                                                        std::uint32_t buckets, std::int64_t nowNs) const
{
    auto frame = emptyFrame(std::move(keys), range, buckets, nowNs, kFrameRows);
    for (std::size_t begin = 0; begin < frame->rows(); begin += kRowsPerLock) {
        const std::lock_guard lock(m_mutex);
        const std::size_t end = std::min(frame->rows(), begin + kRowsPerLock);
        for (std::size_t row = begin; row < end; ++row) {
            for (std::size_t i = 0; i < kMetricCount; ++i) {
                const auto metric = static_cast<MetricId>(i);
                m_hour.fillLine(frame->keys[row], metric, frame->untilNs, frame->stepNs, frame->line(row, metric));
            }
            if (range != HistoryRange::Hour) {
                fillFromFile(*frame, row);
            }
        }
    }
    return frame;
}

void HistoryStore::fillFromFile(HistoryFrame& frame, std::size_t row) const
{
    const HistoryLevel level = levelOf(frame.range);
    const std::int64_t step = historyLevelShape(level).stepNs;
    const std::int64_t fromNs = frame.untilNs - frame.stepNs * frame.buckets;
    for (const HistoryFile::Slot& slot : file().slots(frame.keys[row], level, fromNs, frame.untilNs)) {
        const std::int64_t begin = std::max(slot.number * step, fromNs);
        const std::int64_t end = std::min((slot.number + 1) * step, frame.untilNs);
        for (std::size_t i = 0; i < kMetricCount; ++i) {
            const auto metric = static_cast<MetricId>(i);
            const MetricCode code = isPercentMetric(metric) ? slot.summary.mean[i] : slot.summary.peak[i];
            const std::span<MetricCode> line = frame.line(row, metric);
            for (std::int64_t at = begin; code != kMissingCode && at < end; at += frame.stepNs) {
                MetricCode& bucket = line[static_cast<std::size_t>((at - fromNs) / frame.stepNs)];
                bucket = bucket == kMissingCode ? code : std::max(bucket, code);
            }
        }
    }
}

std::size_t HistoryStore::heldRows() const
{
    const std::lock_guard lock(m_mutex);
    return m_hour.heldRows();
}

std::size_t HistoryStore::memoryBytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_hour.memoryBytes();
}

} // namespace tracedeck
