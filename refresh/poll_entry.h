// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error_text.h"
#include "refresh/poll_engine.h"
#include "refresh/refetch_pacer.h"

#include <atomic>

namespace tracedeck {

/// The engine's book about one source. Guarded by the engine's mutex but for `gate`, which only the one
/// flight in the air touches, and the atomic.
struct PollEngine::Entry {
    std::shared_ptr<FleetSource> source;
    RefreshHistory history;
    EqualityGate gate;
    FleetSnapshot good; ///< newest sections, never marked stale
    FleetSnapshot shown; ///< good, or its stale copy
    bool answered = false; ///< `good` holds an answer
    bool failing = false;
    bool overdue = false;
    bool inFlight = false;
    bool finishing = false; ///< its answer is being worked on
    bool dueNow = false;
    bool bypassNext = false;
    bool removed = false; ///< gone for good; the place stays, flights know it by index
    bool paused = false;
    RefetchPacer news;
    std::uint64_t generation = 0;
    std::uint64_t answers = 0;
    std::uint64_t unchanged = 0;
    std::int64_t startWallNs = 0;
    std::string reason;
    std::atomic<std::int64_t> lastSuccessNs{0};

    [[nodiscard]] bool stale() const noexcept { return failing || overdue; }
    [[nodiscard]] SourceState state() const
    {
        SourceState state;
        state.lastSuccessNs = lastSuccessNs.load(std::memory_order_relaxed);
        state.consecutiveFailures = history.consecutiveFailures;
        state.reason = stale() ? reason : std::string();
        state.phase = !stale() ? (answered ? SourceState::Phase::Fresh : SourceState::Phase::Connecting)
            : answered         ? SourceState::Phase::Stale
                               : SourceState::Phase::Failed;
        if (paused) {
            state.phase = SourceState::Phase::Paused;
        }
        state.push = state.phase == SourceState::Phase::Fresh && source->isPushing();
        return state;
    }
};

struct PollEngine::Start {
    std::size_t index = 0;
    std::shared_ptr<FleetSource> source;
    FetchRequest request;
};

[[nodiscard]] inline std::int64_t deadline(const PollOptions& options)
{
    return std::chrono::nanoseconds(options.fetchTimeout).count();
}

} // namespace tracedeck
