// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/certify/certificate_plan.h"

#include <utility>

namespace tracedeck {
namespace {

using PlanJson = nlohmann::json;

std::string planText(const PlanJson& json, const char* field)
{
    const auto found = json.find(field);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<double> planNumber(const PlanJson& json, const char* field)
{
    const auto found = json.find(field);
    return found != json.end() && found->is_number() ? std::optional<double>(found->get<double>()) : std::nullopt;
}

std::vector<std::string> planTexts(const PlanJson& json, const char* field)
{
    std::vector<std::string> texts;
    if (const auto found = json.find(field); found != json.end() && found->is_array()) {
        for (const PlanJson& one : *found) {
            if (one.is_string()) {
                texts.push_back(one.get<std::string>());
            }
        }
    }
    return texts;
}

Error malformedPlan(const std::string& where, const std::string& expected)
{
    return makeError(ErrorCode::Malformed, "certificate plan", where + ": expected " + expected);
}

Result<CertificateBudget> budgetFrom(const PlanJson& json)
{
    CertificateBudget budget;
    budget.what = planText(json, "what");
    budget.budget = planText(json, "budget");
    if (budget.what.empty() || budget.budget.empty()) {
        return malformedPlan("a budget", "\"what\" and \"budget\"");
    }
    budget.place = {planText(json, "step"), {}, planText(json, "figure")};
    if (const auto where = json.find("where"); where != json.end() && where->is_object()) {
        budget.place.where = where->get<std::map<std::string, PlanJson>>();
    }
    budget.reference = planNumber(json, "reference");
    budget.most = planNumber(json, "most");
    budget.least = planNumber(json, "least");
    budget.scale = planNumber(json, "scale").value_or(1);
    budget.unit = planText(json, "unit");
    budget.tests = planTexts(json, "tests");
    budget.reason = planText(json, "reason");
    const bool measured = !budget.place.step.empty();
    if (measured ? budget.place.figure.empty() || (!budget.most && !budget.least) : budget.tests.empty()) {
        return malformedPlan(budget.what, "a step with a figure and its limit, or tests");
    }
    return budget;
}

} // namespace

Result<CertificatePlan> certificatePlanFromText(std::string_view text)
{
    const PlanJson json = PlanJson::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("budgets") || !json["budgets"].is_array()) {
        return malformedPlan("the file", "an object with a list of budgets");
    }
    CertificatePlan plan;
    for (const PlanJson& one : json["budgets"]) {
        auto budget = budgetFrom(one);
        if (!budget.ok()) {
            return budget.error();
        }
        plan.budgets.push_back(std::move(budget).value());
    }
    for (const PlanJson& one : json.value("switches", PlanJson::array())) {
        plan.switches.push_back(
            {planText(one, "feature"), planText(one, "setting"), planText(one, "effect"), planText(one, "test")});
        if (plan.switches.back().setting.empty() || plan.switches.back().test.empty()) {
            return malformedPlan("a switch", "\"setting\" and \"test\"");
        }
    }
    plan.risks = planTexts(json, "risks");
    return plan;
}

} // namespace tracedeck
