// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/result/perf_files.h"

#include <cstdio>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <system_error>
#include <utility>

namespace tracedeck {

Result<std::string> readPerfText(const std::string& path)
{
    const std::ifstream file(path, std::ios::binary);
    if (!file) {
        return makeError(ErrorCode::NotFound, path, "cannot be opened");
    }
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

Result<void> writePerfText(const std::string& path, const std::string& text)
{
    const std::string draft = path + ".new";
    std::error_code failure;
    if (const auto folder = std::filesystem::path(path).parent_path(); !folder.empty()) {
        std::filesystem::create_directories(folder, failure);
    }
    std::ofstream file(draft, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (file) {
        std::filesystem::rename(draft, path, failure);
    }
    if (!file || failure) {
        return makeError(ErrorCode::Internal, path, "cannot be written");
    }
    return {};
}

Result<void> writePerfResults(const std::string& path, const std::vector<PerfResult>& results)
{
    std::string text = "[";
    for (const PerfResult& result : results) {
        text += text.size() == 1 ? "\n" : ",\n";
        text += perfResultJson(result).dump();
    }
    return writePerfText(path, text + "\n]\n");
}

Result<std::vector<PerfResult>> readPerfResults(const std::string& path)
{
    const auto text = readPerfText(path);
    if (!text.ok()) {
        return text.error();
    }
    const auto json = nlohmann::ordered_json::parse(*text, nullptr, false);
    if (!json.is_array()) {
        return makeError(ErrorCode::Malformed, path, "expected a JSON array of results");
    }
    std::vector<PerfResult> results;
    std::set<std::pair<std::string, std::string>> names;
    for (const auto& item : json) {
        auto result = perfResultFromJson(item);
        if (!result.ok()) {
            return makeError(ErrorCode::Malformed, path,
                             "result " + std::to_string(results.size() + 1) + ": " + result.error().what);
        }
        if (!names.emplace(result->suite, result->name).second) {
            return makeError(ErrorCode::Malformed, path, result->suite + '/' + result->name + " stands there twice");
        }
        results.push_back(std::move(result).value());
    }
    return results;
}

int finishMeasuring(const std::string& path, const std::vector<PerfResult>& results)
{
    const auto written = writePerfResults(path, results);
    if (!written.ok() || results.empty()) {
        std::fprintf(stderr, "%s\n", written.ok() ? "no such case" : written.error().what.c_str());
        return 2;
    }
    return 0;
}

} // namespace tracedeck
