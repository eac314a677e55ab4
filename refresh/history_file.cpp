// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/history_file.h"

#include <algorithm>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tracedeck {
namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr std::int64_t kHourNs = 3'600 * kSecondNs;
constexpr std::size_t kLevels = static_cast<std::size_t>(HistoryLevel::Count);
constexpr std::array<HistoryLevelShape, kLevels> kShapes{
    {{120 * kSecondNs, 182}, {600 * kSecondNs, 146}, {3'600 * kSecondNs, 170}}};

constexpr std::size_t kEntryBytes = sizeof(std::uint16_t) + 2 * kMetricCount * sizeof(MetricCode);
constexpr std::size_t kRecordHead = 16; // key, hour of the last write
constexpr std::size_t kEntries = kShapes[0].slots + kShapes[1].slots + kShapes[2].slots;
constexpr std::size_t kRecordBytes = kRecordHead + kEntries * kEntryBytes;

struct FileHead {
    std::uint64_t magic = 0x31545349'48445254; // "TRDHIST1"
    std::uint64_t recordBytes = kRecordBytes;
};
constexpr std::size_t kFileHead = sizeof(FileHead);

std::int64_t recordOffset(std::size_t record)
{
    return static_cast<std::int64_t>(kFileHead + record * kRecordBytes);
}

} // namespace

HistoryLevelShape historyLevelShape(HistoryLevel level)
{
    return kShapes[static_cast<std::size_t>(level)];
}

HistoryFile::HistoryFile(const std::string& path, std::size_t budgetBytes)
    : m_capacity(budgetBytes > kFileHead ? (budgetBytes - kFileHead) / kRecordBytes : 0)
{
    static_assert(sizeof(Entry) == kEntryBytes, "entries are written as they lie in memory");
    if (!path.empty()) {
        openFile(path);
    }
}

HistoryFile::~HistoryFile()
{
    if (m_file >= 0) {
        ::close(m_file);
    }
}

void HistoryFile::openFile(const std::string& path)
{
    m_file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    m_writable = m_file >= 0;
    if (!m_writable) {
        m_file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    }
    if (m_file < 0) {
        return;
    }
    struct stat info { };
    FileHead head;
    const FileHead wanted;
    const bool known = ::fstat(m_file, &info) == 0 && ::pread(m_file, &head, sizeof(head), 0) == sizeof(head)
        && head.magic == wanted.magic && head.recordBytes == wanted.recordBytes;
    if (known) {
        readKeys(info.st_size);
    } else if (m_writable) {
        if (info.st_size > 0) {
            putAside(path);
        }
        m_writable = m_writable && ::ftruncate(m_file, 0) == 0 && put(&wanted, sizeof(wanted), 0);
    }
}

/// Another program may want it, or a person; what cannot be moved is written over.
void HistoryFile::putAside(const std::string& path)
{
    const std::string aside = path + ".corrupt";
    if (std::rename(path.c_str(), aside.c_str()) != 0) {
        return;
    }
    m_aside = aside;
    ::close(m_file);
    m_file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    m_writable = m_file >= 0;
}

void HistoryFile::readKeys(std::int64_t size)
{
    const auto records = static_cast<std::size_t>(std::max<std::int64_t>(0, size - static_cast<std::int64_t>(kFileHead))
                                                  / static_cast<std::int64_t>(kRecordBytes));
    for (std::size_t record = 0; record < std::min(records, m_capacity); ++record) {
        Use use;
        if (::pread(m_file, &use, sizeof(use), recordOffset(record)) != sizeof(use)) {
            return;
        }
        // A key that stands twice (a torn write) is read from its first record; the other is taken over later.
        const bool first = use.key != 0 && m_recordOf.emplace(use.key, static_cast<std::uint32_t>(record)).second;
        m_uses.push_back(first ? use : Use{});
    }
}

bool HistoryFile::put(const void* data, std::size_t bytes, std::int64_t at)
{
    if (::pwrite(m_file, data, bytes, at) != static_cast<ssize_t>(bytes)) {
        m_writable = false; // full or gone: what is there can still be read
    }
    return m_writable;
}

std::uint16_t HistoryFile::tagOf(std::int64_t slot)
{
    return static_cast<std::uint16_t>(slot % 0xFFFF + 1);
}

std::int64_t HistoryFile::entryOffset(std::size_t record, HistoryLevel level, std::int64_t slot)
{
    std::size_t before = 0;
    for (std::size_t i = 0; i < static_cast<std::size_t>(level); ++i) {
        before += kShapes[i].slots;
    }
    const std::size_t entry = before + static_cast<std::size_t>(slot % kShapes[static_cast<std::size_t>(level)].slots);
    return recordOffset(record) + static_cast<std::int64_t>(kRecordHead + entry * kEntryBytes);
}

bool HistoryFile::recordFor(RowKey key, std::int64_t hour, std::uint32_t& record)
{
    const auto known = m_recordOf.find(key);
    if (known != m_recordOf.end()) {
        record = known->second;
    } else {
        constexpr std::int64_t kWeekHours = 168;
        auto unused = std::find_if(m_uses.begin(), m_uses.end(),
                                   [hour](const Use& use) { return use.key == 0 || use.hour < hour - kWeekHours; });
        if (unused == m_uses.end() && m_uses.size() >= m_capacity) { // a clock that was wrong, a damaged record
            unused = std::find_if(m_uses.begin(), m_uses.end(),
                                  [hour](const Use& use) { return use.hour > hour + kWeekHours; });
        }
        if (unused == m_uses.end() && m_uses.size() >= m_capacity) {
            return false;
        }
        record = static_cast<std::uint32_t>(unused - m_uses.begin());
        const std::vector<char> empty(kRecordBytes, 0);
        if (!put(empty.data(), empty.size(), recordOffset(record))) {
            return false;
        }
        if (unused == m_uses.end()) {
            m_uses.emplace_back();
        }
        m_recordOf.erase(m_uses[record].key);
        m_recordOf.emplace(key, record);
        m_uses[record] = {};
    }
    Use& use = m_uses[record];
    if (use.key == key && use.hour == hour) {
        return true;
    }
    use = {key, hour};
    return put(&use, sizeof(use), recordOffset(record));
}

bool HistoryFile::write(RowKey key, HistoryLevel level, std::int64_t slot, const MetricSummary& summary)
{
    std::uint32_t record = 0;
    const HistoryLevelShape shape = historyLevelShape(level);
    if (!m_writable || key == 0 || slot < 0 || !recordFor(key, slot * shape.stepNs / kHourNs, record)) {
        return false;
    }
    Entry entry;
    entry.tag = tagOf(slot);
    entry.mean = summary.mean;
    entry.peak = summary.peak;
    const std::int64_t at = entryOffset(record, level, slot);
    Entry before;
    if (::pread(m_file, &before, sizeof(before), at) == sizeof(before) && before.tag == entry.tag) {
        for (std::size_t metric = 0; metric < kMetricCount; ++metric) {
            const auto id = static_cast<MetricId>(metric);
            if (before.mean[metric] == kMissingCode) {
                continue;
            }
            const bool both = entry.mean[metric] != kMissingCode;
            entry.mean[metric] = both
                ? encodeMetric(id, (decodeMetric(id, entry.mean[metric]) + decodeMetric(id, before.mean[metric])) / 2.0)
                : before.mean[metric];
            entry.peak[metric] = both ? std::max(entry.peak[metric], before.peak[metric]) : before.peak[metric];
        }
    }
    return put(&entry, sizeof(entry), at);
}

std::vector<HistoryFile::Slot> HistoryFile::slots(RowKey key, HistoryLevel level, std::int64_t fromNs,
                                                  std::int64_t toNs) const
{
    std::vector<Slot> found;
    const auto known = m_recordOf.find(key);
    if (known == m_recordOf.end() || toNs <= fromNs) {
        return found;
    }
    const HistoryLevelShape shape = historyLevelShape(level);
    std::vector<Entry> ring(shape.slots);
    const auto bytes = static_cast<ssize_t>(ring.size() * sizeof(Entry));
    if (::pread(m_file, ring.data(), static_cast<std::size_t>(bytes), entryOffset(known->second, level, 0)) < bytes) {
        return found;
    }
    const std::int64_t last = (toNs - 1) / shape.stepNs;
    const std::int64_t first = std::max({fromNs / shape.stepNs, last - shape.slots + 1, std::int64_t{0}});
    for (std::int64_t slot = first; slot <= last; ++slot) {
        const Entry& entry = ring[static_cast<std::size_t>(slot % shape.slots)];
        if (entry.tag == tagOf(slot)) {
            found.push_back({slot, {entry.mean, entry.peak}});
        }
    }
    return found;
}

void HistoryFile::read(RowKey key, MetricId metric, HistoryLevel level, std::int64_t fromNs, std::int64_t toNs,
                       std::vector<HistoryPoint>& out) const
{
    const std::int64_t step = historyLevelShape(level).stepNs;
    const std::size_t at = metricIndex(metric);
    std::int64_t previous = -1;
    for (const Slot& slot : slots(key, level, fromNs, toNs)) {
        if (slot.summary.mean[at] == kMissingCode) {
            continue;
        }
        if (previous >= 0 && slot.number != previous + 1) {
            out.push_back({(previous + 1) * step, kHistoryGap, kHistoryGap});
        }
        previous = slot.number;
        out.push_back({slot.number * step, decodeMetric(metric, slot.summary.mean[at]),
                       decodeMetric(metric, slot.summary.peak[at])});
    }
}

} // namespace tracedeck
