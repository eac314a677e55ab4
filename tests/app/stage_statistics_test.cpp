// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stage_statistics.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

StageRecord record(Stage stage, std::int64_t ns, std::uint32_t rows = 0)
{
    StageRecord out;
    out.stage = stage;
    out.durationNs = ns;
    out.rows = rows;
    return out;
}

} // namespace

TEST(StageStatisticsTest, NothingIsKnownBeforeTheFirstRecord)
{
    StageStatistics statistics;
    EXPECT_FALSE(statistics.of(Stage::Fetch).has_value());
    statistics.add({record(Stage::Gate, 5)});
    EXPECT_FALSE(statistics.of(Stage::Fetch).has_value());
    EXPECT_FALSE(statistics.of(Stage::Count).has_value());
    statistics.add({record(Stage::Count, 5)});
}

TEST(StageStatisticsTest, LastMedianAndNearestRank)
{
    StageStatistics statistics;
    std::vector<StageRecord> records;
    for (int i = 100; i >= 1; --i) {
        records.push_back(record(Stage::Derive, i, static_cast<std::uint32_t>(i)));
    }
    statistics.add(records);
    const StageFigures figures = *statistics.of(Stage::Derive);
    EXPECT_EQ(figures.lastNs, 1);
    EXPECT_EQ(figures.medianNs, 50);
    EXPECT_EQ(figures.p95Ns, 95);
    EXPECT_EQ(figures.count, 100U);
    EXPECT_EQ(figures.rows, 1U);
    statistics.add({record(Stage::Derive, -7)});
    EXPECT_EQ(statistics.of(Stage::Derive)->lastNs, 0) << "a clock that went back counts as nothing";
}

RC_GTEST_PROP(StageStatisticsProperty, FiguresLieWithinTheWindow, (const std::vector<std::uint16_t>& durations))
{
    RC_PRE(!durations.empty());
    StageStatistics statistics;
    for (const std::uint16_t ns : durations) {
        statistics.add({record(Stage::Apply, ns)});
    }
    const StageFigures figures = *statistics.of(Stage::Apply);
    const auto from = durations.size() > StageStatistics::kWindow
        ? durations.end() - static_cast<std::ptrdiff_t>(StageStatistics::kWindow)
        : durations.begin();
    RC_ASSERT(figures.lastNs == durations.back());
    RC_ASSERT(figures.medianNs >= *std::min_element(from, durations.end()));
    RC_ASSERT(figures.p95Ns <= *std::max_element(from, durations.end()));
    RC_ASSERT(figures.medianNs <= figures.p95Ns);
    RC_ASSERT(figures.count == durations.size());
}
