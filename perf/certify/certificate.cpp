// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/certify/certificate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace tracedeck {
namespace {

using Kind = BudgetVerdict::Kind;

const StepOutcome* stepNamed(const StepOutcomes& outcomes, const std::string& name)
{
    const auto found = std::find_if(outcomes.steps.begin(), outcomes.steps.end(),
                                    [&](const StepOutcome& step) { return step.name == name; });
    return found != outcomes.steps.end() ? &*found : nullptr;
}

/// The figure of the one record that fits; none when no record fits, or several.
std::optional<double> figureAt(const FigurePlace& place, const StepOutcome& step)
{
    const auto fits = [&place](const nlohmann::json& record) {
        return std::all_of(place.where.begin(), place.where.end(), [&record](const auto& field) {
            return record.contains(field.first) && record[field.first] == field.second;
        });
    };
    const auto first = std::find_if(step.records.begin(), step.records.end(), fits);
    if (first == step.records.end() || std::find_if(first + 1, step.records.end(), fits) != step.records.end()) {
        return std::nullopt;
    }
    const nlohmann::json::json_pointer at('/' + place.figure);
    if (!first->contains(at) || !(*first)[at].is_number()) {
        return std::nullopt;
    }
    return (*first)[at].get<double>();
}

/// Four significant digits at most, without a tail of zeros.
std::string figureText(double value, const std::string& unit)
{
    const std::string number = std::abs(value) >= 1e4 ? fmt::format("{:.0f}", value) : fmt::format("{:.4g}", value);
    return unit.empty() ? number : number + ' ' + unit;
}

BudgetVerdict judgeTests(const CertificateBudget& budget, const StepOutcomes& outcomes)
{
    if (outcomes.tests.empty()) {
        return {Kind::NotRun, {}};
    }
    std::string missing;
    std::size_t passed = 0;
    for (const std::string& test : budget.tests) {
        const auto found = outcomes.tests.find(test);
        const bool good = found != outcomes.tests.end() && found->second;
        passed += good ? 1U : 0U;
        missing += good ? "" : (found == outcomes.tests.end() ? " no test " : " failed ") + test;
    }
    const bool all = passed == budget.tests.size();
    return {all ? Kind::Met : Kind::NotMeasured,
            fmt::format("{} of {} tests pass{}", passed, budget.tests.size(), missing)};
}

std::string_view verdictWord(Kind kind)
{
    constexpr std::string_view kWords[] = {"met", "**not met**", "not run", "**not measured**"};
    return kWords[static_cast<std::size_t>(kind)];
}

/// A cell of a Markdown table.
std::string cell(std::string text)
{
    for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) {
        text.insert(at, 1, '\\');
    }
    return text;
}

void appendSteps(Certificate& certificate, const StepOutcomes& outcomes)
{
    certificate.text += "\n## Commands\n\n| command | exit code | seconds | it says |\n|---|---|---|---|\n";
    for (const StepOutcome& step : outcomes.steps) {
        const std::string code = !step.exitCode ? "not run"
            : *step.exitCode == 0               ? "0"
                                                : fmt::format("**{}, failed**", *step.exitCode);
        const std::string says = step.lastLine.empty() && !step.records.empty()
            ? fmt::format("{} results", step.records.size())
            : step.lastLine.substr(0, 120);
        certificate.text +=
            fmt::format("| `{}` | {} | {:.0f} | {} |\n", cell(step.command), code, step.seconds, cell(says));
        if (step.exitCode && *step.exitCode != 0) {
            certificate.failures.push_back(
                fmt::format("{} ended with {}: {}", step.name, *step.exitCode, step.command));
        }
    }
}

void appendBudgets(Certificate& certificate, const CertificatePlan& plan, const StepOutcomes& outcomes)
{
    certificate.text += "\n## Budgets\n\n| what | budget | measured | | why not |\n|---|---|---|---|---|\n";
    for (const CertificateBudget& budget : plan.budgets) {
        const BudgetVerdict verdict = judgeBudget(budget, outcomes);
        const std::string why = verdict.kind == Kind::NotMet ? budget.reason : std::string();
        certificate.text += fmt::format("| {} | {} | {} | {} | {} |\n", cell(budget.what), cell(budget.budget),
                                        cell(verdict.measured), verdictWord(verdict.kind), cell(why));
        if (verdict.kind == Kind::NotMeasured) {
            certificate.failures.push_back(budget.what + ": not measured " + verdict.measured);
        } else if (verdict.kind == Kind::NotMet && budget.reason.empty()) {
            certificate.failures.push_back(fmt::format("{}: {} instead of {}, and no reason is given", budget.what,
                                                       verdict.measured, budget.budget));
        }
    }
}

