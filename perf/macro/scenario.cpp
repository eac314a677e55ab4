// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/macro/scenario.h"

#include "perf/result/perf_files.h"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <system_error>
#include <utility>

namespace tracedeck {
namespace {

double nowNs(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

} // namespace

double Scenario::number(const char* key, double fallback) const
{
    const auto found = settings.find(key);
    return found != settings.end() && found->is_number() ? found->get<double>() : fallback;
}

std::size_t Scenario::count(const char* key, std::size_t fallback) const
{
    const double value = number(key, static_cast<double>(fallback));
    return value >= 0 ? static_cast<std::size_t>(value) : fallback;
}

std::vector<double> Scenario::numbers(const char* key, std::vector<double> fallback) const
{
    const auto found = settings.find(key);
    if (found == settings.end() || !found->is_array()) {
        return fallback;
    }
    std::vector<double> values;
    for (const auto& item : *found) {
        if (item.is_number()) {
            values.push_back(item.get<double>());
        }
    }
    return values.empty() ? fallback : values;
}

std::string Scenario::text(const char* key, std::string fallback) const
{
    const auto found = settings.find(key);
    return found != settings.end() && found->is_string() ? found->get<std::string>() : fallback;
}

Result<Scenario> scenarioFromText(const std::string& name, std::string_view text)
{
    Scenario scenario{name, {}, nlohmann::ordered_json::parse(text, nullptr, false)};
    if (!scenario.settings.is_object()) {
        return makeError(ErrorCode::Malformed, name, "a scenario is a JSON object");
    }
    scenario.kind = scenario.text("kind", "");
    if (scenario.kind.empty()) {
        return makeError(ErrorCode::Malformed, name, "a scenario says its \"kind\"");
    }
    return scenario;
}

Result<std::vector<Scenario>> readScenarios(const std::string& path)
{
    namespace fs = std::filesystem;
    std::vector<fs::path> files;
    std::error_code failure;
    if (fs::is_directory(path, failure)) {
        for (const auto& entry : fs::directory_iterator(path, failure)) {
            if (entry.path().extension() == ".json") {
                files.push_back(entry.path());
            }
        }
    } else {
        files.emplace_back(path);
    }
    std::sort(files.begin(), files.end());
    std::vector<Scenario> scenarios;
    for (const fs::path& file : files) {
        const auto text = readPerfText(file.string());
        auto scenario = text.ok() ? scenarioFromText(file.stem().string(), *text) : Result<Scenario>(text.error());
        if (!scenario.ok()) {
            return scenario.error();
        }
        scenarios.push_back(std::move(scenario).value());
    }
    if (scenarios.empty()) {
        return makeError(ErrorCode::NotFound, path, "holds no scenario files");
    }
    return scenarios;
}

void StepTimes::start()
{
    m_wallStart = nowNs(CLOCK_MONOTONIC);
    m_cpuStart = nowNs(CLOCK_THREAD_CPUTIME_ID);
}

void StepTimes::stop()
{
    m_cpuNs.push_back(nowNs(CLOCK_THREAD_CPUTIME_ID) - m_cpuStart);
    m_wallMs.push_back((nowNs(CLOCK_MONOTONIC) - m_wallStart) / 1e6);
}

void StepTimes::addTo(PerfResult& result, const std::string& prefix) const
{
    for (const int percent : {50, 95, 99}) {
        result.metrics[prefix + 'p' + std::to_string(percent) + "_ms"] = {percentileOf(m_wallMs, percent),
                                                                          MetricKind::LatencyMs, true};
    }
    result.metrics[prefix + "cpu_ns"] = {medianCpuNs(), MetricKind::CpuNs, true};
    result.metrics[prefix + "most_cpu_ns"] = {percentileOf(m_cpuNs, 100), MetricKind::CpuNs, true};
    result.metrics[prefix + "p99_cpu_ns"] = {percentileOf(m_cpuNs, 99), MetricKind::CpuNs, true};
}

double StepTimes::medianCpuNs() const
{
    return percentileOf(m_cpuNs, 50);
}

double percentileOf(std::vector<double> values, double percent)
{
    if (values.empty()) {
        return 0;
    }
    std::sort(values.begin(), values.end());
    const double rank = std::ceil(percent / 100 * static_cast<double>(values.size()));
    return values[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
}

} // namespace tracedeck
