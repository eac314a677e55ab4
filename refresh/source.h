// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet_snapshot.h"
#include "core/result.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace tracedeck {

/// How a source is doing, as the status bar says it.
struct SourceState {
    enum class Phase : std::uint8_t { Connecting, Fresh, Stale, Failed, Paused };
    Phase phase = Phase::Connecting;
    std::int64_t lastSuccessNs = 0; ///< 0 = never
    std::int64_t nextAttemptNs = 0; ///< 0 = none planned
    std::string reason; ///< user sentence when Stale or Failed
    bool push = false; ///< updates arrive by themselves
    std::uint32_t consecutiveFailures = 0;
};

/// What a fetch is for.
struct FetchRequest {
    std::uint64_t generation = 0;
    bool bypassCaches = false; ///< Shift+R: everything anew, also what the source would call unchanged
    bool suppressOwnTraces = false;
    bool newest = false; ///< asks the source even where an answer is fresh; ETags stay
};

/// A fleet back-end: hosts and workloads. fetch() may be called from any thread but never twice at once;
/// `done` is called exactly once, on any thread. Implementations do not touch GUI objects.
class FleetSource {
public:
    FleetSource() = default;
    FleetSource(const FleetSource&) = delete;
    FleetSource& operator=(const FleetSource&) = delete;
    virtual ~FleetSource() = default;

    using Done = std::function<void(Result<FleetSnapshot>)>;

    /// Stable instance name used in row keys and settings, e.g. "local", "docker:unix".
    [[nodiscard]] virtual std::string instance() const = 0;
    /// Name for people: "this machine".
    [[nodiscard]] virtual std::string label() const = 0;
    /// Wanted interval between polls.
    [[nodiscard]] virtual std::chrono::milliseconds cadence() const = 0;
    virtual void fetch(const FetchRequest& request, Done done) = 0;
    /// Asks a running fetch to end soon; its `done` still comes, with Cancelled.
    virtual void cancel() = 0;

    /// Whether the other side tells about changes by itself at the moment; only for display. Any thread.
    [[nodiscard]] virtual bool isPushing() const { return false; }
    /// Whom to call, from any thread, when there is something new to fetch before the cadence says so.
    /// Set once, before the first fetch; the listener may be called at any rate, it paces by itself.
    // NOLINTNEXTLINE(performance-unnecessary-value-param): who has news keeps it
    virtual void setNewsListener(std::function<void()> /*listener*/) { }
};

} // namespace tracedeck
