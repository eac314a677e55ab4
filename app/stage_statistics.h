// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/telemetry_ring.h"

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace tracedeck {

/// How long a stage of the app's own work took, over its newest kWindow records.
struct StageFigures {
    std::int64_t lastNs = 0;
    std::int64_t medianNs = 0;
    std::int64_t p95Ns = 0; ///< nearest rank
    std::uint64_t count = 0; ///< all records so far
    std::uint32_t rows = 0; ///< of the last one
};

/// Figures per stage from records of the telemetry ring. Bounded; not thread-safe.
class StageStatistics {
public:
    static constexpr std::size_t kWindow = 256;

    void add(const std::vector<StageRecord>& records);
    /// Nothing while a stage has no record.
    [[nodiscard]] std::optional<StageFigures> of(Stage stage) const;

private:
    struct Kept {
        std::deque<std::int64_t> durations;
        std::uint64_t count = 0;
        std::uint32_t rows = 0;
    };
    std::array<Kept, static_cast<std::size_t>(Stage::Count)> m_stages;
};

} // namespace tracedeck
