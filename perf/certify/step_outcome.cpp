// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/certify/step_outcome.h"

#include "perf/result/perf_files.h"

#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <system_error>
#include <utility>

namespace tracedeck {
namespace {

namespace fs = std::filesystem;

/// Lines that are JSON objects are records; the last other line says how it ended.
void readOutput(const std::string& text, StepOutcome& step)
{
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.empty()) {
            continue;
        }
        auto record = line.front() == '{' ? nlohmann::json::parse(line, nullptr, false) : nlohmann::json();
        if (record.is_object()) {
            step.records.push_back(std::move(record));
        } else {
            step.lastLine = line;
        }
    }
}

void readResults(const std::string& text, StepOutcome& step)
{
    const auto results = nlohmann::json::parse(text, nullptr, false);
    if (results.is_array()) {
        step.records.insert(step.records.end(), results.begin(), results.end());
    }
}

/// A file of googletest: {testsuites: [{testsuite: [{classname, name, result, failures}]}]}
void readTests(const std::string& text, std::map<std::string, bool>& tests)
{
    const auto file = nlohmann::json::parse(text, nullptr, false);
    if (!file.is_object()) {
        return;
    }
    for (const auto& suite : file.value("testsuites", nlohmann::json::array())) {
        for (const auto& test : suite.value("testsuite", nlohmann::json::array())) {
            const bool passed = test.value("result", "") == "COMPLETED" && !test.contains("failures");
            tests[test.value("classname", "") + '.' + test.value("name", "")] = passed;
        }
    }
}

} // namespace

Result<StepOutcomes> readStepOutcomes(const std::string& folder)
{
    const auto table = readPerfText(folder + "/outcomes.tsv");
    if (!table.ok()) {
        return table.error();
    }
    StepOutcomes outcomes;
    std::istringstream lines(*table);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream fields(line);
        StepOutcome step;
        std::string exitCode;
        std::string seconds;
        std::getline(fields, step.name, '\t');
        std::getline(fields, exitCode, '\t');
        std::getline(fields, seconds, '\t');
        std::getline(fields, step.command);
        if (step.command.empty()) {
            return makeError(ErrorCode::Malformed, folder + "/outcomes.tsv", "expected four fields: " + line);
        }
        if (exitCode != "-") {
            step.exitCode = std::atoi(exitCode.c_str());
        }
        step.seconds = std::atof(seconds.c_str());
        if (const auto output = readPerfText(folder + '/' + step.name + ".out"); output.ok()) {
            readOutput(*output, step);
        }
        if (const auto results = readPerfText(folder + '/' + step.name + ".json"); results.ok()) {
            readResults(*results, step);
        }
        outcomes.steps.push_back(std::move(step));
    }
    std::error_code failure;
    for (const auto& file : fs::directory_iterator(folder + "/tests", failure)) {
        if (const auto text = readPerfText(file.path().string()); text.ok()) {
            readTests(*text, outcomes.tests);
        }
    }
    return outcomes;
}

} // namespace tracedeck
