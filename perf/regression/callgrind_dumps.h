// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "perf/result/perf_result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tracedeck {

/// Name given to CALLGRIND_DUMP_STATS_AT and instructions of one dump; nothing when the text is no such dump.
[[nodiscard]] std::optional<std::pair<std::string, std::uint64_t>> callgrindDump(std::string_view text);

/// All dumps below `prefix` ("folder/name": folder/name.1, .2 ...) by name. NotFound when there is none.
[[nodiscard]] Result<std::map<std::string, std::uint64_t>> readCallgrindDumps(const std::string& prefix);

/// Adds `ir` to every result whose name has a dump. Returns the names of results without one.
std::vector<std::string> addInstructions(std::vector<PerfResult>& results,
                                         const std::map<std::string, std::uint64_t>& dumps);

/// For every pair of cases "name/N" and "name/M" with M = 10 N: a result "name" of suite "scaling" with
/// ir_ratio and allocs_ratio, as far as both were measured; 10 is linear.
[[nodiscard]] std::vector<PerfResult> scalingResults(const std::vector<PerfResult>& results);
/// For every case "name/vs:other": a result "name/other" of suite "against" with the instructions of the
/// other divided by ours (ir_ratio, higher is better).
[[nodiscard]] std::vector<PerfResult> againstResults(const std::vector<PerfResult>& results);

} // namespace tracedeck
