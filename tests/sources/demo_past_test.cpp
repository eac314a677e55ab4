// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo_past.h"

#include <QTemporaryDir>
#include <algorithm>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

constexpr std::int64_t kNowNs = 1'800'000'000'000'000'000;
constexpr std::int64_t kHourNs = 3'600'000'000'000;

HistoryStoreOptions optionsIn(const QTemporaryDir& dir)
{
    HistoryStoreOptions options;
    options.file = dir.filePath(QStringLiteral("history.ring")).toStdString();
    return options;
}

std::size_t knownPoints(const HistoryStore& store, RowKey key, HistoryRange range)
{
    const auto points = store.read(key, range, kNowNs)[0].points;
    return static_cast<std::size_t>(
        std::count_if(points.begin(), points.end(), [](const HistoryPoint& point) { return !point.isGap(); }));
}

} // namespace

TEST(DemoPast, fillsHourDaysAndWeek)
{
    const QTemporaryDir dir;
    HistoryStore store(optionsIn(dir));
    const DemoLayout layout = demoLayout(24, {"demo", kNowNs, 0});
    fillDemoPast(store, layout, kNowNs);
    const RowKey host = layout.hosts->keys[0];
    EXPECT_GE(knownPoints(store, host, HistoryRange::Hour), 150U);
    EXPECT_GE(knownPoints(store, host, HistoryRange::SixHours), 250U);
    EXPECT_GE(knownPoints(store, host, HistoryRange::Week), 280U);
    EXPECT_LE(store.read(host, HistoryRange::Week, kNowNs)[0].points.front().timeNs, kNowNs - 160 * kHourNs);
    // What the past says of a moment is what the fleet says of it.
    const auto points = store.read(host, HistoryRange::Hour, kNowNs)[0].points;
    const HistoryPoint& last = points.back();
    EXPECT_NEAR(last.value, *demoHostSample(layout, 0, last.timeNs / kDemoStepNs).cpuPercent, 0.02);
}

TEST(DemoPast, silentAgentsEndEarlyAndHugeFleetsHaveNone)
{
    const QTemporaryDir dir;
    HistoryStore store(optionsIn(dir));
    const DemoLayout layout = demoLayout(150, {"demo", kNowNs, 0});
    fillDemoPast(store, layout, kNowNs);
    for (std::size_t row = 0; row < layout.hostShapes.size(); ++row) {
        if (layout.hostShapes[row].fault == DemoFault::StaleAgent) {
            const auto points = store.read(layout.hosts->keys[row], HistoryRange::Hour, kNowNs)[0].points;
            ASSERT_FALSE(points.empty());
            EXPECT_LT(points.back().timeNs, kNowNs - kHourNs / 3);
        }
    }
    HistoryStore none({});
    DemoLayout large;
    large.hostShapes.resize(kDemoPastRows + 1);
    fillDemoPast(none, large, kNowNs);
    EXPECT_EQ(none.heldRows(), 0U);
}
