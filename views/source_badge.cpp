// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/source_badge.h"

#include "core/number_format.h"

#include <QCoreApplication>
#include <algorithm>

namespace tracedeck {

namespace {

QString badgeWord(const char* text)
{
    return QCoreApplication::translate("SourceBadge", text);
}

QString sourceAge(std::int64_t ns)
{
    constexpr std::int64_t second = 1'000'000'000;
    return QString::fromStdString(formatAge(std::max<std::int64_t>(ns, 0) / second * second));
}

} // namespace

QString sourceBadgeText(const SourceBadge& badge, std::int64_t nowNs)
{
    const auto withRetry = [&](QString text) {
        if (!badge.reason.isEmpty()) {
            QStringView reason = badge.reason;
            while (reason.endsWith(u'.')) {
                reason.chop(1); // the sentence goes on
            }
            text += QStringLiteral(": ") + reason;
        }
        if (badge.nextAttemptNs > nowNs) {
            text += badgeWord(", retry in %1").arg(sourceAge(badge.nextAttemptNs - nowNs));
        }
        return text;
    };
    switch (badge.phase) {
    case SourceBadge::Phase::Connecting:
        return badgeWord("connecting");
    case SourceBadge::Phase::Fresh:
        return badge.push ? badgeWord("push") : badgeWord("%1 ago").arg(sourceAge(nowNs - badge.lastSuccessNs));
    case SourceBadge::Phase::Stale:
        return withRetry(badgeWord("stale %1").arg(sourceAge(nowNs - badge.lastSuccessNs)));
    case SourceBadge::Phase::Failed:
        return withRetry(badgeWord("failed"));
    case SourceBadge::Phase::Paused:
        return badge.lastSuccessNs == 0 ? badgeWord("paused")
                                        : badgeWord("paused, %1 old").arg(sourceAge(nowNs - badge.lastSuccessNs));
    }
    return {};
}

Severity sourceBadgeSeverity(const SourceBadge& badge)
{
    switch (badge.phase) {
    case SourceBadge::Phase::Fresh:
        return Severity::Ok;
    case SourceBadge::Phase::Stale:
        return Severity::Warning;
    case SourceBadge::Phase::Failed:
        return Severity::Critical;
    case SourceBadge::Phase::Connecting:
    case SourceBadge::Phase::Paused:
        break;
    }
    return Severity::Unknown;
}

WorstSource worstSource(const std::vector<SourceBadge>& badges)
{
    if (badges.empty()) {
        return {Severity::Unknown, badgeWord("no source")};
    }
    const auto worst = std::max_element(badges.begin(), badges.end(), [](const SourceBadge& a, const SourceBadge& b) {
        return sourceBadgeSeverity(a) < sourceBadgeSeverity(b);
    });
    const auto same = std::count_if(badges.begin(), badges.end(),
                                    [&](const SourceBadge& badge) { return badge.phase == worst->phase; });
    const QString share = badgeWord("%1 of %2").arg(same).arg(badges.size());
    switch (worst->phase) {
    case SourceBadge::Phase::Failed:
        return {Severity::Critical, badgeWord("%1 failed").arg(share)};
    case SourceBadge::Phase::Stale:
        return {Severity::Warning, badgeWord("%1 stale").arg(share)};
    case SourceBadge::Phase::Connecting:
        return {Severity::Unknown, badgeWord("%1 connecting").arg(share)};
    case SourceBadge::Phase::Paused:
        return {Severity::Unknown, badgeWord("%1 paused").arg(share)};
    case SourceBadge::Phase::Fresh:
        break;
    }
    return {Severity::Ok,
            badges.size() == 1 ? badgeWord("1 source live") : badgeWord("%1 sources live").arg(badges.size())};
}

} // namespace tracedeck
