// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/result/perf_files.h"
#include "perf/result/perf_table.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace tracedeck {
namespace {

namespace fs = std::filesystem;

PerfResult sampleResult(const std::string& name = "derive/5000")
{
    PerfResult result{"gate", name, {}, 3, 1.5, {}};
    result.metrics["ir"] = {1'234'567, MetricKind::Instructions, true};
    result.metrics["cpu_ns"] = {4.5e5, MetricKind::CpuNs, true};
    result.metrics["proxy_ratio"] = {41.25, MetricKind::Ratio, false};
    result.environment.compiler = "g++ 12.2";
    result.environment.flags = "-O2";
    result.environment.arch = "x86_64";
    result.environment.qt = "6.4.2";
    result.environment.cores = 2;
    result.environment.loadAverage = 0.5;
    return result;
}

class PerfFiles : public testing::Test {
protected:
    void SetUp() override
    {
        m_folder = fs::temp_directory_path() / ("perf-files-" + std::to_string(::getpid()));
        fs::create_directories(m_folder);
    }
    void TearDown() override { fs::remove_all(m_folder); }
    [[nodiscard]] std::string path(const std::string& name) const { return (m_folder / name).string(); }

    fs::path m_folder;
};

TEST(PerfResult, ComesBackFromJsonAsItWas)
{
    const PerfResult result = sampleResult();
    const auto back = perfResultFromJson(perfResultJson(result));
    ASSERT_TRUE(back.ok()) << back.error().what;
    EXPECT_EQ(*back, result);
}

TEST(PerfResult, JsonHasTheStatedFields)
{
    const auto json = perfResultJson(sampleResult());
    EXPECT_EQ(json["schema"], 1);
    EXPECT_EQ(json["suite"], "gate");
    EXPECT_EQ(json["metrics"]["proxy_ratio"], 41.25);
    EXPECT_EQ(json["kinds"]["ir"], "instr");
    EXPECT_EQ(json["better"]["proxy_ratio"], "higher");
    EXPECT_EQ(json["samples"], 3U);
    EXPECT_EQ(json["env"]["qt"], "6.4.2");
}

struct BadField {
    const char* pointer;
    nlohmann::ordered_json value;
    const char* named;
};

class BadPerfResult : public testing::TestWithParam<BadField> { };

TEST_P(BadPerfResult, IsRefusedByName)
{
    auto json = perfResultJson(sampleResult());
    json[nlohmann::ordered_json::json_pointer(GetParam().pointer)] = GetParam().value;
    const auto back = perfResultFromJson(json);
    ASSERT_FALSE(back.ok());
    EXPECT_EQ(back.error().code, ErrorCode::Malformed);
    EXPECT_NE(back.error().what.find(GetParam().named), std::string::npos) << back.error().what;
}

INSTANTIATE_TEST_SUITE_P(
    Fields, BadPerfResult,
    testing::Values(BadField{"/schema", 2, "schema"}, BadField{"/suite", "", "suite"}, BadField{"/name", 7, "name"},
                    BadField{"/metrics", nlohmann::ordered_json::object(), "metrics"},
                    BadField{"/metrics/ir", "much", "metrics.ir"}, BadField{"/metrics/ir", nullptr, "metrics.ir"},
                    BadField{"/kinds/ir", "parsecs", "kinds.ir"}, BadField{"/better/ir", "sideways", "better.ir"},
                    BadField{"/samples", 0U, "samples"}, BadField{"/samples", -1, "samples"}));

TEST(PerfResult, OnlyFiguresThatRepeatAreGuarded)
{
    EXPECT_TRUE(isGuardedKind(MetricKind::Count));
    EXPECT_TRUE(isGuardedKind(MetricKind::Instructions));
    EXPECT_TRUE(isGuardedKind(MetricKind::Bytes));
    EXPECT_TRUE(isGuardedKind(MetricKind::Ratio));
    EXPECT_FALSE(isGuardedKind(MetricKind::CpuNs));
    EXPECT_FALSE(isGuardedKind(MetricKind::WallNs));
    EXPECT_FALSE(isGuardedKind(MetricKind::LatencyMs));
    EXPECT_FALSE(isGuardedKind(MetricKind::Rate));
}

TEST(PerfEnvironment, SaysWhatThisProcessRunsOn)
{
    const PerfEnvironment now = currentPerfEnvironment("6.4.2");
    EXPECT_FALSE(now.compiler.empty());
    EXPECT_FALSE(now.arch.empty());
    EXPECT_FALSE(now.kernel.empty());
    EXPECT_GT(now.cores, 0U);
    EXPECT_NE(perfProfile(now).find("Qt 6.4"), std::string::npos);
    EXPECT_EQ(perfProfile(now).find("6.4.2"), std::string::npos) << "a patch release keeps its baselines";
    EXPECT_EQ(perfProfile(currentPerfEnvironment()).find("Qt"), std::string::npos);
}

TEST(PerfEnvironment, MissingFieldsStayUnknown)
{
    EXPECT_EQ(perfEnvironmentFromJson({}), PerfEnvironment());
    EXPECT_EQ(perfEnvironmentFromJson({{"cores", "many"}, {"loadavg", "high"}, {"qt", 6}}), PerfEnvironment());
}

TEST_F(PerfFiles, ResultsComeBackFromAFile)
{
    const std::vector<PerfResult> results{sampleResult("a"), sampleResult("b")};
    ASSERT_TRUE(writePerfResults(path("deep/results.json"), results).ok());
    const auto back = readPerfResults(path("deep/results.json"));
    ASSERT_TRUE(back.ok()) << back.error().what;
    EXPECT_EQ(*back, results);
    EXPECT_FALSE(fs::exists(path("deep/results.json.new")));
}

TEST_F(PerfFiles, AnEmptyListIsAFileToo)
{
    ASSERT_TRUE(writePerfResults(path("none.json"), {}).ok());
    const auto back = readPerfResults(path("none.json"));
    ASSERT_TRUE(back.ok());
    EXPECT_TRUE(back->empty());
}

TEST_F(PerfFiles, BrokenFilesSayWhere)
{
    EXPECT_EQ(readPerfResults(path("nothing.json")).error().code, ErrorCode::NotFound);
    for (const char* text : {"", "[", "{}", "[{}]", "[1]", "\xff\xfe"}) {
        std::ofstream(path("bad.json"), std::ios::trunc) << text;
        const auto back = readPerfResults(path("bad.json"));
        ASSERT_FALSE(back.ok()) << text;
        EXPECT_EQ(back.error().code, ErrorCode::Malformed) << text;
    }
    ASSERT_TRUE(writePerfResults(path("twice.json"), {sampleResult("a"), sampleResult("a")}).ok());
    EXPECT_NE(readPerfResults(path("twice.json")).error().what.find("gate/a"), std::string::npos);
}

TEST_F(PerfFiles, APlaceThatCannotBeWrittenIsAnError)
{
    std::ofstream(path("file")) << "x";
    EXPECT_FALSE(writePerfText(path("file") + "/below", "text").ok());
}

TEST(PerfTable, PrintsFiguresWithTheirUnits)
{
    EXPECT_EQ(perfFigure(512, MetricKind::Bytes), "512 B");
    EXPECT_EQ(perfFigure(1536, MetricKind::Bytes), "1.5 KiB");
    EXPECT_EQ(perfFigure(41.25, MetricKind::Ratio), "41.2 x");
    EXPECT_EQ(perfFigure(4.5e5, MetricKind::CpuNs), "450 µs");
    EXPECT_EQ(perfFigure(26e6, MetricKind::Instructions), "26 M");
    EXPECT_EQ(perfFigure(7, MetricKind::Count), "7");
    EXPECT_EQ(perfFigure(3.5e12, MetricKind::Rate), "3.5e+03 G/s");
}

TEST(PerfTable, NamesACaseOnceAndComparesWithBefore)
{
    PerfResult before = sampleResult();
    before.metrics.erase("proxy_ratio");
    before.metrics["ir"].value *= 2;
    const std::string text = perfTable({sampleResult()}, {before});
    EXPECT_EQ(text.find("gate/derive/5000"), text.rfind("gate/derive/5000"));
    EXPECT_NE(text.find("-50.0 %"), std::string::npos) << text;
    EXPECT_NE(text.find("+0.0 %"), std::string::npos) << text;
    EXPECT_NE(text.find("–"), std::string::npos) << "what was not measured before is unknown, not zero";
    EXPECT_EQ(perfTable({sampleResult()}).find("%"), std::string::npos) << "nothing to compare with";
}

} // namespace
} // namespace tracedeck
