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
/// records are overwritten. One reader drains it for export and for the performance panel.
class TelemetryRing {
public:
    explicit TelemetryRing(std::size_t capacity = 4096);
    void push(const StageRecord& record);
    /// Appends what was pushed since the last drain (at most capacity) to `out`; returns how many were lost.
    std::uint64_t drain(std::vector<StageRecord>& out);
    [[nodiscard]] std::uint64_t pushed() const noexcept;

private:
    struct Slot {
        std::atomic<std::uint64_t> sequence{0};
        StageRecord record;
    };
    std::vector<Slot> m_slots;
    std::atomic<std::uint64_t> m_next{0};
    std::uint64_t m_drained = 0;
};

} // namespace tracedeck
