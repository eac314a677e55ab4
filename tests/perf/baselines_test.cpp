// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/regression/baselines.h"
#include "perf/regression/perf_check.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <rapidcheck.h>

namespace tracedeck {
namespace {

using Verdict = CheckLine::Verdict;

PerfResult resultOf(const std::string& name, double ir, double allocations = 0)
{
    PerfResult result{"gate", name, {}, 1, 0, {}};
    result.metrics["ir"] = {ir, MetricKind::Instructions, true};
    result.metrics["allocs"] = {allocations, MetricKind::Count, true};
    result.metrics["cpu_ns"] = {ir / 3, MetricKind::CpuNs, true};
    result.environment.compiler = "g++ 12.2";
    return result;
}

Baselines baselinesOf(const std::vector<PerfResult>& results)
{
    Baselines baselines;
    updateBaselines(baselines, results, {}, "as it was");
    return baselines;
}

Verdict verdictOf(const CheckReport& report, const std::string& name, const std::string& figure)
{
    for (const CheckLine& line : report.lines) {
        if (line.name == name && line.figure == figure) {
            return line.verdict;
        }
    }
    ADD_FAILURE() << name << ' ' << figure << " is not in the report";
    return Verdict::Missing;
}

TEST(Baselines, ComeBackFromTheirText)
{
    Baselines baselines = baselinesOf({resultOf("a", 100), resultOf("b \"quoted\"", 5e9, 3)});
    baselines.profiles["clang 16"]["gate/x"]["r_ratio"] = {
        {0.25, MetricKind::Ratio, false}, 1.5, "noisy: shared caches"};
    baselines.bounds["against/search"]["ir_ratio"] = {std::nullopt, 40.0, "the point of the selectors"};
    baselines.bounds["scaling/derive"]["ir_ratio"] = {12.0, 8.0, "linear"};
    const auto back = baselinesFromText(baselinesText(baselines));
    ASSERT_TRUE(back.ok()) << back.error().what;
    EXPECT_EQ(*back, baselines);
    EXPECT_EQ(baselinesText(*back), baselinesText(baselines));
}

TEST(Baselines, EmptyOnesAreValid)
{
    const auto back = baselinesFromText(baselinesText({}));
    ASSERT_TRUE(back.ok()) << back.error().what;
    EXPECT_EQ(*back, Baselines());
}

class BadBaselines : public testing::TestWithParam<const char*> { };

TEST_P(BadBaselines, AreRefused)
{
    const auto back = baselinesFromText(GetParam());
    ASSERT_FALSE(back.ok());
    EXPECT_EQ(back.error().code, ErrorCode::Malformed);
    EXPECT_NE(back.error().what.find("expected"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, BadBaselines,
    testing::Values("", "{", "[]", R"({"schema": 2, "profiles": {}, "bounds": {}})", R"({"schema": 1, "bounds": {}})",
                    R"({"schema": 1, "profiles": {}})", R"({"schema": 1, "profiles": [], "bounds": {}})",
                    R"({"schema": 1, "profiles": {"p": 1}, "bounds": {}})",
                    R"({"schema": 1, "profiles": {"p": {"c": 1}}, "bounds": {}})",
                    R"({"schema": 1, "profiles": {"p": {"c": {"m": 1}}}, "bounds": {}})",
                    R"({"schema":1,"profiles":{"p":{"c":{"m":{"value":1,"kind":"count","limit":1.1}}}},"bounds":{}})",
                    R"({"schema":1,"profiles":{"p":{"c":{"m":{"value":1,"kind":"count","limit":0.9,"reason":"r"}}}},
                        "bounds":{}})",
                    R"({"schema":1,"profiles":{"p":{"c":{"m":{"value":1,"kind":"wall_ns","limit":2,"reason":"r"}}}},
                        "bounds":{}})",
                    R"({"schema":1,"profiles":{},"bounds":{"c":{"m":{"reason":"r"}}}})",
                    R"({"schema":1,"profiles":{},"bounds":{"c":{"m":{"most":3}}}})"));

