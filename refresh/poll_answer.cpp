// SPDX-License-Identifier: GPL-3.0-or-later
// What the engine does with an answer: gate, merge, derive, post. Runs on workers.
#include "refresh/decode_timed.h"
#include "refresh/poll_entry.h"

#include <algorithm>

namespace tracedeck {
namespace {

std::uint32_t rowsOf(const FleetSnapshot& snapshot)
{
    const std::size_t rows = (snapshot.infrastructure ? snapshot.infrastructure->rows() : 0)
        + (snapshot.workloads ? snapshot.workloads->rows() : 0);
    return static_cast<std::uint32_t>(rows);
}

/// Spans with the time their source last answered; sources are told apart by their label.
std::vector<SourceRows> withTimes(std::vector<SourceRows> spans, const std::vector<std::string>& labels,
                                  const std::vector<std::int64_t>& lastGood)
{
    for (SourceRows& span : spans) {
        const auto found = std::find(labels.begin(), labels.end(), span.label);
        span.lastGoodNs = found == labels.end() ? 0 : lastGood[static_cast<std::size_t>(found - labels.begin())];
    }
    return spans;
}

} // namespace

void PollEngine::finish(std::size_t index, std::uint64_t generation, Result<FleetSnapshot> result)
{
    {
        const std::lock_guard lock(m_mutex);
        Entry& entry = *m_entries[index];
        // Answered twice, or an answer to an older question: what is shown is newer.
        if (!entry.inFlight || entry.generation != generation || entry.finishing) {
            ++m_counters.late;
            return;
        }
        entry.finishing = true;
        if (!m_running) {
            return;
        }
        if (entry.removed || (entry.paused && !result.ok())) {
            entry.inFlight = false;
            entry.finishing = false;
            return; // nobody waits for it any more, and stopping it was our own doing
        }
    }
    if (result.ok()) {
        succeed(index, std::move(result).value());
    } else {
        fail(index, result.error());
    }
}

void PollEngine::succeed(std::size_t index, FleetSnapshot snapshot)
{
    Entry* entry = nullptr;
    std::int64_t startNs = 0;
    std::int64_t startWallNs = 0;
    {
        const std::lock_guard lock(m_mutex);
        entry = m_entries[index].get();
        startNs = entry->history.lastStartNs;
        startWallNs = entry->startWallNs;
    }
    const std::int64_t fetchedNs = m_clock->monotonicNs();
    const EqualityGate::Outcome outcome = entry->gate.admit(snapshot);
    const std::int64_t gatedNs = m_clock->monotonicNs();
    bool recovered = false;
    {
        const std::lock_guard lock(m_mutex);
        recovered = entry->stale() || !entry->answered || !entry->good.infrastructure;
        entry->lastSuccessNs.store(m_clock->wallNs(), std::memory_order_relaxed);
        entry->failing = false;
        entry->overdue = false;
        entry->answered = true;
        entry->history.consecutiveFailures = 0;
        entry->good = snapshot;
        entry->shown = std::move(snapshot);
        const std::uint64_t endsHere = outcome.changed() || recovered ? 0 : 1;
        ++entry->answers;
        entry->unchanged += endsHere;
        m_counters.unchanged += endsHere;
    }
    if (outcome.changed() || recovered) {
        const std::uint32_t rows = rowsOf(entry->good);
        const auto* timed = dynamic_cast<const DecodeTimed*>(entry->source.get());
        const std::int64_t decodedNs =
            timed == nullptr ? 0 : std::clamp<std::int64_t>(timed->lastDecodeNs(), 0, fetchedNs - startNs);
        const std::int64_t transferNs = fetchedNs - startNs - decodedNs;
        record(Stage::Fetch, index, startWallNs, transferNs, rows);
        if (timed != nullptr) {
            record(Stage::Decode, index, startWallNs + transferNs, decodedNs, rows);
        }
        record(Stage::Gate, index, startWallNs + (fetchedNs - startNs), gatedNs - fetchedNs, rows);
        (void)publish(outcome.warningsChanged, false, nullptr);
    }
    closeFlight(index);
}

void PollEngine::fail(std::size_t index, const Error& error)
{
    bool firstFailure = false;
    {
        const std::lock_guard lock(m_mutex);
        Entry& entry = *m_entries[index];
        firstFailure = !entry.failing;
        entry.failing = true;
        // A source that was asked to stop because it took too long answers "cancelled": the reason stays.
        if (!entry.overdue) {
            entry.reason = errorText(error);
        }
        entry.overdue = false;
        ++entry.history.consecutiveFailures;
        ++m_counters.failed;
    }
    const bool told = firstFailure && publish(false, false, nullptr);
    closeFlight(index);
    if (!told) {
        postStates();
    }
}

void PollEngine::closeFlight(std::size_t index)
{
    {
        const std::lock_guard lock(m_mutex);
        m_entries[index]->inFlight = false;
        m_entries[index]->finishing = false;
    }
    schedule();
}

bool PollEngine::publish(bool warningsChanged, bool fromCache, const FleetSnapshot* cached)
{
    const std::lock_guard publishLock(m_publishMutex);
    std::vector<FleetSnapshot> parts;
    std::vector<std::string> labels;
    std::vector<std::int64_t> lastGood;
    bool anyAnswer = false;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& entry : m_entries) {
            if (entry->removed) {
                anyAnswer = anyAnswer || entry->answered; // its rows have to go
                continue;
            }
            const bool isMarked = entry->shown.infrastructure != entry->good.infrastructure
                || entry->shown.workloads != entry->good.workloads;
            if (entry->answered && entry->stale() && !isMarked) {
                entry->shown = markedStale(entry->good);
            }
            anyAnswer = anyAnswer || entry->answered;
            parts.push_back(entry->shown);
            labels.push_back(entry->source->label());
            lastGood.push_back(entry->lastSuccessNs.load(std::memory_order_relaxed));
        }
    }
    if (!m_post || (cached != nullptr ? anyAnswer : !anyAnswer)) {
        return false; // stopped; or a cache that came after the first answer; or a failure with nothing to show
    }
    FleetPublish result;
    result.merged = cached != nullptr ? *cached : m_merge.merge(parts, labels);
    if (cached == nullptr) {
        result.infrastructureSources = withTimes(m_merge.infrastructureSources(), labels, lastGood);
        result.workloadSources = withTimes(m_merge.workloadSources(), labels, lastGood);
        result.mergedKeys = m_merge.mergedKeys();
    }
    result.infrastructureChanged = result.merged.infrastructure != m_shown.infrastructure;
    result.workloadsChanged = result.merged.workloads != m_shown.workloads;
    result.warningsChanged = warningsChanged;
    result.fromCache = fromCache;
    if (!result.infrastructureChanged && !result.workloadsChanged && !warningsChanged) {
        m_post({std::nullopt, true}); // back from a failure that had nothing to mark
        return true;
    }
    result.sequence = ++m_sequence;
    m_shown = result.merged;
    if (m_derive) {
        result.derived = m_derive(result);
    }
    {
        const std::lock_guard lock(m_mutex);
        ++m_counters.published;
    }
    m_post({std::move(result), true});
    return true;
}

void PollEngine::postStates()
{
    const std::lock_guard lock(m_publishMutex);
    if (m_post) {
        m_post({std::nullopt, true});
    }
}

void PollEngine::record(Stage stage, std::size_t source, std::int64_t startNs, std::int64_t durationNs,
                        std::uint32_t rows)
{
    if (m_options.telemetry != nullptr) {
        std::uint64_t cycle = 0;
        {
            const std::lock_guard lock(m_publishMutex);
            cycle = m_sequence + 1;
        }
        m_options.telemetry->push({stage, static_cast<std::uint16_t>(source), cycle, startNs, durationNs, rows, true});
    }
}

} // namespace tracedeck
