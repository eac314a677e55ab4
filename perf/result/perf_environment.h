// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>

namespace tracedeck {

/// Circumstances of a measurement. Texts are empty where they are not known.
struct PerfEnvironment {
    std::string commit; ///< as ./dev passes it, with "+changes" for a tree that differs from it
    std::string compiler; ///< name and major.minor
    std::string flags; ///< optimisation and sanitizers, as CMake passes them
    std::string arch;
    std::string qt; ///< version the program was built with; empty without Qt
    std::string cpu;
    std::string kernel;
    std::uint32_t cores = 0;
    double loadAverage = 0; ///< of the last minute, when the figure was taken
    bool valgrind = false;
    bool operator==(const PerfEnvironment&) const = default;
};

/// Of this process, now. `qt` is the version of Qt it uses, or empty.
[[nodiscard]] PerfEnvironment currentPerfEnvironment(const std::string& qt = {});

/// What instruction and allocation counts depend on: "g++ 12.2 -O2 x86_64 Qt 6.4". Figures of different
/// profiles are never compared.
[[nodiscard]] std::string perfProfile(const PerfEnvironment& environment);

[[nodiscard]] nlohmann::ordered_json perfEnvironmentJson(const PerfEnvironment& environment);
/// Fields that are missing or of another type keep their defaults: they describe, they do not decide.
[[nodiscard]] PerfEnvironment perfEnvironmentFromJson(const nlohmann::ordered_json& json);

} // namespace tracedeck
