// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/quiet_traces.h"

namespace tracedeck {

bool QuietTraces::touch(const TraceId& trace, std::int64_t nowNs)
{
    m_touched[trace] = nowNs;
    m_order.emplace_back(nowNs, trace);
    // Each touch costs an entry; a trace touched all the time must not grow the list without end.
    if (m_touched.size() <= m_most && m_order.size() <= 8 * m_most)
        return true;
    m_touched.clear();
    m_order.clear();
    return false;
}

std::vector<TraceId> QuietTraces::takeQuiet(std::int64_t nowNs, std::size_t count)
{
    std::vector<TraceId> quiet;
    while (quiet.size() < count && !m_order.empty()) {
        const auto [touchedNs, trace] = m_order.front();
        const bool clockWentBack = nowNs < touchedNs - m_quietNs;
        if (nowNs - touchedNs < m_quietNs && !clockWentBack)
            break;
        m_order.pop_front();
        const auto known = m_touched.find(trace);
        if (known == m_touched.end() || known->second != touchedNs)
            continue; // taken already, or touched again later
        m_touched.erase(known);
        quiet.push_back(trace);
    }
    return quiet;
}

} // namespace tracedeck
