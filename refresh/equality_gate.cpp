// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/equality_gate.h"

#include "core/performance_switches.h"

#include <xxhash.h>

namespace tracedeck {
namespace {

/// True when the section is new; an equal one is replaced by the one already known.
template <class Table>
bool keepEqual(std::shared_ptr<const Table>& incoming, const std::shared_ptr<const Table>& known, bool hasKnown)
{
    if (!incoming) {
        incoming = hasKnown && known->rows() == 0 ? known : std::make_shared<const Table>();
    }
    if (!hasKnown || !performanceSwitches().gate) {
        return true;
    }
    if (incoming == known) {
        return false;
    }
    // Digests first: they differ early and cost 8 bytes a row; equal digests are confirmed by the columns.
    if (incoming->digests == known->digests && *incoming == *known) {
        incoming = known;
        return false;
    }
    return true;
}

} // namespace

bool EqualityGate::sameBytes(std::string_view payload)
{
    const std::uint64_t hash = XXH3_64bits(payload.data(), payload.size());
    const bool same = performanceSwitches().gate && m_hasHash && m_bytes == payload.size() && m_hash == hash;
    m_bytes = payload.size();
    m_hash = hash;
    m_hasHash = true;
    m_counters.sameBytes += same ? 1 : 0;
    return same;
}

EqualityGate::Outcome EqualityGate::admit(FleetSnapshot& incoming)
{
    Outcome outcome;
    outcome.infrastructureChanged = keepEqual(incoming.infrastructure, m_last.infrastructure, m_hasLast);
    outcome.workloadsChanged = keepEqual(incoming.workloads, m_last.workloads, m_hasLast);
    outcome.warningsChanged = m_hasLast ? incoming.warnings != m_last.warnings : !incoming.warnings.empty();
    m_last = incoming;
    m_hasLast = true;
    ++(outcome.changed() ? m_counters.changed : m_counters.unchanged);
    return outcome;
}

} // namespace tracedeck
