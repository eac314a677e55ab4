// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/source_badge.h"
#include "views/status_strip.h"

#include <gtest/gtest.h>

using namespace tracedeck;

namespace {
constexpr std::int64_t kSecondNs = 1'000'000'000;

SourceBadge badge(SourceBadge::Phase phase, std::int64_t successNs = 0, const QString& reason = {})
{
    SourceBadge made;
    made.label = QStringLiteral("jaeger");
    made.phase = phase;
    made.lastSuccessNs = successNs;
    made.reason = reason;
    return made;
}
} // namespace

TEST(SourceBadgeText, SaysStateAgeReasonAndRetry)
{
    const std::int64_t now = 100 * kSecondNs;
    EXPECT_EQ(sourceBadgeText(badge(SourceBadge::Phase::Fresh, 98 * kSecondNs), now), QStringLiteral("2 s ago"));
    SourceBadge stale = badge(SourceBadge::Phase::Stale, 52 * kSecondNs, QStringLiteral("timed out"));
    stale.nextAttemptNs = 112 * kSecondNs;
    EXPECT_EQ(sourceBadgeText(stale, now), QStringLiteral("stale 48 s: timed out, retry in 12 s"));
    EXPECT_EQ(sourceBadgeText(badge(SourceBadge::Phase::Failed, 0, QStringLiteral("refused")), now),
              QStringLiteral("failed: refused"));
    SourceBadge push = badge(SourceBadge::Phase::Fresh, 1);
    push.push = true;
    EXPECT_EQ(sourceBadgeText(push, now), QStringLiteral("push"));
}

TEST(SourceBadgeText, TimeRunningBackwardsIsNotANegativeAge)
{
    EXPECT_EQ(sourceBadgeText(badge(SourceBadge::Phase::Fresh, 50 * kSecondNs), 10 * kSecondNs),
              QStringLiteral("0 s ago"));
}

TEST(WorstSource, CountsWhoSharesTheWorstState)
{
    std::vector<SourceBadge> all{badge(SourceBadge::Phase::Fresh), badge(SourceBadge::Phase::Stale),
                                 badge(SourceBadge::Phase::Fresh), badge(SourceBadge::Phase::Fresh)};
    EXPECT_EQ(worstSource(all).text, QStringLiteral("1 of 4 stale"));
    EXPECT_EQ(worstSource(all).severity, Severity::Warning);
    all.push_back(badge(SourceBadge::Phase::Failed));
    EXPECT_EQ(worstSource(all).severity, Severity::Critical);
    EXPECT_EQ(worstSource({}).severity, Severity::Unknown);
}

TEST(StatusStripTest, TextsFollowTheClock)
{
    std::int64_t now = 10 * kSecondNs;
    StatusStrip strip([&now] { return now; });
    strip.setSources({badge(SourceBadge::Phase::Fresh, 8 * kSecondNs)});
    strip.setUpdated(8 * kSecondNs, false);
    EXPECT_EQ(strip.texts(), QStringList{QStringLiteral("jaeger, 2 s ago")});
    EXPECT_EQ(strip.updatedText(), QStringLiteral("updated 2 s ago"));
    now = 15 * kSecondNs;
    strip.setUpdated(8 * kSecondNs, false);
    EXPECT_EQ(strip.texts(), QStringList{QStringLiteral("jaeger, 7 s ago")});
    strip.notice(QStringLiteral("first"));
    strip.notice(QStringLiteral("second"));
    EXPECT_EQ(strip.noticeText(), QStringLiteral("second"));
}
