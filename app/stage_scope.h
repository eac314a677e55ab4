// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/telemetry_ring.h"

#include <chrono>

namespace tracedeck {

/// The longest stage that ended on a thread since somebody set this back; `ns` 0 = none did.
struct LongestStage {
    Stage stage = Stage::Count;
    std::int64_t ns = 0;
    std::uint32_t rows = 0;
};

/// The one of the calling thread.
[[nodiscard]] inline LongestStage& longestStageHere()
{
    thread_local LongestStage longest;
    return longest;
}

/// Times a piece of own work from construction to destruction, notes it in longestStageHere() and records it as
/// changed work of `cycle`. A null ring or cycle 0 (work that no refresh caused) records nothing.
class StageScope {
public:
    StageScope(TelemetryRing* ring, Stage stage, std::uint64_t cycle, std::uint32_t rows)
        : m_ring(cycle == 0 ? nullptr : ring), m_begin(std::chrono::steady_clock::now())
    {
        m_record.stage = stage;
        m_record.cycle = cycle;
        m_record.rows = rows;
        m_record.changed = true;
        m_record.startNs =
            std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
                .count();
    }
    ~StageScope()
    {
        m_record.durationNs =
            std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - m_begin).count();
        if (LongestStage& longest = longestStageHere(); m_record.durationNs > longest.ns) {
            longest = {m_record.stage, m_record.durationNs, m_record.rows};
        }
        if (m_ring != nullptr) {
            m_ring->push(m_record);
        }
    }
    StageScope(const StageScope&) = delete;
    StageScope& operator=(const StageScope&) = delete;

private:
    TelemetryRing* m_ring;
    std::chrono::steady_clock::time_point m_begin;
    StageRecord m_record;
};

} // namespace tracedeck
