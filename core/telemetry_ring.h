// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tracedeck {

/// Stages of the app's own work that are traced.
enum class Stage : std::uint8_t { Fetch, Decode, Gate, Derive, Diff, Apply, Paint, Count };

/// One finished piece of own work. Plain data, no allocation.
struct StageRecord {
    Stage stage = Stage::Fetch;
    std::uint16_t source = 0; ///< small number the app maps to a name
    std::uint64_t cycle = 0; ///< refresh cycle it belongs to
    std::int64_t startNs = 0; ///< since the Unix epoch
    std::int64_t durationNs = 0;
    std::uint32_t rows = 0;
    bool changed = false;
};

/// Preallocated ring the app writes its own work into: writing never allocates or blocks, the oldest
/// records are overwritten. Any thread may push; one reader drains it for export and for the performance panel.
class TelemetryRing {
public:
    explicit TelemetryRing(std::size_t capacity = 4096);
    void push(const StageRecord& record);
    /// Appends what was pushed since the last drain (at most capacity) to `out`; returns how many were lost.
    std::uint64_t drain(std::vector<StageRecord>& out);
    [[nodiscard]] std::uint64_t pushed() const noexcept;

private:
    /// A record without padding bits, so it can be stored as atomic words (a reader may overlap a writer).
    struct Packed {
        std::uint64_t cycle;
        std::int64_t startNs;
        std::int64_t durationNs;
        std::uint32_t rows;
        std::uint16_t source;
        Stage stage;
        bool changed;
    };
    using Words = std::array<std::uint64_t, 4>;
    struct Slot {
        std::atomic<std::uint64_t> sequence{0};
        std::array<std::atomic<std::uint64_t>, 4> words{};
    };
    [[nodiscard]] static bool read(const Slot& slot, std::uint64_t index, StageRecord& record);

    std::vector<Slot> m_slots;
    std::atomic<std::uint64_t> m_next{0};
    std::uint64_t m_drained = 0;
    std::uint64_t m_waitedFor = ~std::uint64_t{0};
};

} // namespace tracedeck
