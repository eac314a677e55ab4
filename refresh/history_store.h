// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet_snapshot.h"
#include "refresh/history_file.h"
#include "refresh/history_source.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>

namespace tracedeck {

struct HistoryStoreOptions {
    std::string file; ///< hours and days; empty = the last hour only
    std::size_t memoryBytes = std::size_t{48} << 20U;
    std::size_t fileBytes = std::size_t{64} << 20U;
    /// Told where a file was put that could not be read; from a worker, under the store's lock: only post it.
    std::function<void(const std::string& aside)> fileSetAside = {};
};

/// What this window saw itself: the last hour of every row in memory, hours and days in a file beside the
/// traces. Both have one size whatever happens. Thread-safe; meant for workers.
class HistoryStore final : public HistorySource {
public:
    /// Most rows of a frame; 60 buckets of so many rows are 14 MB.
    static constexpr std::size_t kFrameRows = 20'000;

    explicit HistoryStore(const HistoryStoreOptions& options);

    /// Records what a snapshot says as of nowNs. Rows marked stale are skipped: what is shown of them was not
    /// measured now. Completed slots of the longer levels go to the file. Cost: 0.2 µs a row, and a 26-byte
    /// write a row every two minutes.
    void sample(const FleetSnapshot& snapshot, std::int64_t nowNs);
    /// Puts the course of one row into the record, moments ascending; for rows whose past is known.
    struct PastSample {
        std::int64_t timeNs = 0;
        MetricSample values;
    };
    void addPast(RowKey key, const std::vector<PastSample>& hour, HistoryLevel level,
                 const std::vector<PastSample>& slots);

    [[nodiscard]] std::string label() const override;
    [[nodiscard]] std::vector<HistorySeries> read(RowKey key, HistoryRange range, std::int64_t nowNs) const override;
    [[nodiscard]] std::shared_ptr<const HistoryFrame> frame(std::vector<RowKey> keys, HistoryRange range,
                                                            std::uint32_t buckets, std::int64_t nowNs) const override;
    [[nodiscard]] std::size_t heldRows() const;
    [[nodiscard]] std::size_t memoryBytes() const;

private:
    template <class Table> void sampleTable(const Table& table, std::int64_t nowNs);
    void recall(RowKey key, std::int64_t nowNs);
    void completeSlots(const FleetSnapshot& snapshot, std::int64_t nowNs);
    template <class Table> void completeTable(const Table& table, HistoryLevel level, std::int64_t slot);
    void fillFromFile(HistoryFrame& frame, std::size_t row) const;

    /// Opened by the first worker that needs it, so that making a store does not touch the disk. Under the lock.
    [[nodiscard]] HistoryFile& file() const;

    HistoryStoreOptions m_options;
    mutable std::mutex m_mutex; ///< taken for at most some hundred rows at a time
    MetricHistory m_hour;
    mutable std::unique_ptr<HistoryFile> m_file;
    std::array<std::int64_t, static_cast<std::size_t>(HistoryLevel::Count)> m_slots{}; ///< being filled
};

/// The row's values as history keeps them: percentages, rates; disk I/O is the sum of what is known.
[[nodiscard]] MetricSample metricSampleOf(const InfrastructureTable& table, std::size_t row);
[[nodiscard]] MetricSample metricSampleOf(const WorkloadTable& table, std::size_t row);

} // namespace tracedeck
