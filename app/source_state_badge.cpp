// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/source_state_badge.h"

namespace tracedeck {

namespace {

SourceBadge::Phase badgePhase(SourceState::Phase phase)
{
    switch (phase) {
    case SourceState::Phase::Fresh:
        return SourceBadge::Phase::Fresh;
    case SourceState::Phase::Stale:
        return SourceBadge::Phase::Stale;
    case SourceState::Phase::Failed:
        return SourceBadge::Phase::Failed;
    case SourceState::Phase::Paused:
        return SourceBadge::Phase::Paused;
    case SourceState::Phase::Connecting:
        break;
    }
    return SourceBadge::Phase::Connecting;
}

} // namespace

void pinBadgeTimes(SourceBadge& badge, std::int64_t nowNs)
{
    badge.lastSuccessNs = badge.lastSuccessNs > 0 ? nowNs : 0;
    badge.nextAttemptNs = 0;
}

void fillBadge(SourceBadge& badge, const SourceState& state)
{
    badge.phase = badgePhase(state.phase);
    badge.lastSuccessNs = state.lastSuccessNs;
    badge.nextAttemptNs = state.consecutiveFailures > 0 ? state.nextAttemptNs : 0;
    badge.reason = QString::fromStdString(state.reason);
    // Errors begin with their source, which stands in front of the reason wherever a badge is shown.
    if (const QString prefix = badge.label + QStringLiteral(": "); badge.reason.startsWith(prefix)) {
        badge.reason.remove(0, prefix.size());
    }
    badge.push = state.push;
}

} // namespace tracedeck
