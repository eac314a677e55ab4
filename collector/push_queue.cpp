// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/push_queue.h"

#include <utility>

namespace tracedeck {

PushQueue::PushQueue(bool includeOwn, std::size_t maxTraces) : m_includeOwn(includeOwn), m_maxTraces(maxTraces)
{ }

bool PushQueue::add(const std::vector<TraceChange>& changes)
{
    bool overflow = false;
    for (const TraceChange& change : changes) {
        if (change.own && !m_includeOwn)
            continue;
        if (m_resync) {
            ++m_dropped;
            continue;
        }
        const auto [place, fresh] = m_places.try_emplace(change.traceId, m_waiting.size());
        if (!fresh) {
            m_waiting[place->second].isNew |= change.isNew;
            continue;
        }
        if (m_waiting.size() >= m_maxTraces) {
            requireResync();
            overflow = true;
            ++m_dropped;
            continue;
        }
        m_waiting.push_back(change);
    }
    return !overflow;
}

void PushQueue::requireResync()
{
    m_resync = true;
    m_dropped += m_waiting.size();
    m_waiting.clear();
    m_places.clear();
}

std::optional<TraceChangeMessage> PushQueue::next()
{
    if (!m_resync && m_waiting.empty())
        return std::nullopt;
    TraceChangeMessage message;
    message.sequence = m_sequence++;
    message.resync = std::exchange(m_resync, false);
    message.dropped = std::exchange(m_dropped, 0);
    message.changes = std::exchange(m_waiting, {});
    m_places.clear();
    return message;
}

} // namespace tracedeck
