// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/poll_engine.h"

#include "refresh/poll_entry.h"

#include <algorithm>

namespace tracedeck {

PollEngine::PollEngine(std::shared_ptr<RefreshClock> clock, std::shared_ptr<Executor> executor, PollOptions options,
                       Post post)
    : m_clock(std::move(clock)), m_executor(std::move(executor)), m_options(options), m_post(std::move(post))
{ }

PollEngine::~PollEngine() = default;

void PollEngine::addSource(std::shared_ptr<FleetSource> source)
{
    {
        const std::lock_guard lock(m_mutex);
        source->setNewsListener([engine = weak_from_this(), index = m_entries.size()] {
            if (const auto self = engine.lock()) {
                self->hearNews(index);
            }
        });
        auto entry = std::make_unique<Entry>();
        entry->source = std::move(source);
        entry->history.jitterSeed = m_options.jitterSeed + m_entries.size();
        entry->history.lastStartNs = m_clock->monotonicNs();
        m_entries.push_back(std::move(entry));
    }
    schedule();
}

void PollEngine::setDerive(Derive derive)
{
    const std::lock_guard lock(m_publishMutex);
    m_derive = std::move(derive);
}

void PollEngine::start(std::optional<FleetSnapshot> cached)
{
    m_clock->onWake([engine = weak_from_this()] {
        if (const auto self = engine.lock()) {
            self->tick();
        }
    });
    if (cached) {
        m_executor->run(
            [self = shared_from_this(), snapshot = markedStale(*cached)] { self->publish(false, true, &snapshot); });
    }
    {
        const std::lock_guard lock(m_mutex);
        m_running = true;
    }
    tick();
}

bool PollEngine::stop(std::chrono::milliseconds patience)
{
    std::vector<std::shared_ptr<FleetSource>> running;
    {
        const std::lock_guard lock(m_mutex);
        m_running = false;
        for (const auto& entry : m_entries) {
            if (entry->inFlight && !entry->removed) {
                running.push_back(entry->source);
            }
        }
    }
    {
        const std::lock_guard lock(m_publishMutex);
        m_post = nullptr;
    }
    m_clock->stop();
    for (const auto& source : running) {
        source->cancel();
    }
    return m_executor->stop(patience);
}

void PollEngine::setConditions(const RefreshConditions& conditions)
{
    bool statesChanged = false;
    {
        const std::lock_guard lock(m_mutex);
        const bool shownAgain = conditions.visible && !m_conditions.visible;
        const bool autoChanged = conditions.autoRefresh != m_conditions.autoRefresh;
        for (const auto& entry : m_entries) {
            entry->dueNow = conditions.autoRefresh && (entry->dueNow || shownAgain);
        }
        m_conditions = conditions;
        statesChanged = autoChanged && m_running;
    }
    if (statesChanged) {
        m_executor->run([self = shared_from_this()] { self->postStates(); });
    }
    tick();
}

RefreshConditions PollEngine::conditions() const
{
    const std::lock_guard lock(m_mutex);
    return m_conditions;
}

void PollEngine::refreshNow(bool bypassCaches)
{
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& entry : m_entries) {
            // A fetch that runs already answers a plain request, but not one that wants caches bypassed.
            entry->dueNow = entry->dueNow || !entry->inFlight || bypassCaches;
            entry->bypassNext = entry->bypassNext || bypassCaches;
        }
    }
    tick();
}

void PollEngine::tick()
{
    std::vector<std::shared_ptr<FleetSource>> overdue;
    std::vector<Start> starts;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_running) {
            return;
        }
        starts = dueStarts(m_clock->monotonicNs(), overdue);
    }
    for (const auto& source : overdue) {
        source->cancel();
    }
    if (!overdue.empty()) {
        m_executor->run([self = shared_from_this()] {
            if (!self->publish(false, false, nullptr)) {
                self->postStates();
            }
        });
    }
    launch(starts);
    schedule();
}

std::vector<PollEngine::Start> PollEngine::dueStarts(std::int64_t nowNs,
                                                     std::vector<std::shared_ptr<FleetSource>>& overdue)
{
    std::vector<Start> starts;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        Entry& entry = *m_entries[i];
        if (entry.inFlight) {
            if (!entry.overdue && nowNs >= entry.history.lastStartNs + deadline(m_options)) {
                entry.overdue = true;
                entry.reason = errorCodeSentence(ErrorCode::TimedOut);
                overdue.push_back(entry.source);
            }
            continue;
        }
        const auto due = dueAt(entry);
        if (!due || nowNs < *due) {
            continue;
        }
        entry.inFlight = true;
        entry.dueNow = false;
        entry.news.fetched(nowNs);
        entry.generation = ++m_generation;
        entry.history.lastStartNs = nowNs;
        entry.startWallNs = m_clock->wallNs();
        ++entry.history.fetches;
        ++m_counters.requests;
        starts.push_back({i, entry.source, {entry.generation, entry.bypassNext, false, true}});
        entry.bypassNext = false;
    }
    return starts;
}

void PollEngine::launch(const std::vector<Start>& starts)
{
    for (const Start& start : starts) {
        m_executor->run([engine = weak_from_this(), start] {
            // Weak, and without the source: one that never answers must keep neither the engine nor itself alive.
            const auto receive = [engine, index = start.index,
                                  generation = start.request.generation](Result<FleetSnapshot> result) {
                if (const auto self = engine.lock()) {
                    self->receive(index, generation, std::move(result));
                }
            };
            start.source->fetch(start.request, receive);
        });
    }
}

void PollEngine::receive(std::size_t index, std::uint64_t generation, Result<FleetSnapshot> result)
{
    // On any thread, perhaps an I/O thread that has better things to do: gate and derive on a worker.
    auto shared = std::make_shared<Result<FleetSnapshot>>(std::move(result));
    m_executor->run([self = shared_from_this(), index, generation, shared] {
        self->finish(index, generation, std::move(*shared));
    });
}

void PollEngine::schedule()
{
    std::optional<std::int64_t> next;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_running) {
            return;
        }
        for (const auto& entry : m_entries) {
            std::optional<std::int64_t> at;
            if (!entry->inFlight) {
                at = dueAt(*entry);
            } else if (!entry->overdue) {
                at = entry->history.lastStartNs + deadline(m_options);
            }
            if (at && (!next || *at < *next)) {
                next = at;
            }
        }
        m_clock->wakeAt(next); // inside the lock, so that a later decision is not overwritten by an earlier one
    }
}

} // namespace tracedeck
