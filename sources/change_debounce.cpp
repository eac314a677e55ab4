// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/change_debounce.h"

#include <algorithm>
#include <utility>

namespace tracedeck {

std::int64_t ChangeDebounce::add(const std::vector<TraceChange>& changes, bool resync, std::int64_t nowMs)
{
    m_waiting.resync = m_waiting.resync || resync;
    for (const TraceChange& change : changes) {
        const auto [place, fresh] = m_places.try_emplace(change.traceId, m_waiting.traces.size());
        if (fresh)
            m_waiting.traces.push_back(change);
        else
            m_waiting.traces[place->second].isNew |= change.isNew;
    }
    if (m_waiting.traces.size() > kMaxTraces) {
        m_waiting.resync = true;
        m_waiting.traces.clear();
        m_places.clear();
    }
    if (!m_due) {
        m_due = nowMs + kSettleMs;
        if (m_lastTaken)
            m_due = std::max(*m_due, *m_lastTaken + kIntervalMs);
    }
    return std::max<std::int64_t>(*m_due - nowMs, 0);
}

std::optional<TraceSourceChange> ChangeDebounce::take(std::int64_t nowMs)
{
    if (!m_due || nowMs < *m_due)
        return std::nullopt;
    m_due.reset();
    m_lastTaken = nowMs;
    m_places.clear();
    return std::exchange(m_waiting, {});
}

void ChangeDebounce::clear()
{
    m_due.reset();
    m_waiting = {};
    m_places.clear();
}

} // namespace tracedeck
