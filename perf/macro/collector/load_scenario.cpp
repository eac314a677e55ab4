// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/macro/collector/load_scenario.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

namespace tracedeck::perf {

namespace {

constexpr std::uint64_t kLargestSize = 100'000'000;

Error wrong(const std::string& what)
{
    return makeError(ErrorCode::Malformed, "scenario", what);
}

bool readCount(const nlohmann::json& value, std::uint64_t low, std::uint64_t high, std::uint64_t& into)
{
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() < low || value.get<std::uint64_t>() > high)
        return false;
    into = value.get<std::uint64_t>();
    return true;
}

bool readShape(const nlohmann::json& value, LoadShape& into)
{
    static const std::map<std::string, LoadShape> kShapes{
        {"grouped", LoadShape::Grouped}, {"scattered", LoadShape::Scattered}, {"lone", LoadShape::Lone}};
    const auto found = value.is_string() ? kShapes.find(value.get<std::string>()) : kShapes.end();
    if (found == kShapes.end())
        return false;
    into = found->second;
    return true;
}

bool readSizes(const nlohmann::json& value, std::vector<std::uint64_t>& into)
{
    if (!value.is_array() || value.empty())
        return false;
    for (const nlohmann::json& size : value) {
        std::uint64_t number = 0;
        if (!readCount(size, into.empty() ? 1 : into.back() + 1, kLargestSize, number))
            return false;
        into.push_back(number);
    }
    return true;
}

bool readField(const std::string& key, const nlohmann::json& value, LoadScenario& scenario)
{
    std::uint64_t number = 0;
    if (key == "name" && value.is_string()) {
        scenario.name = value.get<std::string>();
        return !scenario.name.empty();
    }
    if (key == "transport") {
        scenario.grpc = value == "grpc";
        return scenario.grpc || value == "http";
    }
    if (key == "shape")
        return readShape(value, scenario.shape);
    if (key == "sizes")
        return readSizes(value, scenario.sizes);
    if (key == "writers" && readCount(value, 1, 64, number))
        scenario.writers = number;
    else if (key == "readers" && readCount(value, 0, 64, number))
        scenario.readers = number;
    else if (key == "reader_pause_ms" && readCount(value, 0, 60'000, number))
        scenario.readerPause = std::chrono::milliseconds(number);
    else if (key == "query_seconds" && readCount(value, 0, 600, number))
        scenario.queryTime = std::chrono::seconds(number);
    else
        return false;
    return true;
}

} // namespace

Result<LoadScenario> loadScenarioFromJson(std::string_view json)
{
    const nlohmann::json document = nlohmann::json::parse(json, nullptr, false);
    if (!document.is_object())
        return wrong("is not a JSON object");
    LoadScenario scenario;
    for (const auto& [key, value] : document.items()) {
        if (!readField(key, value, scenario))
            return wrong("“" + key + "” is unknown or out of bounds");
    }
    if (scenario.name.empty() || scenario.sizes.empty())
        return wrong("needs a name and sizes");
    return scenario;
}

} // namespace tracedeck::perf