void appendSwitches(Certificate& certificate, const CertificatePlan& plan, const StepOutcomes& outcomes)
{
    certificate.text += "\n## Ways back\n\nEach is a setting (Settings, Performance) and takes effect at once.\n\n"
                        "| feature | switch | off costs | on = off shown by |\n|---|---|---|---|\n";
    for (const RollbackSwitch& one : plan.switches) {
        CertificateBudget proof;
        proof.tests = {one.test};
        const BudgetVerdict verdict = judgeTests(proof, outcomes);
        const std::string_view word = verdict.kind == Kind::Met ? "passed" : verdictWord(verdict.kind);
        certificate.text +=
            fmt::format("| {} | `{}` | {} | `{}`: {} |\n", one.feature, one.setting, one.effect, one.test, word);
        if (verdict.kind == Kind::NotMeasured) {
            certificate.failures.push_back(one.setting + ": " + verdict.measured);
        }
    }
}

void appendRisks(Certificate& certificate, const CertificatePlan& plan, const StepOutcomes& outcomes,
                 const PerfEnvironment& environment)
{
    certificate.text += "\n## Residual risks\n\n";
    if (environment.commit.find("+changes") != std::string::npos) {
        certificate.text += "* The tree had changes that are in no commit.\n";
    }
    if (environment.cores != 0 && environment.loadAverage > environment.cores) {
        certificate.text += fmt::format("* The machine was busy (load average {:.1f} on {} cores): times are too "
                                        "long, counts and ratios stand.\n",
                                        environment.loadAverage, environment.cores);
    }
    for (const StepOutcome& step : outcomes.steps) {
        if (!step.exitCode) {
            certificate.text += fmt::format("* Not run this time: `{}`.\n", step.command);
        }
    }
    for (const std::string& risk : plan.risks) {
        certificate.text += "* " + risk + '\n';
    }
}

} // namespace

BudgetVerdict judgeBudget(const CertificateBudget& budget, const StepOutcomes& outcomes)
{
    if (budget.place.step.empty()) {
        return judgeTests(budget, outcomes);
    }
    const StepOutcome* const step = stepNamed(outcomes, budget.place.step);
    if (step != nullptr && !step->exitCode) {
        return {Kind::NotRun, {}};
    }
    std::optional<double> figure = step != nullptr ? figureAt(budget.place, *step) : std::nullopt;
    if (!figure || (budget.reference && *figure == 0)) {
        return {Kind::NotMeasured, {}};
    }
    *figure = budget.reference ? *budget.reference / *figure : *figure * budget.scale;
    const bool met = (!budget.most || *figure <= *budget.most) && (!budget.least || *figure >= *budget.least);
    return {met ? Kind::Met : Kind::NotMet, figureText(*figure, budget.unit)};
}

Certificate makeCertificate(const CertificatePlan& plan, const StepOutcomes& outcomes,
                            const PerfEnvironment& environment, const std::string& moment)
{
    Certificate certificate;
    certificate.text =
        fmt::format("# Performance certificate\n\nWritten by `./dev certify`; do not edit. All figures "
                    "were read from the output of the commands below.\n\n"
                    "* commit {}\n* taken {}\n* {} {}, {}, {} cores, Linux {}, load average {:.1f}\n",
                    environment.commit.empty() ? "unknown" : environment.commit, moment, environment.compiler,
                    environment.flags, environment.cpu, environment.cores, environment.kernel, environment.loadAverage);
    appendSteps(certificate, outcomes);
    appendBudgets(certificate, plan, outcomes);
    appendSwitches(certificate, plan, outcomes);
    appendRisks(certificate, plan, outcomes, environment);
    certificate.text += "\n## Outcome\n\n";
    certificate.text +=
        certificate.good() ? "Every command that ran succeeded; every budget is met or says why not.\n" : std::string();
    for (const std::string& failure : certificate.failures) {
        certificate.text += "* **failed**: " + failure + '\n';
    }
    return certificate;
}

} // namespace tracedeck
