// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "perf/result/perf_result.h"

#include <string>
#include <vector>

namespace tracedeck {

/// A file of results: a JSON array with one result per line. Written under another name and renamed, so
/// that a reader never meets half of one.
[[nodiscard]] Result<void> writePerfResults(const std::string& path, const std::vector<PerfResult>& results);
/// The end of a program that measured: writes them, or says on stderr why not ("no such case" when there are none).
/// The exit code: 0 or 2.
[[nodiscard]] int finishMeasuring(const std::string& path, const std::vector<PerfResult>& results);
/// NotFound, or Malformed with the place. Two results with the same suite and name are malformed.
[[nodiscard]] Result<std::vector<PerfResult>> readPerfResults(const std::string& path);

/// The whole file as text; NotFound when it cannot be opened.
[[nodiscard]] Result<std::string> readPerfText(const std::string& path);
[[nodiscard]] Result<void> writePerfText(const std::string& path, const std::string& text);

} // namespace tracedeck
