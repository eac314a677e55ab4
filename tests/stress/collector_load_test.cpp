// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/macro/collector/load_run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace tracedeck::perf {
namespace {

const PerfResult* resultNamed(const std::vector<PerfResult>& results, const std::string& name)
{
    const auto found =
        std::find_if(results.begin(), results.end(), [&](const PerfResult& result) { return result.name == name; });
    return found == results.end() ? nullptr : &*found;
}

LoadScenario smallScenario(bool grpc)
{
    LoadScenario scenario;
    scenario.name = "small";
    scenario.grpc = grpc;
    scenario.sizes = {2048, 6000};
    scenario.readers = 2;
    scenario.readerPause = std::chrono::milliseconds(1);
    scenario.queryTime = std::chrono::milliseconds(300);
    return scenario;
}

TEST(CollectorLoad, MeasuresEachSizeAndLosesNothing)
{
    for (const bool grpc : {false, true}) {
        const auto results = runCollectorLoad(smallScenario(grpc));
        ASSERT_TRUE(results.ok()) << results.error().what;
        for (const char* name : {"ingest/2048", "ingest/6000"}) {
            const PerfResult* ingest = resultNamed(*results, name);
            ASSERT_NE(ingest, nullptr) << name;
            EXPECT_EQ(ingest->metrics.at("lost_spans").value, 0);
            EXPECT_EQ(ingest->metrics.at("errors").value, 0);
            EXPECT_GT(ingest->metrics.at("spans_per_second").value, 0);
            EXPECT_GT(ingest->metrics.at("stored_bytes_per_span_bytes").value, 10);
        }
        EXPECT_EQ(resultNamed(*results, "ingest/6000")->samples, 8U); // 3,952 spans in bodies of 512
        const PerfResult* query = resultNamed(*results, "query/status/6000");
        ASSERT_NE(query, nullptr);
        EXPECT_GT(query->samples, 0U);
        EXPECT_EQ(query->metrics.at("errors").value, 0);
        EXPECT_GE(query->metrics.at("p99_ms").value, query->metrics.at("p50_ms").value);
    }
}

TEST(LoadScenario, TheScenariosOfTheRepositoryAreRead)
{
    std::size_t read = 0;
    const std::string folder = std::string(TRACEDECK_SOURCE_DIR) + "/perf/macro/collector";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".json")
            continue;
        std::ifstream file(entry.path());
        const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        const auto scenario = loadScenarioFromJson(text);
        EXPECT_TRUE(scenario.ok()) << entry.path() << ": " << scenario.error().what;
        ++read;
    }
    EXPECT_GE(read, 3U);
}

TEST(LoadScenario, WhatIsUnknownOrUnboundedIsNamed)
{
    const auto full = loadScenarioFromJson(
        R"({"name":"n","transport":"grpc","shape":"lone","sizes":[5,9],"writers":3,"readers":0,"reader_pause_ms":7,"query_seconds":2})");
    ASSERT_TRUE(full.ok()) << full.error().what;
    EXPECT_TRUE(full->grpc);
    EXPECT_EQ(full->shape, LoadShape::Lone);
    EXPECT_EQ(full->sizes, (std::vector<std::uint64_t>{5, 9}));
    EXPECT_EQ(full->writers, 3U);
    EXPECT_EQ(full->queryTime, std::chrono::seconds(2));
    for (const char* wrong :
         {"", "[]", "{", R"({"name":"n"})", R"({"sizes":[1]})", R"({"name":"n","sizes":[]})",
          R"({"name":"n","sizes":[2,2]})", R"({"name":"n","sizes":[-1]})", R"({"name":"n","sizes":[100000001]})",
          R"({"name":"n","sizes":[1],"writers":0})", R"({"name":"n","sizes":[1],"readers":65})",
          R"({"name":"n","sizes":[1],"shape":"round"})", R"({"name":"n","sizes":[1],"transport":"mail"})",
          R"({"name":"n","sizes":[1],"typo":1})", R"({"name":"","sizes":[1]})"})
        EXPECT_EQ(loadScenarioFromJson(wrong).error().code, ErrorCode::Malformed) << wrong;
}

} // namespace
} // namespace tracedeck::perf
