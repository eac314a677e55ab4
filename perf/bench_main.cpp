// SPDX-License-Identifier: GPL-3.0-or-later
// tracedeck-bench SUITE [options]: measurements without Qt, one JSON object per line.
#include "perf/bench_suite.h"

#include <algorithm>
#include <cstdio>
#include <string>

namespace tracedeck {

std::string benchOption(const BenchArguments& arguments, const std::string& option, const std::string& fallback)
{
    const auto found = std::find(arguments.begin(), arguments.end(), option);
    return found != arguments.end() && found + 1 != arguments.end() ? *(found + 1) : fallback;
}

std::string unknownBenchWord(const BenchArguments& arguments, const std::vector<std::string>& options)
{
    for (std::size_t i = 0; i < arguments.size(); i += 2) {
        if (std::find(options.begin(), options.end(), arguments[i]) == options.end() || i + 1 == arguments.size()) {
            return arguments[i];
        }
    }
    return {};
}

namespace {

struct Suite {
    const char* name;
    int (*run)(const BenchArguments&);
    const char* usage;
};

constexpr Suite kSuites[] = {
    {"decode", benchDecode, "decode --spans N"},
    {"selectors", benchSelectors, "selectors --rows N [--domain infra|workloads] [--case NAME] [--expect FOLDER]"},
};

int usage()
{
    std::fprintf(stderr, "usage: tracedeck-bench SUITE [options]\n");
    for (const Suite& suite : kSuites) {
        std::fprintf(stderr, "  %s\n", suite.usage);
    }
    return 2;
}

} // namespace
} // namespace tracedeck

int main(int argc, char** argv)
{
    if (argc < 2) {
        return tracedeck::usage();
    }
    for (const tracedeck::Suite& suite : tracedeck::kSuites) {
        if (suite.name == std::string(argv[1])) {
            return suite.run({argv + 2, argv + argc});
        }
    }
    return tracedeck::usage();
}
