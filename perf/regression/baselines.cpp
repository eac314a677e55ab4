// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/regression/baselines.h"

#include "perf/result/perf_table.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace tracedeck {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kSchema = 1;

Error malformed(const std::string& where, const std::string& expected)
{
    return makeError(ErrorCode::Malformed, "baselines", where + ": expected " + expected);
}

std::optional<double> numberIn(const Json& json, const char* name)
{
    const auto found = json.find(name);
    if (found == json.end() || !found->is_number() || !std::isfinite(found->get<double>())) {
        return std::nullopt;
    }
    return found->get<double>();
}

std::string textIn(const Json& json, const char* name)
{
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Result<Baseline> baselineFrom(const Json& json, const std::string& where)
{
    constexpr std::array kGuarded{MetricKind::Count, MetricKind::Instructions, MetricKind::Bytes, MetricKind::Ratio};
    if (!json.is_object()) {
        return malformed(where, "an object");
    }
    Baseline baseline;
    const auto value = numberIn(json, "value");
    const auto limit = numberIn(json, "limit");
    const std::string word = textIn(json, "kind");
    const auto* const kind =
        std::find_if(kGuarded.begin(), kGuarded.end(), [&word](MetricKind one) { return metricKindWord(one) == word; });
    if (!value || !limit || *limit < 1) {
        return malformed(where, "a value and a limit of at least 1");
    }
    if (kind == kGuarded.end()) {
        return malformed(where, "a kind that can be guarded (count, instr, bytes, ratio)");
    }
    baseline = {{*value, *kind, textIn(json, "better") != "higher"}, *limit, textIn(json, "reason")};
    if (baseline.reason.empty()) {
        return malformed(where, "a reason");
    }
    return baseline;
}

Result<PerfBound> boundFrom(const Json& json, const std::string& where)
{
    if (!json.is_object()) {
        return malformed(where, "an object");
    }
    PerfBound bound{numberIn(json, "most"), numberIn(json, "least"), textIn(json, "reason")};
    if (!bound.most && !bound.least) {
        return malformed(where, "most or least");
    }
    if (bound.reason.empty()) {
        return malformed(where, "a reason");
    }
    return bound;
}

/// Reads {case: {figure: T}} with `read` for each T.
template <class T, class Read>
Result<PerCase<T>> casesFrom(const Json& json, const std::string& where, const Read& read)
{
    PerCase<T> cases;
    if (!json.is_object()) {
        return malformed(where, "an object");
    }
    for (const auto& one : json.items()) {
        if (!one.value().is_object()) {
            return malformed(where + ' ' + one.key(), "an object");
        }
        for (const auto& figure : one.value().items()) {
            auto value = read(figure.value(), where + ' ' + one.key() + ' ' + figure.key());
            if (!value.ok()) {
                return value.error();
            }
            cases[one.key()][figure.key()] = std::move(value).value();
        }
    }
    return cases;
}

Json baselineJson(const Baseline& baseline)
{
    Json json{{"value", baseline.metric.value}, {"kind", metricKindWord(baseline.metric.kind)}};
    if (!baseline.metric.lowerIsBetter) {
        json["better"] = "higher";
    }
    json["limit"] = baseline.limit;
    json["reason"] = baseline.reason;
    return json;
}

Json boundJson(const PerfBound& bound)
{
    Json json = Json::object();
    if (bound.most) {
        json["most"] = *bound.most;
    }
    if (bound.least) {
        json["least"] = *bound.least;
    }
    json["reason"] = bound.reason;
    return json;
}

/// One figure per line: a change of one is one changed line.
template <class T, class Write>
void appendCases(std::string& text, const PerCase<T>& cases, const std::string& indent, const Write& write)
{
    const char* caseComma = "";
    for (const auto& [name, figures] : cases) {
        text += caseComma + ("\n" + indent) + Json(name).dump() + ": {";
        const char* comma = "";
        for (const auto& [figure, value] : figures) {
            text += comma + ("\n" + indent) + "  " + Json(figure).dump() + ": " + write(value).dump();
            comma = ",";
        }
        text += "}";
        caseComma = ",";
    }
}

} // namespace

double defaultLimit(MetricKind kind)
{
    switch (kind) {
    case MetricKind::Instructions:
        return 1.03;
    case MetricKind::Count:
    case MetricKind::Bytes:
        return 1.02;
    default:
        return 1.25;
    }
}

Result<Baselines> baselinesFromText(std::string_view text)
{
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || numberIn(json, "schema") != kSchema) {
        return malformed("file", "an object of schema " + std::to_string(kSchema));
    }
    Baselines baselines;
    const auto profiles = json.find("profiles");
    const auto bounds = json.find("bounds");
    if (profiles == json.end() || !profiles->is_object() || bounds == json.end()) {
        return malformed("file", "profiles and bounds");
    }
    for (const auto& profile : profiles->items()) {
        auto cases = casesFrom<Baseline>(profile.value(), profile.key(), baselineFrom);
        if (!cases.ok()) {
            return cases.error();
        }
        baselines.profiles[profile.key()] = std::move(cases).value();
    }
    auto read = casesFrom<PerfBound>(*bounds, "bounds", boundFrom);
    if (!read.ok()) {
        return read.error();
    }
    baselines.bounds = std::move(read).value();
    return baselines;
}

std::string baselinesText(const Baselines& baselines)
{
    std::string text = "{\n\"schema\": " + std::to_string(kSchema) + ",\n\"profiles\": {";
    const char* comma = "";
    for (const auto& [profile, cases] : baselines.profiles) {
        text += comma + std::string("\n ") + Json(profile).dump() + ": {";
        appendCases(text, cases, "  ", baselineJson);
        text += "}";
        comma = ",";
    }
    text += "},\n\"bounds\": {";
    appendCases(text, baselines.bounds, " ", boundJson);
    return text + "}\n}\n";
}

std::vector<std::string> updateBaselines(Baselines& baselines, const std::vector<PerfResult>& results,
                                         const std::vector<std::string>& cases, const std::string& reason)
{
    std::vector<std::string> changes;
    for (const PerfResult& result : results) {
        const std::string name = result.suite + '/' + result.name;
        if (!cases.empty() && std::find(cases.begin(), cases.end(), name) == cases.end()) {
            continue;
        }
        auto& figures = baselines.profiles[perfProfile(result.environment)][name];
        for (const auto& [figure, metric] : result.metrics) {
            if (!isGuardedKind(metric.kind)) {
                continue;
            }
            const auto known = figures.find(figure);
            if (known != figures.end() && known->second.metric == metric) {
                continue;
            }
            const std::string before =
                known == figures.end() ? "–" : perfFigure(known->second.metric.value, known->second.metric.kind);
            changes.push_back(name + ' ' + figure + ": " + before + " -> " + perfFigure(metric.value, metric.kind));
            const double limit = known == figures.end() ? defaultLimit(metric.kind) : known->second.limit;
            figures[figure] = {metric, limit, reason};
        }
    }
    return changes;
}

} // namespace tracedeck
