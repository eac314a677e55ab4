// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/certify/certificate_plan.h"
#include "perf/result/perf_files.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>
#include <sstream>

namespace tracedeck {
namespace {

const std::string kSource = TRACEDECK_SOURCE_DIR;

CertificatePlan committedPlan()
{
    auto plan = certificatePlanFromText(readPerfText(kSource + "/perf/certify/plan.json").value());
    EXPECT_TRUE(plan.ok()) << plan.error().what;
    return plan.ok() ? std::move(plan).value() : CertificatePlan();
}

/// First words of the lines of steps.txt.
std::set<std::string> committedSteps()
{
    std::istringstream lines(readPerfText(kSource + "/perf/certify/steps.txt").value());
    std::set<std::string> names;
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty() && line.front() != '#') {
            names.insert(line.substr(0, line.find(' ')));
        }
    }
    return names;
}

TEST(CertificatePlan, ReadsBudgetsSwitchesAndRisks)
{
    const auto plan = certificatePlanFromText(R"({"budgets": [
        {"what": "a", "budget": "1 ms", "step": "s", "where": {"n": 5, "case": "c"}, "figure": "f", "most": 1, "scale": 2,
         "reference": 3, "unit": "ms", "reason": "why"},
        {"what": "b", "budget": "none", "tests": ["A.one"]}],
        "switches": [{"feature": "f", "setting": "performance.x", "effect": "e", "test": "A.two"}], "risks": ["r"]})");
    ASSERT_TRUE(plan.ok()) << plan.error().what;
    ASSERT_EQ(plan->budgets.size(), 2U);
    EXPECT_EQ(plan->budgets[0].place.where.at("n"), 5);
    EXPECT_EQ(plan->budgets[0].most, 1);
    EXPECT_EQ(plan->budgets[0].scale, 2);
    EXPECT_EQ(plan->budgets[0].reference, 3);
    EXPECT_EQ(plan->budgets[0].reason, "why");
    EXPECT_FALSE(plan->budgets[0].least.has_value());
    EXPECT_EQ(plan->budgets[1].tests, std::vector<std::string>{"A.one"});
    EXPECT_EQ(plan->switches[0].setting, "performance.x");
    EXPECT_EQ(plan->risks, std::vector<std::string>{"r"});
}

TEST(CertificatePlan, RefusesWhatCannotBeJudged)
{
    for (const char* text : {"", "[]", "{}", R"({"budgets": {}})", R"({"budgets": [{"what": "a"}]})",
                             R"({"budgets": [{"what": "a", "budget": "1 ms"}]})",
                             R"({"budgets": [{"what": "a", "budget": "1 ms", "step": "s", "figure": "f"}]})",
                             R"({"budgets": [{"what": "a", "budget": "1 ms", "step": "s", "most": 1}]})",
                             R"({"budgets": [], "switches": [{"feature": "f"}]})"}) {
        EXPECT_FALSE(certificatePlanFromText(text).ok()) << text;
    }
}

TEST(CertificatePlan, EveryFigureComesFromACommandThatIsRun)
{
    const std::set<std::string> steps = committedSteps();
    EXPECT_GE(steps.size(), 10U);
    for (const CertificateBudget& budget : committedPlan().budgets) {
        EXPECT_TRUE(budget.place.step.empty() || steps.count(budget.place.step) == 1) << budget.what;
    }
}

TEST(CertificatePlan, NamesEverySwitchOfTheSettings)
{
    const std::string settings = readPerfText(kSource + "/app/preferences.cpp").value();
    std::set<std::string> known;
    for (const RollbackSwitch& one : committedPlan().switches) {
        EXPECT_NE(settings.find("lines.onOff(\"" + one.setting + '"'), std::string::npos) << one.setting;
        known.insert(one.setting);
    }
    constexpr std::string_view kCall = "lines.onOff(\"performance.";
    std::size_t switches = 0;
    for (std::size_t at = settings.find(kCall); at != std::string::npos; at = settings.find(kCall, at + 1)) {
        ++switches;
    }
    EXPECT_EQ(known.size(), switches);
}

} // namespace
} // namespace tracedeck
