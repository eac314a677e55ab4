// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/stress/delivery_ledger.h"

#include "perf/stress/stress_body.h"

namespace tracedeck::stress {

void DeliveryLedger::take(const TraceChangeMessage& message, const Delivered& delivered)
{
    if (message.sequence != m_nextSequence)
        ++m_gaps;
    m_nextSequence = message.sequence + 1;
    ++m_messages;
    m_dropped += message.dropped;
    for (const TraceChange& change : message.changes) {
        const std::uint64_t number = stressTraceNumber(change.traceId);
        if (number == 0 || number >= m_seen.size()) {
            ++m_strangers;
        } else if (m_seen[number]) {
            ++m_duplicates;
        } else {
            m_seen[number] = true;
            ++m_delivered;
            delivered(number);
        }
    }
}

} // namespace tracedeck::stress
