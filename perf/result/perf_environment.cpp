// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/result/perf_environment.h"

#include <nlohmann/json.hpp>
#include <sys/utsname.h>
#include <valgrind/valgrind.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

namespace tracedeck {
namespace {

std::string cpuName()
{
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);) {
        const std::size_t colon = line.find(": ");
        if (line.rfind("model name", 0) == 0 && colon != std::string::npos) {
            return line.substr(colon + 2);
        }
    }
    return {};
}

/// The words that decide what code comes out: -O..., -march..., -fsanitize..., -DNDEBUG, --coverage.
std::string decidingFlags(const std::string& flags)
{
    std::istringstream words(flags);
    std::string kept;
    for (std::string word; words >> word;) {
        for (const char* prefix : {"-O", "-m", "-fsanitize", "--coverage", "-flto"}) {
            if (word.rfind(prefix, 0) == 0) {
                kept += (kept.empty() ? "" : " ") + word;
            }
        }
    }
    return kept;
}

std::string majorMinor(const std::string& version)
{
    const std::size_t dot = version.find('.');
    return dot == std::string::npos ? version : version.substr(0, version.find('.', dot + 1));
}

} // namespace

PerfEnvironment currentPerfEnvironment(const std::string& qt)
{
    PerfEnvironment environment;
    if (const char* commit = std::getenv("TRACEDECK_PERF_COMMIT")) {
        environment.commit = commit;
    }
#if defined(__clang__)
    environment.compiler = "clang++ " + std::to_string(__clang_major__) + '.' + std::to_string(__clang_minor__);
#else
    environment.compiler = "g++ " + std::to_string(__GNUC__) + '.' + std::to_string(__GNUC_MINOR__);
#endif
    environment.flags = decidingFlags(TRACEDECK_PERF_FLAGS);
    environment.qt = qt;
    environment.cpu = cpuName();
    environment.cores = std::thread::hardware_concurrency();
    utsname system{};
    if (uname(&system) == 0) {
        environment.kernel = system.release;
        environment.arch = system.machine;
    }
    double load = 0;
    environment.loadAverage = getloadavg(&load, 1) == 1 ? load : 0;
    environment.valgrind = RUNNING_ON_VALGRIND != 0;
    return environment;
}

std::string perfProfile(const PerfEnvironment& environment)
{
    std::string profile = environment.compiler + ' ' + environment.flags + ' ' + environment.arch;
    if (!environment.qt.empty()) {
        profile += " Qt " + majorMinor(environment.qt);
    }
    return profile;
}

nlohmann::ordered_json perfEnvironmentJson(const PerfEnvironment& environment)
{
    return {{"commit", environment.commit},
            {"compiler", environment.compiler},
            {"flags", environment.flags},
            {"arch", environment.arch},
            {"qt", environment.qt},
            {"cpu", environment.cpu},
            {"cores", environment.cores},
            {"kernel", environment.kernel},
            {"loadavg", environment.loadAverage},
            {"valgrind", environment.valgrind}};
}

PerfEnvironment perfEnvironmentFromJson(const nlohmann::ordered_json& json)
{
    PerfEnvironment environment;
    if (!json.is_object()) {
        return environment;
    }
    const auto text = [&json](const char* name, std::string& into) {
        if (const auto found = json.find(name); found != json.end() && found->is_string()) {
            into = found->get<std::string>();
        }
    };
    text("commit", environment.commit);
    text("compiler", environment.compiler);
    text("flags", environment.flags);
    text("arch", environment.arch);
    text("qt", environment.qt);
    text("cpu", environment.cpu);
    text("kernel", environment.kernel);
    if (const auto cores = json.find("cores"); cores != json.end() && cores->is_number_unsigned()) {
        environment.cores = cores->get<std::uint32_t>();
    }
    if (const auto load = json.find("loadavg"); load != json.end() && load->is_number()) {
        environment.loadAverage = load->get<double>();
    }
    if (const auto valgrind = json.find("valgrind"); valgrind != json.end() && valgrind->is_boolean()) {
        environment.valgrind = valgrind->get<bool>();
    }
    return environment;
}

} // namespace tracedeck
