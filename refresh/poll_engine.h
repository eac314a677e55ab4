// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source_rows.h"
#include "core/telemetry_ring.h"
#include "refresh/equality_gate.h"
#include "refresh/fetch_pool.h"
#include "refresh/fleet_merge.h"
#include "refresh/refresh_clock.h"
#include "refresh/refresh_policy.h"
#include "refresh/source.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace tracedeck {

/// One changed refresh: what to show now.
struct FleetPublish {
    FleetSnapshot merged; ///< sections that did not change keep their pointer
    bool infrastructureChanged = false;
    bool workloadsChanged = false;
    bool warningsChanged = false;
    bool fromCache = false; ///< kept on disk by an earlier run, all rows stale
    std::vector<SourceRows> infrastructureSources; ///< where rows came from, and when that last answered
    std::vector<SourceRows> workloadSources;
    std::shared_ptr<const MergedKeys> mergedKeys; ///< FleetMerge::mergedKeys
    std::uint64_t sequence = 0; ///< 1, 2, 3 …; also the cycle of the telemetry records
    std::shared_ptr<void> derived; ///< what the derive hook made of it (plans, diffs)
};

/// What the engine tells its owner: a publish, changed source states, or both in one call.
struct PollEvent {
    std::optional<FleetPublish> publish;
    bool statesChanged = false;
};

/// One source as it is shown.
struct SourceStatus {
    std::string instance;
    std::string label;
    SourceState state;
    std::uint64_t answers = 0; ///< good ones since it was added
    std::uint64_t unchanged = 0; ///< of these, how many ended at the gate: equal, told nobody
};

struct PollOptions {
    std::chrono::milliseconds secondSample{1000}; ///< 250 ms for pictures and dumps
    std::chrono::milliseconds fetchTimeout{30000}; ///< after it the source counts as failed and is asked to stop
    std::uint64_t jitterSeed = 1;
    TelemetryRing* telemetry = nullptr; ///< outlives the engine's work; records of changed refreshes only
};

/// Figures for tests and the performance panel.
struct PollCounters {
    std::uint64_t requests = 0;
    std::uint64_t published = 0;
    std::uint64_t unchanged = 0; ///< ended on the worker, told nobody
    std::uint64_t failed = 0;
    std::uint64_t late = 0; ///< answers nobody waited for any more, dropped
};

/// Drives any number of sources without Qt and without touching the owner's thread: decides when, never
/// fetches one source twice at once, gates, merges, derives, and calls `post` for what changed. `post`
/// runs on worker threads, one call at a time, in order. Every function may be called from any thread.
class PollEngine : public std::enable_shared_from_this<PollEngine> {
public:
    using Post = std::function<void(PollEvent)>;
    using Derive = std::function<std::shared_ptr<void>(const FleetPublish&)>;

    PollEngine(std::shared_ptr<RefreshClock> clock, std::shared_ptr<Executor> executor, PollOptions options, Post post);
    ~PollEngine();
    PollEngine(const PollEngine&) = delete;
    PollEngine& operator=(const PollEngine&) = delete;

    /// Before or after start(); a source added later is fetched at once.
    void addSource(std::shared_ptr<FleetSource> source);
    /// Its rows go with the next publish; a running fetch is cancelled. Unknown instances are ignored.
    void removeSource(const std::string& instance);
    /// A paused source keeps its rows, marked stale by nobody, and is not fetched, not even by refreshNow().
    void setSourcePaused(const std::string& instance, bool paused);
    /// Set before start().
    void setDerive(Derive derive);
    /// Shows `cached` first when given, then begins to fetch.
    void start(std::optional<FleetSnapshot> cached);
    /// Ends everything: no `post` begins after it returned. False when a source still hangs in a fetch.
    bool stop(std::chrono::milliseconds patience);

    void setConditions(const RefreshConditions& conditions);
    [[nodiscard]] RefreshConditions conditions() const;
    /// Fetches every source now, whatever the policy says; a running fetch is waited for, and with
    /// `bypassCaches` followed by another one.
    void refreshNow(bool bypassCaches);

    [[nodiscard]] std::size_t sourceCount() const;
    [[nodiscard]] std::string sourceInstance(std::size_t index) const;
    [[nodiscard]] std::string sourceLabel(std::size_t index) const;
    [[nodiscard]] SourceState sourceState(std::size_t index) const;
    /// All sources that were not removed, in the order they were added. Indexes of the calls above count
    /// removed ones too.
    [[nodiscard]] std::vector<SourceStatus> sources() const;
    [[nodiscard]] PollCounters counters() const;
    /// The newest merged snapshot; null sections before the first answer.
    [[nodiscard]] FleetSnapshot current() const;

private:
    struct Entry;
    struct Start;

    void tick();
    void hearNews(std::size_t index);
    [[nodiscard]] std::optional<std::int64_t> dueAt(const Entry& entry) const;
    [[nodiscard]] SourceState stateOf(const Entry& entry) const;
    [[nodiscard]] Entry* find(const std::string& instance);
    [[nodiscard]] std::vector<Start> dueStarts(std::int64_t nowNs, std::vector<std::shared_ptr<FleetSource>>& overdue);
    void launch(const std::vector<Start>& starts);
    void receive(std::size_t index, std::uint64_t generation, Result<FleetSnapshot> result);
    void schedule();
    void finish(std::size_t index, std::uint64_t generation, Result<FleetSnapshot> result);
    void succeed(std::size_t index, FleetSnapshot snapshot);
    void fail(std::size_t index, const Error& error);
    void closeFlight(std::size_t index);
    /// True when it posted.
    bool publish(bool warningsChanged, bool fromCache, const FleetSnapshot* cached);
    void postStates();
    void record(Stage stage, std::size_t source, std::int64_t startNs, std::int64_t durationNs, std::uint32_t rows);

    std::shared_ptr<RefreshClock> m_clock;
    std::shared_ptr<Executor> m_executor;
    PollOptions m_options;
    Derive m_derive;

    mutable std::mutex m_mutex; ///< entries, conditions, counters
    std::vector<std::unique_ptr<Entry>> m_entries;
    RefreshConditions m_conditions;
    PollCounters m_counters;
    std::uint64_t m_generation = 0;
    bool m_running = false;

    mutable std::mutex m_publishMutex; ///< taken before m_mutex, never while holding it
    Post m_post;
    FleetMerge m_merge;
    FleetSnapshot m_shown;
    std::uint64_t m_sequence = 0;
};

} // namespace tracedeck
