// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/regression/perf_check.h"

#include "perf/result/perf_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace tracedeck {
namespace {

using Verdict = CheckLine::Verdict;
using Measured = PerCase<PerfMetric>;

const PerfMetric* metricOf(const Measured& measured, const std::string& name, const std::string& figure)
{
    const auto one = measured.find(name);
    if (one == measured.end()) {
        return nullptr;
    }
    const auto found = one->second.find(figure);
    return found == one->second.end() || !std::isfinite(found->second.value) ? nullptr : &found->second;
}

Verdict verdictOf(const Baseline& baseline, double now)
{
    const double value = baseline.metric.value;
    const double more = value + std::abs(value) * (baseline.limit - 1); // what is freed counts below 0
    const double less = value - std::abs(value) * (1 - 1 / baseline.limit);
    const bool worse = baseline.metric.lowerIsBetter ? now > more : now < less;
    const bool better = baseline.metric.lowerIsBetter ? now < less : now > more;
    return worse ? Verdict::Worse : (better ? Verdict::Stale : Verdict::Kept);
}

void compareBaselines(const PerCase<Baseline>& cases, const Measured& measured, CheckReport& report)
{
    for (const auto& [name, figures] : cases) {
        for (const auto& [figure, baseline] : figures) {
            CheckLine line{Verdict::Missing,     name,           figure, 0, baseline.metric.value,
                           baseline.metric.kind, baseline.reason};
            if (const PerfMetric* metric = metricOf(measured, name, figure)) {
                line.now = metric->value;
                line.verdict =
                    metric->kind == baseline.metric.kind ? verdictOf(baseline, metric->value) : Verdict::Missing;
                ++report.compared;
            }
            report.lines.push_back(std::move(line));
        }
    }
}

void compareBounds(const PerCase<PerfBound>& bounds, const Measured& measured, CheckReport& report)
{
    for (const auto& [name, figures] : bounds) {
        for (const auto& [figure, bound] : figures) {
            CheckLine line{Verdict::Missing,  name,        figure, 0, bound.most.value_or(bound.least.value_or(0)),
                           MetricKind::Ratio, bound.reason};
            if (const PerfMetric* metric = metricOf(measured, name, figure)) {
                line.now = metric->value;
                line.kind = metric->kind;
                line.verdict = Verdict::Kept;
                if (bound.most && metric->value > *bound.most) {
                    line.verdict = Verdict::Worse;
                    line.expected = *bound.most;
                } else if (bound.least && metric->value < *bound.least) {
                    line.verdict = Verdict::Worse;
                    line.expected = *bound.least;
                }
                ++report.compared;
            }
            report.lines.push_back(std::move(line));
        }
    }
}

std::string_view wordOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Kept:
        return "kept";
    case Verdict::Worse:
        return "WORSE";
    case Verdict::Stale:
        return "better";
    case Verdict::Missing:
        return "MISSING";
    case Verdict::Unguarded:
        break;
    }
    return "unguarded";
}

std::string lineText(const CheckLine& line)
{
    std::string text = fmt::format("{:<9} {} {}", wordOf(line.verdict), line.name, line.figure);
    if (line.verdict == Verdict::Missing) {
        return text + ": guarded but not measured";
    }
    text += ": " + perfFigure(line.now, line.kind);
    if (line.verdict != Verdict::Unguarded) {
        text += ", expected " + perfFigure(line.expected, line.kind);
        text += line.expected != 0 ? fmt::format(" ({:+.1f} %)", (line.now / line.expected - 1) * 100) : std::string();
        text += "; " + line.reason;
    }
    return text;
}

} // namespace

std::size_t CheckReport::count(Verdict verdict) const
{
    return static_cast<std::size_t>(
        std::count_if(lines.begin(), lines.end(), [&](const CheckLine& line) { return line.verdict == verdict; }));
}

bool CheckReport::failed(bool strict) const
{
    if (compared == 0 || count(Verdict::Worse) + count(Verdict::Missing) > 0) {
        return true;
    }
    return strict && (!knownProfile || count(Verdict::Stale) + count(Verdict::Unguarded) > 0);
}

CheckReport checkPerfResults(const Baselines& baselines, const std::vector<PerfResult>& results)
{
    CheckReport report;
    Measured measured;
    for (const PerfResult& result : results) {
        measured[result.suite + '/' + result.name] = result.metrics;
    }
    const auto profile =
        results.empty() ? baselines.profiles.end() : baselines.profiles.find(perfProfile(results[0].environment));
    report.knownProfile = profile != baselines.profiles.end();
    if (report.knownProfile) {
        compareBaselines(profile->second, measured, report);
    }
    compareBounds(baselines.bounds, measured, report);
    for (const auto& [name, figures] : measured) {
        for (const auto& [figure, metric] : figures) {
            const bool guarded = std::any_of(report.lines.begin(), report.lines.end(), [&](const CheckLine& line) {
                return line.name == name && line.figure == figure;
            });
            if (report.knownProfile && !guarded && isGuardedKind(metric.kind)) {
                report.lines.push_back({Verdict::Unguarded, name, figure, metric.value, 0, metric.kind, {}});
            }
        }
    }
    return report;
}

std::string checkReportText(const CheckReport& report)
{
    std::string text;
    for (const CheckLine& line : report.lines) {
        text += line.verdict == Verdict::Kept ? std::string() : lineText(line) + '\n';
    }
    if (!report.knownProfile) {
        text += "not run: there are no baselines for this compiler, flags and Qt; only bounds were compared\n";
    }
    return text
        + fmt::format("{} figures compared, {} kept, {} worse, {} missing, {} better, {} unguarded\n", report.compared,
                      report.count(Verdict::Kept), report.count(Verdict::Worse), report.count(Verdict::Missing),
                      report.count(Verdict::Stale), report.count(Verdict::Unguarded));
}

} // namespace tracedeck