TEST(UpdateBaselines, TakesOnlyTheNamedCasesAndKeepsChosenLimits)
{
    Baselines baselines = baselinesOf({resultOf("a", 100), resultOf("b", 100)});
    baselines.profiles.begin()->second["gate/a"]["ir"].limit = 1.5;
    const auto changes = updateBaselines(baselines, {resultOf("a", 300), resultOf("b", 300)}, {"gate/a"}, "does more");
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0], "gate/a ir: 100 -> 300");
    const auto& cases = baselines.profiles.begin()->second;
    EXPECT_EQ(cases.at("gate/a").at("ir").metric.value, 300);
    EXPECT_EQ(cases.at("gate/a").at("ir").limit, 1.5);
    EXPECT_EQ(cases.at("gate/a").at("ir").reason, "does more");
    EXPECT_EQ(cases.at("gate/a").at("allocs").reason, "as it was") << "what did not change keeps its reason";
    EXPECT_EQ(cases.at("gate/b").at("ir").metric.value, 100);
    EXPECT_EQ(cases.at("gate/a").count("cpu_ns"), 0U) << "times are never guarded";
}

TEST(PerfCheck, KeepsWhatStaysWithinItsLimit)
{
    const Baselines baselines = baselinesOf({resultOf("a", 1000, 10)});
    const CheckReport report = checkPerfResults(baselines, {resultOf("a", 1029, 10)});
    EXPECT_FALSE(report.failed(true));
    EXPECT_EQ(report.compared, 2U);
    EXPECT_EQ(report.count(Verdict::Kept), 2U);
}

TEST(PerfCheck, SeesBothDirections)
{
    const Baselines baselines = baselinesOf({resultOf("a", 1000, 10)});
    const CheckReport worse = checkPerfResults(baselines, {resultOf("a", 1031, 10)});
    EXPECT_EQ(verdictOf(worse, "gate/a", "ir"), Verdict::Worse);
    EXPECT_TRUE(worse.failed(false));
    const CheckReport better = checkPerfResults(baselines, {resultOf("a", 500, 10)});
    EXPECT_EQ(verdictOf(better, "gate/a", "ir"), Verdict::Stale);
    EXPECT_FALSE(better.failed(false));
    EXPECT_TRUE(better.failed(true)) << "a gain that nobody wrote down can be lost again unseen";
}

TEST(PerfCheck, NothingAllowedMeansNothing)
{
    const Baselines baselines = baselinesOf({resultOf("a", 1000, 0)});
    EXPECT_EQ(verdictOf(checkPerfResults(baselines, {resultOf("a", 1000, 1)}), "gate/a", "allocs"), Verdict::Worse);
}

TEST(PerfCheck, FiguresBelowZeroHaveTheSameLimits)
{
    PerfResult result = resultOf("a", 1);
    result.metrics["kept_bytes"] = {-1000, MetricKind::Bytes, true};
    const Baselines baselines = baselinesOf({result});
    const auto verdictAt = [&](double bytes) {
        result.metrics["kept_bytes"].value = bytes;
        return verdictOf(checkPerfResults(baselines, {result}), "gate/a", "kept_bytes");
    };
    EXPECT_EQ(verdictAt(-1000), Verdict::Kept);
    EXPECT_EQ(verdictAt(-900), Verdict::Worse);
    EXPECT_EQ(verdictAt(-1100), Verdict::Stale);
}

TEST(PerfCheck, MoreIsBetterWhereItSaysSo)
{
    PerfResult result = resultOf("a", 1);
    result.metrics["speed_ratio"] = {40, MetricKind::Ratio, false};
    const Baselines baselines = baselinesOf({result});
    result.metrics["speed_ratio"].value = 30;
    EXPECT_EQ(verdictOf(checkPerfResults(baselines, {result}), "gate/a", "speed_ratio"), Verdict::Worse);
    result.metrics["speed_ratio"].value = 60;
    EXPECT_EQ(verdictOf(checkPerfResults(baselines, {result}), "gate/a", "speed_ratio"), Verdict::Stale);
}

TEST(PerfCheck, WhatIsGuardedMustBeMeasured)
{
    const Baselines baselines = baselinesOf({resultOf("a", 1000), resultOf("b", 1000)});
    PerfResult partly = resultOf("a", 1000);
    partly.metrics.erase("allocs");
    const CheckReport report = checkPerfResults(baselines, {partly});
    EXPECT_EQ(verdictOf(report, "gate/a", "allocs"), Verdict::Missing);
    EXPECT_EQ(verdictOf(report, "gate/b", "ir"), Verdict::Missing);
    EXPECT_TRUE(report.failed(false));
    PerfResult broken = resultOf("a", std::numeric_limits<double>::quiet_NaN());
    EXPECT_EQ(verdictOf(checkPerfResults(baselines, {broken}), "gate/a", "ir"), Verdict::Missing);
}

