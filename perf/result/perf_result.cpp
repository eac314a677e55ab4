// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/result/perf_result.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>

namespace tracedeck {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 8> kKindWords{"count",  "instr",   "bytes",      "ratio",
                                                     "cpu_ns", "wall_ns", "latency_ms", "rate"};

Error malformed(const std::string& field, const std::string& expected)
{
    return makeError(ErrorCode::Malformed, "performance result", "\"" + field + "\": expected " + expected);
}

std::optional<MetricKind> kindOf(const Json& word)
{
    for (std::size_t i = 0; i < kKindWords.size(); ++i) {
        if (word.is_string() && word.get_ref<const std::string&>() == kKindWords[i]) {
            return static_cast<MetricKind>(i);
        }
    }
    return std::nullopt;
}

/// The member, or null for "not there".
const Json& memberOf(const Json& json, const std::string& name)
{
    static const Json none;
    const auto found = json.is_object() ? json.find(name) : json.end();
    return json.is_object() && found != json.end() ? *found : none;
}

Result<PerfMetric> metricFrom(const Json& json, const std::string& name)
{
    const Json& value = memberOf(memberOf(json, "metrics"), name);
    const auto kind = kindOf(memberOf(memberOf(json, "kinds"), name));
    const Json& better = memberOf(memberOf(json, "better"), name);
    if (!value.is_number() || !std::isfinite(value.get<double>())) {
        return malformed("metrics." + name, "a finite number");
    }
    if (!kind) {
        return malformed("kinds." + name, "a known kind");
    }
    if (better != "lower" && better != "higher") {
        return malformed("better." + name, "lower or higher");
    }
    return PerfMetric{value.get<double>(), *kind, better == "lower"};
}

} // namespace

std::string_view metricKindWord(MetricKind kind)
{
    return kKindWords[static_cast<std::size_t>(kind)];
}

bool isGuardedKind(MetricKind kind)
{
    return kind <= MetricKind::Ratio;
}

nlohmann::ordered_json perfResultJson(const PerfResult& result)
{
    Json metrics = Json::object();
    Json kinds = Json::object();
    Json better = Json::object();
    for (const auto& [name, metric] : result.metrics) {
        metrics[name] = metric.value;
        kinds[name] = metricKindWord(metric.kind);
        better[name] = metric.lowerIsBetter ? "lower" : "higher";
    }
    return {
        {"schema", PerfResult::kSchema}, {"suite", result.suite},     {"name", result.name},
        {"metrics", std::move(metrics)}, {"kinds", std::move(kinds)}, {"better", std::move(better)},
        {"samples", result.samples},     {"rme", result.rme},         {"env", perfEnvironmentJson(result.environment)}};
}

Result<PerfResult> perfResultFromJson(const nlohmann::ordered_json& json)
{
    if (memberOf(json, "schema") != PerfResult::kSchema) {
        return malformed("schema", std::to_string(PerfResult::kSchema));
    }
    PerfResult result;
    for (const auto& [field, into] : {std::pair{"suite", &result.suite}, std::pair{"name", &result.name}}) {
        const Json& text = memberOf(json, field);
        if (!text.is_string() || text.get_ref<const std::string&>().empty()) {
            return malformed(field, "a text");
        }
        *into = text.get<std::string>();
    }
    const Json& metrics = memberOf(json, "metrics");
    if (!metrics.is_object() || metrics.empty()) {
        return malformed("metrics", "an object with at least one figure");
    }
    for (const auto& item : metrics.items()) {
        const auto metric = metricFrom(json, item.key());
        if (!metric.ok()) {
            return metric.error();
        }
        result.metrics[item.key()] = *metric;
    }
    const Json& samples = memberOf(json, "samples");
    if (!samples.is_number_unsigned() || samples == 0U) {
        return malformed("samples", "a count of at least one");
    }
    result.samples = samples.get<std::uint64_t>();
    const Json& rme = memberOf(json, "rme");
    result.rme = rme.is_number() ? rme.get<double>() : 0;
    result.environment = perfEnvironmentFromJson(memberOf(json, "env"));
    return result;
}

} // namespace tracedeck
