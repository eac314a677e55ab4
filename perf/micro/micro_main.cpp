// SPDX-License-Identifier: GPL-3.0-or-later
// tracedeck-micro: the small pieces, timed by Google Benchmark; CPU time per run of each case as PerfResult.
#include "perf/micro/micro_cases.h"
#include "perf/result/perf_files.h"

#include <QCoreApplication>
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace tracedeck {
namespace {

struct Arguments {
    std::string out = "micro.json";
    std::string filter = ".";
    std::string minTime = "0.05"; ///< seconds a case runs at least
    std::string repetitions = "3";
    bool pools = false;
    bool list = false;
    bool understood = true;
};

Arguments parsed(int argc, char** argv)
{
    Arguments arguments;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const std::pair<const char*, std::string*> texts[] = {{"--out", &arguments.out},
                                                              {"--filter", &arguments.filter},
                                                              {"--min-time", &arguments.minTime},
                                                              {"--repetitions", &arguments.repetitions}};
        bool known = false;
        for (const auto& [name, text] : texts) {
            if (word == name && i + 1 < argc) {
                *text = argv[++i];
                known = true;
                break;
            }
        }
        arguments.pools = arguments.pools || word == "--pools";
        arguments.list = arguments.list || word == "--list";
        arguments.understood = arguments.understood && (known || word == "--pools" || word == "--list");
    }
    return arguments;
}

/// Keeps CPU times per case; prints one word per case so that a long run shows where it is.
class ResultReporter : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context& /*context*/) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override
    {
        for (const Run& run : runs) {
            if (run.run_type == Run::RT_Iteration && !run.error_occurred) {
                m_cpuNs[run.run_name.function_name].push_back(run.GetAdjustedCPUTime());
                m_iterations[run.run_name.function_name] += static_cast<std::uint64_t>(run.iterations);
            }
        }
    }
    [[nodiscard]] std::vector<PerfResult> results(const std::string& suite) const
    {
        std::vector<PerfResult> all;
        const PerfEnvironment environment = currentPerfEnvironment(qVersion());
        for (const auto& [name, times] : m_cpuNs) {
            std::vector<double> sorted = times;
            std::sort(sorted.begin(), sorted.end());
            const double median = sorted[sorted.size() / 2];
            PerfResult result{suite, name, {}, m_iterations.at(name), marginOf(sorted), environment};
            result.metrics["cpu_ns"] = {median, MetricKind::CpuNs, true};
            all.push_back(std::move(result));
        }
        return all;
    }

private:
    /// Margin of error in percent at 95 %, from the spread of the repetitions.
    static double marginOf(const std::vector<double>& times)
    {
        const auto count = static_cast<double>(times.size());
        double mean = 0;
        for (const double time : times) {
            mean += time / count;
        }
        double squares = 0;
        for (const double time : times) {
            squares += (time - mean) * (time - mean);
        }
        const double deviation = count > 1 ? std::sqrt(squares / (count - 1)) : 0;
        return mean > 0 ? 196 * deviation / std::sqrt(count) / mean : 0;
    }

    std::map<std::string, std::vector<double>> m_cpuNs;
    std::map<std::string, std::uint64_t> m_iterations;
};

void registerCase(const PerfCase& one)
{
    benchmark::RegisterBenchmark(one.name.c_str(), [prepare = one.prepare](benchmark::State& state) {
        const auto work = prepare();
        work();
        for (auto _ : state) { // NOLINT(clang-analyzer-deadcode.DeadStores)
            work();
        }
    });
}

int run(const Arguments& arguments, char* program)
{
    std::vector<std::string> words{program, "--benchmark_filter=" + arguments.filter,
                                   "--benchmark_min_time=" + arguments.minTime,
                                   "--benchmark_repetitions=" + arguments.repetitions};
    std::vector<char*> pointers;
    pointers.reserve(words.size());
    for (std::string& word : words) {
        pointers.push_back(word.data());
    }
    int count = static_cast<int>(pointers.size());
    benchmark::Initialize(&count, pointers.data());
    using Group = std::vector<PerfCase> (*)();
    const std::vector<Group> groups = arguments.pools
        ? std::vector<Group>{&microPools}
        : std::vector<Group>{&microTexts,  &microStrings, &microFormats,  &microTraces,
                             &microModels, &microHistory, &microSelectors};
    for (const Group group : groups) {
        for (const PerfCase& one : group()) {
            registerCase(one);
            if (arguments.list) {
                std::printf("%s\n", one.name.c_str());
            }
        }
    }
    if (arguments.list) {
        return 0;
    }
    ResultReporter reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    const auto results = reporter.results(arguments.pools ? "pools" : "micro");
    return finishMeasuring(arguments.out, results);
}

} // namespace
} // namespace tracedeck

int main(int argc, char** argv)
{
    const tracedeck::Arguments arguments = tracedeck::parsed(argc, argv);
    if (!arguments.understood) {
        std::fprintf(stderr,
                     "usage: tracedeck-micro [--out FILE] [--filter REGEX] [--min-time SECONDS] [--repetitions N] "
                     "[--pools] [--list]\n");
        return 2;
    }
    const QCoreApplication app(argc, argv);
    return tracedeck::run(arguments, argv[0]);
}