TEST(PerfCheck, ComparingNothingIsNoSuccess)
{
    EXPECT_TRUE(checkPerfResults({}, {}).failed(false));
    EXPECT_TRUE(checkPerfResults({}, {resultOf("a", 1)}).failed(false));
    EXPECT_TRUE(checkPerfResults(baselinesOf({resultOf("a", 1)}), {}).failed(false));
}

TEST(PerfCheck, NewFiguresAreNamedAndFailOnlyWhenStrict)
{
    const CheckReport report =
        checkPerfResults(baselinesOf({resultOf("a", 1000)}), {resultOf("a", 1000), resultOf("new", 1)});
    EXPECT_EQ(verdictOf(report, "gate/new", "ir"), Verdict::Unguarded);
    EXPECT_FALSE(report.failed(false));
    EXPECT_TRUE(report.failed(true));
}

TEST(PerfCheck, AnotherCompilerIsHeldToTheBoundsAlone)
{
    Baselines baselines = baselinesOf({resultOf("a", 1000)});
    baselines.bounds["gate/a"]["ir"] = {2500.0, std::nullopt, "whoever compiles it"};
    PerfResult foreign = resultOf("a", 2000);
    foreign.environment.compiler = "clang++ 16.0";
    const CheckReport kept = checkPerfResults(baselines, {foreign});
    EXPECT_FALSE(kept.knownProfile);
    EXPECT_EQ(kept.compared, 1U);
    EXPECT_FALSE(kept.failed(false));
    EXPECT_NE(checkReportText(kept).find("not run"), std::string::npos);
    foreign.metrics["ir"].value = 2501;
    EXPECT_TRUE(checkPerfResults(baselines, {foreign}).failed(false));
}

TEST(PerfCheck, BoundsHoldAtBothEndsAndMustBeMeasured)
{
    Baselines baselines;
    baselines.bounds["gate/a"]["ir"] = {12.0, 8.0, "linear"};
    EXPECT_FALSE(checkPerfResults(baselines, {resultOf("a", 10)}).failed(false));
    EXPECT_TRUE(checkPerfResults(baselines, {resultOf("a", 13)}).failed(false));
    EXPECT_TRUE(checkPerfResults(baselines, {resultOf("a", 7)}).failed(false));
    EXPECT_EQ(verdictOf(checkPerfResults(baselines, {resultOf("b", 10)}), "gate/a", "ir"), Verdict::Missing);
}

TEST(PerfCheck, TheReportNamesWhatBrokeWithItsReason)
{
    const Baselines baselines = baselinesOf({resultOf("a", 1000)});
    const std::string text = checkReportText(checkPerfResults(baselines, {resultOf("a", 2000)}));
    EXPECT_NE(text.find("WORSE"), std::string::npos);
    EXPECT_NE(text.find("gate/a ir"), std::string::npos);
    EXPECT_NE(text.find("+100.0 %"), std::string::npos);
    EXPECT_NE(text.find("as it was"), std::string::npos);
    EXPECT_EQ(text.find("kept "), text.rfind("kept ")) << "what is fine is counted, not listed";
}

TEST(PerfCheck, AFigureIsWorseExactlyAboveItsLimit)
{
    EXPECT_TRUE(rc::check("verdict follows the ratio", [] {
        const double value = *rc::gen::inRange(1, 1'000'000);
        const double now = *rc::gen::inRange(0, 3'000'000);
        const Baselines baselines = baselinesOf({resultOf("a", value)});
        const Verdict verdict = verdictOf(checkPerfResults(baselines, {resultOf("a", now)}), "gate/a", "ir");
        RC_ASSERT((verdict != Verdict::Worse || now > value * 1.0299));
        RC_ASSERT((verdict == Verdict::Worse || now < value * 1.0301));
        RC_ASSERT((verdict != Verdict::Stale || now < value / 1.0299));
        RC_ASSERT((verdict == Verdict::Stale || now > value / 1.0301));
    }));
}

} // namespace
} // namespace tracedeck
