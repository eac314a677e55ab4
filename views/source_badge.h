// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/roles.h"

#include <QString>
#include <cstdint>
#include <vector>

namespace tracedeck {

/// A source as the status bar shows it. Times in ns since the Unix epoch, 0 = never / none.
struct SourceBadge {
    enum class Phase : std::uint8_t { Connecting, Fresh, Stale, Failed, Paused };
    QString id;
    QString label;
    Phase phase = Phase::Connecting;
    std::int64_t lastSuccessNs = 0;
    std::int64_t nextAttemptNs = 0;
    QString reason;
    bool push = false;
    bool operator==(const SourceBadge&) const = default;
};

/// "2 s ago", "push", "stale 48 s: timed out, retry in 12 s", "failed: …", "connecting", "paused".
[[nodiscard]] QString sourceBadgeText(const SourceBadge& badge, std::int64_t nowNs);
[[nodiscard]] Severity sourceBadgeSeverity(const SourceBadge& badge);

/// The button at the top: worst state and how many share it, "1 of 4 stale", "all fresh".
struct WorstSource {
    Severity severity = Severity::Ok;
    QString text;
};
[[nodiscard]] WorstSource worstSource(const std::vector<SourceBadge>& badges);

} // namespace tracedeck
