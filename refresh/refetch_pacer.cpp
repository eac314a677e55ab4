// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/refetch_pacer.h"

#include <algorithm>

namespace tracedeck {

std::int64_t RefetchPacer::notice(std::int64_t nowNs)
{
    if (!m_firstNoticeNs) {
        m_firstNoticeNs = nowNs;
    }
    std::int64_t due = std::min(nowNs + m_debounceNs, *m_firstNoticeNs + m_spacingNs);
    if (m_lastFetchNs) {
        due = std::max(due, *m_lastFetchNs + m_spacingNs);
    }
    m_dueNs = std::max(due, nowNs);
    return *m_dueNs;
}

void RefetchPacer::fetched(std::int64_t nowNs)
{
    m_lastFetchNs = nowNs;
    m_firstNoticeNs.reset();
    m_dueNs.reset();
}

} // namespace tracedeck
