// SPDX-License-Identifier: GPL-3.0-or-later
// Which sources an engine has, when each is due, and how each is doing.
#include "refresh/poll_entry.h"

#include <algorithm>

namespace tracedeck {

std::optional<std::int64_t> PollEngine::dueAt(const Entry& entry) const
{
    if (entry.removed || entry.paused) {
        return std::nullopt;
    }
    if (entry.dueNow) {
        return 0; // long ago: whatever time it is, it is due
    }
    auto due = nextFetchNs(entry.source->cadence(), m_options.secondSample, m_conditions, entry.history);
    const auto news = entry.news.due();
    // While a source fails, its back-off decides: a broken stream may chatter.
    if (m_conditions.autoRefresh && news && entry.history.consecutiveFailures == 0) {
        due = due ? std::min(*due, *news) : *news;
    }
    return due;
}

void PollEngine::hearNews(std::size_t index)
{
    {
        const std::lock_guard lock(m_mutex);
        (void)m_entries[index]->news.notice(m_clock->monotonicNs());
    }
    schedule();
}

PollEngine::Entry* PollEngine::find(const std::string& instance)
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&](const auto& entry) {
        return !entry->removed && entry->source->instance() == instance;
    });
    return found == m_entries.end() ? nullptr : found->get();
}

void PollEngine::removeSource(const std::string& instance)
{
    std::shared_ptr<FleetSource> running;
    {
        const std::lock_guard lock(m_mutex);
        Entry* entry = find(instance);
        if (entry == nullptr) {
            return;
        }
        entry->removed = true;
        running = entry->inFlight ? entry->source : nullptr;
    }
    if (running != nullptr) {
        running->cancel();
    }
    m_executor->run([self = shared_from_this()] {
        if (!self->publish(false, false, nullptr)) {
            self->postStates();
        }
    });
    schedule();
}

void PollEngine::setSourcePaused(const std::string& instance, bool paused)
{
    std::shared_ptr<FleetSource> running;
    {
        const std::lock_guard lock(m_mutex);
        Entry* entry = find(instance);
        if (entry == nullptr || entry->paused == paused) {
            return;
        }
        entry->paused = paused;
        entry->dueNow = entry->dueNow || !paused;
        running = paused && entry->inFlight ? entry->source : nullptr;
    }
    if (running != nullptr) {
        running->cancel();
    }
    m_executor->run([self = shared_from_this()] { self->postStates(); });
    tick();
}

SourceState PollEngine::stateOf(const Entry& entry) const
{
    SourceState state = entry.state();
    const auto due = entry.inFlight && !entry.finishing ? std::nullopt : dueAt(entry);
    if (due) {
        state.nextAttemptNs = m_clock->wallNs() + std::max<std::int64_t>(0, *due - m_clock->monotonicNs());
    }
    if (!m_conditions.autoRefresh && state.phase == SourceState::Phase::Fresh) {
        state.phase = SourceState::Phase::Paused;
    }
    return state;
}

std::size_t PollEngine::sourceCount() const
{
    const std::lock_guard lock(m_mutex);
    return m_entries.size();
}

std::string PollEngine::sourceInstance(std::size_t index) const
{
    const std::lock_guard lock(m_mutex);
    return m_entries.at(index)->source->instance();
}

std::string PollEngine::sourceLabel(std::size_t index) const
{
    const std::lock_guard lock(m_mutex);
    return m_entries.at(index)->source->label();
}

SourceState PollEngine::sourceState(std::size_t index) const
{
    const std::lock_guard lock(m_mutex);
    return stateOf(*m_entries.at(index));
}

std::vector<SourceStatus> PollEngine::sources() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<SourceStatus> all;
    for (const auto& entry : m_entries) {
        if (!entry->removed) {
            all.push_back(
                {entry->source->instance(), entry->source->label(), stateOf(*entry), entry->answers, entry->unchanged});
        }
    }
    return all;
}

PollCounters PollEngine::counters() const
{
    const std::lock_guard lock(m_mutex);
    return m_counters;
}

FleetSnapshot PollEngine::current() const
{
    const std::lock_guard lock(m_publishMutex);
    return m_shown;
}

} // namespace tracedeck
