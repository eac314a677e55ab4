// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "core/metric_code.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace tracedeck {

/// One moment of a series. `value` is the mean of what was measured within the slot that begins at timeNs,
/// `peak` the largest. A gap is a point of its own whose value is NaN: nothing is known between its neighbours,
/// and nothing may be drawn there.
struct HistoryPoint {
    std::int64_t timeNs = 0;
    float value = kHistoryGap;
    float peak = kHistoryGap;

    [[nodiscard]] bool isGap() const { return !(value == value); }
};

/// What a row says at one moment, NaN = not reported.
using MetricSample = std::array<float, kMetricCount>;

/// Mean and peak of every metric over some time, kMissingCode where nothing is known.
struct MetricSummary {
    std::array<MetricCode, kMetricCount> mean;
    std::array<MetricCode, kMetricCount> peak;
};

/// How the rings of one row are laid out; smaller for larger fleets.
struct HistoryLayout {
    std::int64_t fineStepNs = 0; ///< 0 = no fine ring
    std::uint32_t fineSlots = 0;
    std::int64_t coarseStepNs = 0;
    std::uint32_t coarseSlots = 0; ///< together at least an hour

    /// Bytes of both rings and the row's head.
    [[nodiscard]] std::size_t bytesPerRow() const;
    bool operator==(const HistoryLayout&) const = default;
};

/// The finest layout with which so many rows stay within a budget: 5 s for ten minutes and 1 min for an hour,
/// then 1 min, 2 min, 5 min, 10 min alone; beyond that the last one for as many rows as fit.
[[nodiscard]] HistoryLayout historyLayoutFor(std::size_t rows, std::size_t budgetBytes);

/// The last hour of every row and metric, in memory of one size: rings are made when rows come and used again
/// when rows have been away for an hour; nothing grows with time. A slot without a sample is a gap; nothing is
/// interpolated. Not thread-safe. Rows beyond the budget have no history (heldRows() says how many have).
class MetricHistory {
public:
    explicit MetricHistory(std::size_t budgetBytes);

    /// Begins a round of samples taken at nowNs for about so many rows. When the fleet grew out of the layout,
    /// all rings move to the next coarser one (10 ms per 10,000 rows, at most a few times in a run). A clock
    /// that was set back by more than the hour starts over.
    void beginRound(std::int64_t nowNs, std::size_t rows);
    /// A row's sample of this round. A second one in the same slot adds to its mean and peak. Cost: one hash
    /// look-up and a dozen stores, no allocation for a known row.
    void record(RowKey key, const MetricSample& sample) { recordAt(key, m_nowNs, sample); }
    /// The same for an earlier moment; moments of a row must rise. For courses that were kept elsewhere.
    void recordAt(RowKey key, std::int64_t timeNs, const MetricSample& sample);
    [[nodiscard]] bool knows(RowKey key) const { return m_rowOf.count(key) != 0; }

    /// Appends the points of the hour that ends at nowNs, oldest first: coarse slots, then fine ones where they
    /// are held. Unknown rows give nothing.
    void read(RowKey key, MetricId metric, std::int64_t nowNs, std::vector<HistoryPoint>& out) const;
    /// Mean and peak of [fromNs, toNs) out of the coarse slots; false when nothing is known of it.
    [[nodiscard]] bool summarise(RowKey key, std::int64_t fromNs, std::int64_t toNs, MetricSummary& out) const;
    /// Fills one line of a frame: means of percentages, peaks of rates. False when the row is unknown.
    bool fillLine(RowKey key, MetricId metric, std::int64_t untilNs, std::int64_t stepNs,
                  std::span<MetricCode> out) const;

    [[nodiscard]] const HistoryLayout& layout() const noexcept { return m_layout; }
    [[nodiscard]] std::size_t heldRows() const noexcept { return m_rowOf.size(); }
    /// Rings and index, as allocated.
    [[nodiscard]] std::size_t memoryBytes() const;

private:
    /// Slot numbers count steps since the epoch; 0 = nothing recorded.
    struct Head {
        RowKey key = 0;
        std::uint32_t fineSlot = 0;
        std::uint32_t coarseSlot = 0;
        std::array<std::uint8_t, kMetricCount> samples{}; ///< of the newest coarse slot, stops at 255
    };
    [[nodiscard]] std::size_t codesPerRow() const;
    [[nodiscard]] MetricCode* fineRing(std::size_t row, std::size_t metric);
    [[nodiscard]] const MetricCode* fineRing(std::size_t row, std::size_t metric) const;
    [[nodiscard]] MetricCode* coarseRing(std::size_t row, std::size_t metric);
    [[nodiscard]] const MetricCode* coarseRing(std::size_t row, std::size_t metric) const;
    [[nodiscard]] std::size_t rowFor(RowKey key);
    [[nodiscard]] std::size_t freeRow();
    void adopt(const HistoryLayout& layout);
    void recordFine(std::size_t row, std::int64_t timeNs, const MetricSample& sample);
    void recordCoarse(std::size_t row, std::int64_t timeNs, const MetricSample& sample);

    std::size_t m_budgetBytes;
    HistoryLayout m_layout;
    std::int64_t m_nowNs = 0;
    std::vector<Head> m_heads;
    std::vector<MetricCode> m_codes; ///< per row: per metric the fine ring, then pairs of mean and peak
    std::unordered_map<RowKey, std::uint32_t> m_rowOf;
    std::size_t m_reuseFrom = 0; ///< where the search for a row that is long gone goes on
    std::size_t m_full = 0; ///< round in which no row was free, so that the search is not repeated for each
};

} // namespace tracedeck
