// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metric_history.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace tracedeck {

/// The levels that history beyond the hour is kept in.
enum class HistoryLevel : std::uint8_t { SixHours, Day, Week, Count };

struct HistoryLevelShape {
    std::int64_t stepNs;
    std::uint32_t slots;
};

/// 2 minutes for 6 hours, 10 minutes for a day, 1 hour for a week.
[[nodiscard]] HistoryLevelShape historyLevelShape(HistoryLevel level);

/// Courses of rows over hours and days in one file of fixed-size records, 12.9 KB a row, never larger than
/// its budget: a row beyond it takes the record of one that was not written for a week, else is left out.
/// Every slot says itself which time it belongs to, so a crash between two writes loses single slots and
/// nothing else. A file that is none of these, or of another version, is put aside as "<name>.corrupt" and a new one
/// begun. Not thread-safe; every call may block on
/// the disk. A disk that fails to write makes it read-only until the next start.
class HistoryFile {
public:
    /// Opens or makes the file; an empty path keeps nothing.
    HistoryFile(const std::string& path, std::size_t budgetBytes);
    ~HistoryFile();
    HistoryFile(const HistoryFile&) = delete;
    HistoryFile& operator=(const HistoryFile&) = delete;

    [[nodiscard]] bool isOpen() const noexcept { return m_file >= 0; }
    [[nodiscard]] std::size_t rows() const noexcept { return m_recordOf.size(); }
    [[nodiscard]] bool knows(RowKey key) const { return m_recordOf.count(key) != 0; }
    [[nodiscard]] std::size_t capacity() const noexcept { return m_capacity; }
    /// Where what was there before was put because it could not be read; empty = it could, or there was nothing.
    [[nodiscard]] const std::string& asidePath() const noexcept { return m_aside; }

    /// Stores a slot (number = time / step). A slot that is there already is merged: mean of means, larger peak.
    /// False when there is no room for the row or the disk refuses.
    bool write(RowKey key, HistoryLevel level, std::int64_t slot, const MetricSummary& summary);
    /// Appends what is known of [fromNs, toNs), oldest first, one gap point for each run of missing slots.
    void read(RowKey key, MetricId metric, HistoryLevel level, std::int64_t fromNs, std::int64_t toNs,
              std::vector<HistoryPoint>& out) const;
    /// All slots of a level within [fromNs, toNs) with all metrics, oldest first; absent ones are left out.
    struct Slot {
        std::int64_t number = 0;
        MetricSummary summary;
    };
    [[nodiscard]] std::vector<Slot> slots(RowKey key, HistoryLevel level, std::int64_t fromNs, std::int64_t toNs) const;

private:
    struct Entry {
        std::uint16_t tag = 0; ///< low bits of the slot number + 1; 0 = never written
        std::array<MetricCode, kMetricCount> mean{};
        std::array<MetricCode, kMetricCount> peak{};
    };
    [[nodiscard]] static std::int64_t entryOffset(std::size_t record, HistoryLevel level, std::int64_t slot);
    [[nodiscard]] static std::uint16_t tagOf(std::int64_t slot);
    void openFile(const std::string& path);
    void putAside(const std::string& path);
    void readKeys(std::int64_t size);
    [[nodiscard]] bool recordFor(RowKey key, std::int64_t slot, std::uint32_t& record);
    [[nodiscard]] bool put(const void* data, std::size_t bytes, std::int64_t at);

    int m_file = -1;
    std::string m_aside;
    bool m_writable = false;
    std::size_t m_capacity = 0;
    std::unordered_map<RowKey, std::uint32_t> m_recordOf;
    struct Use {
        RowKey key = 0;
        std::int64_t hour = 0; ///< of the last write
    };
    std::vector<Use> m_uses; ///< by record
};

} // namespace tracedeck
