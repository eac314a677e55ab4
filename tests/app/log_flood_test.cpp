// SPDX-License-Identifier: GPL-3.0-or-later
// A container that writes fast, from a process of its own to the panel on screen: nothing is lost unsaid. How smooth it
// is, is measured by perf/macro/log-flood.json.
#include "perf/log_flood.h"
#include "views/log_view.h"

#include <QTest>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

constexpr int kPatience = 60'000;

TEST(LogFlood, EveryLineIsShownOrCounted)
{
    for (const std::uint64_t perSecond : {10'000U, 1'000'000U}) {
        LogFlood flood(perSecond, 30'000);
        flood.panel().resize(900, 300);
        flood.panel().show();
        ASSERT_TRUE(QTest::qWaitFor([&] { return flood.hasEnded() || !flood.problem().isEmpty(); }, kPatience));
        EXPECT_EQ(flood.problem(), QString());
        EXPECT_EQ(flood.shown() + flood.dropped(), flood.produced()) << perSecond << " a second";
        EXPECT_GT(flood.shown(), 0U);
        EXPECT_LE(flood.panel().lines().totalCount(), 20'000U) << "what is kept is bounded";
        EXPECT_LE(flood.batches(), 30'000U / 100) << "lines come in batches";
        const LogLines& lines = flood.panel().lines();
        EXPECT_TRUE(flood.panel().view()->isFollowing());
        EXPECT_GE(flood.panel().view()->firstVisible() + 50, lines.shownCount()) << "at the newest line";
    }
}

TEST(LogFlood, WhoeverReadsIsNotCarriedAway)
{
    LogFlood flood(20'000, 60'000);
    flood.panel().resize(900, 300);
    flood.panel().show();
    const LogLines& lines = flood.panel().lines();
    ASSERT_TRUE(QTest::qWaitFor([&] { return lines.shownCount() > 500; }, kPatience));
    LogView* view = flood.panel().view();
    QTest::keyClick(view, Qt::Key_PageUp);
    ASSERT_FALSE(view->isFollowing());
    const std::uint64_t read = lines.number(view->firstVisible());
    ASSERT_TRUE(QTest::qWaitFor([&] { return lines.number(lines.shownCount() - 1) > read + 5'000; }, kPatience));
    EXPECT_EQ(lines.number(view->firstVisible()), read) << "the line being read stays where it is";
    QTest::keyClick(view, Qt::Key_End);
    EXPECT_TRUE(view->isFollowing());
    ASSERT_TRUE(QTest::qWaitFor([&] { return flood.hasEnded(); }, kPatience));
    EXPECT_EQ(flood.shown() + flood.dropped(), flood.produced());
}

} // namespace
} // namespace tracedeck
