// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/stress/ingest_stress.h"
#include "perf/stress/websocket_stress.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace tracedeck::stress {
namespace {

StressOptions smallPush()
{
    StressOptions options;
    options.scenario = "ws";
    options.clients = 7;
    options.perClientCap = 3;
    options.duration = std::chrono::milliseconds(700);
    options.rate = 100;
    options.stagger = std::chrono::milliseconds(0);
    return options;
}

TEST(WebSocketStress, BalancesAndRefusesOneTooManyOnEveryFullToken)
{
    const auto report = runWebSocketStress(smallPush());
    ASSERT_TRUE(report.ok()) << report.error().what;
    EXPECT_TRUE(report->good()) << reportJson(*report);
    EXPECT_EQ(report->attempted, 7U);
    EXPECT_EQ(report->successful, 7U);
    EXPECT_EQ(report->tokens, 3U);
    EXPECT_EQ(report->overCapAttempted, 2U); // the third token has a free seat
    EXPECT_EQ(report->overCapRefused, 2U);
    EXPECT_EQ(report->overCapStatus, 429);
    EXPECT_NE(report->overCapReason.find("already has 3 push connections"), std::string::npos);
    EXPECT_GT(report->produced, 1U);
    EXPECT_EQ(report->expected, 7 * report->produced);
    EXPECT_EQ(report->delivered, report->expected);
    EXPECT_EQ(report->latency.samples, report->delivered);
    EXPECT_EQ(report->lost + report->inFlight + report->duplicates + report->sequenceGaps, 0U);
}

TEST(WebSocketStress, PlantedFaultsAreFound)
{
    const auto runWith = [](PlantedFault fault) {
        StressOptions options = smallPush();
        options.planted = fault;
        options.settle = std::chrono::milliseconds(1000);
        auto report = runWebSocketStress(options);
        EXPECT_TRUE(report.ok());
        EXPECT_FALSE(report->good());
        return report.value();
    };
    const StressReport loss = runWith(PlantedFault::Loss);
    EXPECT_GT(loss.lost + loss.inFlight, 0U) << "what goes missing at the very end looks like under way";
    EXPECT_GT(runWith(PlantedFault::Duplicate).duplicates, 0U);
    EXPECT_GT(runWith(PlantedFault::Gap).sequenceGaps, 0U);
}

TEST(WebSocketStress, SlowClientsAreAccountedForToo)
{
    StressOptions options = smallPush();
    options.slowClients = 2;
    options.rate = 2000;
    const auto report = runWebSocketStress(options);
    ASSERT_TRUE(report.ok());
    EXPECT_TRUE(report->good()) << reportJson(*report);
    EXPECT_EQ(report->expected, report->delivered + report->dropped.at("resync"));
}

StressOptions smallIngest()
{
    StressOptions options;
    options.scenario = "ingest";
    options.clients = 3;
    options.duration = std::chrono::milliseconds(700);
    options.spansPerBody = 64;
    return options;
}

TEST(IngestStress, EverySpanIsStoredOrRefusedWithAReason)
{
    StressOptions options = smallIngest();
    auto report = runIngestStress(options);
    while (report.ok() && report->rejected.size() < 4) { // a slow machine got through fewer kinds of requests
        options.duration *= 2;
        report = runIngestStress(options);
    }
    ASSERT_TRUE(report.ok()) << report.error().what;
    EXPECT_TRUE(report->good()) << reportJson(*report);
    EXPECT_EQ(report->rejected.count("HTTP 400"), 1U);
    EXPECT_EQ(report->rejected.count("HTTP 415"), 1U);
    EXPECT_GT(report->latency.samples, 0U);
    std::uint64_t rejected = 0;
    for (const auto& [reason, count] : report->rejected)
        rejected += count;
    EXPECT_EQ(report->sent, report->delivered + rejected);
}

TEST(IngestStress, APlantedLossIsFound)
{
    StressOptions options = smallIngest();
    options.planted = PlantedFault::Loss;
    const auto report = runIngestStress(options);
    ASSERT_TRUE(report.ok());
    EXPECT_FALSE(report->good());
    EXPECT_GT(report->lost, 0U);
}

TEST(StressReport, IsOneJsonObjectWithTheAgreedNames)
{
    StressReport report;
    report.scenario = "ws";
    report.problems = {"a \"quoted\" problem\n"};
    const std::string text = reportJson(report);
    EXPECT_EQ(text.find('\n'), std::string::npos);
    const auto json = nlohmann::json::parse(text);
    for (const char* key : {"attempted", "successful", "failed", "sent", "received", "errors", "dropped", "in_flight",
                            "lost", "duplicates", "sequence_gaps", "latency_ms", "over_cap", "conserved"})
        EXPECT_TRUE(json.contains(key)) << key;
    EXPECT_FALSE(json.at("conserved").get<bool>());
    EXPECT_EQ(json.at("problems").at(0), report.problems[0]);
}

} // namespace
} // namespace tracedeck::stress
