// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/macro/scenario.h"
#include "perf/result/perf_files.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>

namespace tracedeck {
namespace {

namespace fs = std::filesystem;

TEST(Scenario, ReadsItsSettingsAndFallsBack)
{
    const auto scenario =
        scenarioFromText("scroll", R"({"kind": "scroll", "rows": 5000, "sizes": [1, 2.5, "x"], "text": "edge"})");
    ASSERT_TRUE(scenario.ok());
    EXPECT_EQ(scenario->name, "scroll");
    EXPECT_EQ(scenario->kind, "scroll");
    EXPECT_EQ(scenario->count("rows", 1), 5000U);
    EXPECT_EQ(scenario->count("frames", 7), 7U);
    EXPECT_EQ(scenario->numbers("sizes", {}), (std::vector<double>{1, 2.5}));
    EXPECT_EQ(scenario->numbers("rows", {3}), std::vector<double>{3});
    EXPECT_EQ(scenario->text("text", "none"), "edge");
    EXPECT_EQ(scenario->text("rows", "none"), "none");
    EXPECT_EQ(scenario->number("text", 4.5), 4.5);
}

TEST(Scenario, ANegativeCountIsNone)
{
    const auto scenario = scenarioFromText("a", R"({"kind": "a", "rows": -5})");
    ASSERT_TRUE(scenario.ok());
    EXPECT_EQ(scenario->count("rows", 12), 12U);
}

TEST(Scenario, WithoutAKindItIsNone)
{
    for (const char* text : {"", "{", "[]", "{}", R"({"kind": 3})", R"({"kind": ""})"}) {
        EXPECT_FALSE(scenarioFromText("a", text).ok()) << text;
    }
}

TEST(Scenario, AreReadFromAFolderByName)
{
    const fs::path folder = fs::temp_directory_path() / ("scenarios-" + std::to_string(::getpid()));
    ASSERT_TRUE(writePerfText((folder / "b.json").string(), R"({"kind": "two"})").ok());
    ASSERT_TRUE(writePerfText((folder / "a.json").string(), R"({"kind": "one"})").ok());
    ASSERT_TRUE(writePerfText((folder / "notes.txt").string(), "no scenario").ok());
    const auto all = readScenarios(folder.string());
    ASSERT_TRUE(all.ok());
    ASSERT_EQ(all->size(), 2U);
    EXPECT_EQ((*all)[0].kind, "one");
    EXPECT_EQ((*all)[1].name, "b");
    const auto one = readScenarios((folder / "b.json").string());
    ASSERT_TRUE(one.ok());
    EXPECT_EQ((*one)[0].kind, "two");
    EXPECT_FALSE(readScenarios((folder / "none").string()).ok());
    fs::remove_all(folder);
}

TEST(Scenario, TheOnesThatComeWithTheSourcesCanBeRead)
{
    for (const char* folder : {"/perf/macro", "/perf/memory"}) {
        const auto all = readScenarios(std::string(TRACEDECK_SOURCE_DIR) + folder);
        ASSERT_TRUE(all.ok()) << all.error().what;
        EXPECT_GE(all->size(), 3U);
    }
}

TEST(StepTimes, GivesPercentilesOfItsSteps)
{
    StepTimes times;
    for (int i = 0; i < 5; ++i) {
        times.start();
        times.stop();
    }
    PerfResult result;
    times.addTo(result, "paint_");
    EXPECT_EQ(times.count(), 5U);
    EXPECT_EQ(result.metrics.size(), 6U);
    EXPECT_GE(result.metrics.at("paint_most_cpu_ns").value, result.metrics.at("paint_p99_cpu_ns").value);
    EXPECT_EQ(result.metrics.at("paint_p99_ms").kind, MetricKind::LatencyMs);
    EXPECT_GE(result.metrics.at("paint_p99_ms").value, result.metrics.at("paint_p50_ms").value);
    EXPECT_GE(result.metrics.at("paint_cpu_ns").value, 0);
}

TEST(Percentile, IsTheNearestRank)
{
    EXPECT_EQ(percentileOf({}, 50), 0);
    EXPECT_EQ(percentileOf({7}, 99), 7);
    EXPECT_EQ(percentileOf({4, 1, 3, 2}, 50), 2);
    EXPECT_EQ(percentileOf({4, 1, 3, 2}, 75), 3);
    EXPECT_EQ(percentileOf({4, 1, 3, 2}, 100), 4);
    EXPECT_EQ(percentileOf({4, 1, 3, 2}, 0), 1);
}

} // namespace
} // namespace tracedeck
