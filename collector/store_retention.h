// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/store_removal.h"
#include "collector/writer_state.h"

#include <cstdint>
#include <vector>

namespace tracedeck {

/// Keeps the store within its age and size limits: the oldest requests first, a slice per call, so that
/// ingest waits for one slice at most. Own traces have limits of their own. Age counts from receipt, so
/// imported old traces and wrong sender clocks do not vanish at once. Writer thread only.
class StoreRetention {
public:
    static constexpr std::int64_t kPassEveryNs = std::int64_t{30} * 1'000'000'000;
    static constexpr int kSliceRequests = 16;
    static constexpr int kVacuumPages = 1024;

    /// One slice of removal or, when `idle`, of giving free pages back. True when more is waiting.
    [[nodiscard]] bool step(WriterState& state, bool idle);

private:
    enum class Phase : std::uint8_t { OwnAge, OtherAge, OwnSize, Size, SizeAnyTrace, Vacuum, Done };
    struct Cursor {
        std::int64_t receivedNs = INT64_MIN;
        std::int64_t id = 0;
    };
    void enter(Phase phase, const WriterState& state);
    [[nodiscard]] bool phaseHasWork(WriterState& state);
    [[nodiscard]] Result<std::vector<StoredRequest>> oldest(WriterState& state);
    [[nodiscard]] Result<bool> removeSlice(WriterState& state);
    [[nodiscard]] bool vacuumSlice(WriterState& state, bool idle);

    Phase m_phase = Phase::Done;
    Cursor m_cursor;
    RemovalRule m_rule;
    std::int64_t m_nextPassNs = 0;
    std::int64_t m_lastPassNs = 0;
};

/// Pages in use times page size: what retention compares with its limit.
[[nodiscard]] std::uint64_t usedBytes(Database& database);

} // namespace tracedeck
