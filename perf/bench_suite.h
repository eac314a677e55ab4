// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace tracedeck {

/// Words after the name of the suite on the command line.
using BenchArguments = std::vector<std::string>;

/// Value after `option` ("--rows"), or `fallback`.
[[nodiscard]] std::string benchOption(const BenchArguments& arguments, const std::string& option,
                                      const std::string& fallback);
/// The first word that is no known option nor a value of one; empty when there is none.
[[nodiscard]] std::string unknownBenchWord(const BenchArguments& arguments, const std::vector<std::string>& options);

/// A suite prints one JSON object per line and returns the exit status. A further suite is one function
/// here, one bench_<suite>.cpp and one line in bench_main.cpp.
int benchDecode(const BenchArguments& arguments);
int benchSelectors(const BenchArguments& arguments);

} // namespace tracedeck
