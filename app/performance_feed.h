// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/loop_watch.h"
#include "app/stage_statistics.h"
#include "refresh/poll_engine.h"
#include "views/performance_panel.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tracedeck {

/// Answers of one source, and how many of them cost nothing: they were equal to the last one and ended early, still
/// fresh, shared with somebody who asked at the same time, or not modified.
struct SourceAnswers {
    std::string label;
    std::uint64_t saved = 0;
    std::uint64_t all = 0;
};

/// Counters beside the stages; unknown ones print as an en dash.
struct PerformanceCounters {
    PollCounters polls;
    std::optional<std::uint64_t> rowsInSight; ///< of the table shown
    std::optional<std::uint64_t> rowsPainted; ///< of the table shown, by its newest paint
    const LoopWatch* loop = nullptr; ///< null = the loop is not watched
    std::vector<SourceAnswers> sources;
    std::optional<std::int64_t> residentBytes;
    std::uint64_t lostRecords = 0;
};

/// The figures as the panel prints them.
[[nodiscard]] PerformanceFigures performanceFigures(const StageStatistics& statistics,
                                                    const PerformanceCounters& counters);

/// Resident memory of this process from /proc; nothing where it cannot be read.
[[nodiscard]] std::optional<std::int64_t> residentBytes();

} // namespace tracedeck
