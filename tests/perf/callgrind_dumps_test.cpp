// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/regression/callgrind_dumps.h"
#include "perf/result/perf_files.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>

namespace tracedeck {
namespace {

namespace fs = std::filesystem;

std::string dumpText(const std::string& name, const std::string& totals)
{
    return "# callgrind format\nversion: 1\ncreator: callgrind-3.19.0\npid: 7\ncmd:  ./gate\npart: 2\n\n"
           "desc: I1 cache: \ndesc: Trigger: Client Request: "
        + name + "\n\npositions: line\nevents: Ir\nsummary: 99\n\nfn=(1) main\n12 99\n\ntotals: " + totals + "\n";
}

PerfResult resultOf(const std::string& name, double allocations)
{
    PerfResult result{"gate", name, {}, 1, 0, {}};
    result.metrics["allocs"] = {allocations, MetricKind::Count, true};
    return result;
}

const PerfResult* find(const std::vector<PerfResult>& results, const std::string& name)
{
    for (const PerfResult& result : results) {
        if (result.name == name) {
            return &result;
        }
    }
    return nullptr;
}

TEST(CallgrindDump, GivesTheNameAndTheTotal)
{
    const auto dump = callgrindDump(dumpText("derive/5000", "123456789012"));
    ASSERT_TRUE(dump.has_value());
    EXPECT_EQ(dump->first, "derive/5000");
    EXPECT_EQ(dump->second, 123'456'789'012U);
}

TEST(CallgrindDump, OtherTextsAreNone)
{
    EXPECT_FALSE(callgrindDump("").has_value());
    EXPECT_FALSE(callgrindDump("totals: 5\n").has_value()) << "the last dump, at the end of the program, has no name";
    EXPECT_FALSE(callgrindDump(dumpText("", "5")).has_value());
    const std::string cut = dumpText("a", "5").substr(0, 120);
    EXPECT_FALSE(callgrindDump(cut).has_value());
    EXPECT_FALSE(callgrindDump("desc: Trigger: Client Request: a\ntotals: 12x\n").has_value());
}

TEST(CallgrindDump, AreReadFromTheFilesOfOneRun)
{
    const fs::path folder = fs::temp_directory_path() / ("dumps-" + std::to_string(::getpid()));
    ASSERT_TRUE(writePerfText((folder / "run.1").string(), dumpText("a", "10")).ok());
    ASSERT_TRUE(writePerfText((folder / "run.2").string(), dumpText("b", "20")).ok());
    ASSERT_TRUE(writePerfText((folder / "other.1").string(), dumpText("c", "30")).ok());
    ASSERT_TRUE(writePerfText((folder / "run.3").string(), "nothing\n").ok());
    const auto dumps = readCallgrindDumps((folder / "run").string());
    ASSERT_TRUE(dumps.ok());
    EXPECT_EQ(*dumps, (std::map<std::string, std::uint64_t>{{"a", 10}, {"b", 20}}));
    EXPECT_FALSE(readCallgrindDumps((folder / "none").string()).ok());
    EXPECT_FALSE(readCallgrindDumps((folder / "no/such").string()).ok());
    fs::remove_all(folder);
}

TEST(AddInstructions, NamesTheResultsThatHaveNone)
{
    std::vector<PerfResult> results{resultOf("a", 1), resultOf("b", 1)};
    EXPECT_EQ(addInstructions(results, {{"a", 77}}), std::vector<std::string>{"b"});
    EXPECT_EQ(results[0].metrics.at("ir"), (PerfMetric{77, MetricKind::Instructions, true}));
    EXPECT_EQ(results[1].metrics.count("ir"), 0U);
}

TEST(ScalingResults, CompareACaseWithItsTenfold)
{
    std::vector<PerfResult> results{resultOf("derive/500", 10), resultOf("derive/5000", 12), resultOf("derive/7", 1),
                                    resultOf("other", 1),       resultOf("zero/1", 0),       resultOf("zero/10", 5)};
    addInstructions(results, {{"derive/500", 1000}, {"derive/5000", 11'000}});
    const auto scaling = scalingResults(results);
    const PerfResult* derive = find(scaling, "derive");
    ASSERT_NE(derive, nullptr);
    EXPECT_EQ(derive->suite, "scaling");
    EXPECT_DOUBLE_EQ(derive->metrics.at("ir_ratio").value, 11);
    EXPECT_DOUBLE_EQ(derive->metrics.at("allocs_ratio").value, 1.2);
    EXPECT_EQ(find(scaling, "zero"), nullptr) << "nothing can be divided by 0";
    EXPECT_EQ(scaling.size(), 1U);
}

TEST(AgainstResults, DivideTheOtherByOurs)
{
    std::vector<PerfResult> results{resultOf("search", 1), resultOf("search/vs:proxy", 1),
                                    resultOf("lost/vs:proxy", 1)};
    addInstructions(results, {{"search", 100}, {"search/vs:proxy", 4200}, {"lost/vs:proxy", 5}});
    const auto against = againstResults(results);
    ASSERT_EQ(against.size(), 1U);
    EXPECT_EQ(against[0].suite, "against");
    EXPECT_EQ(against[0].name, "search/proxy");
    EXPECT_DOUBLE_EQ(against[0].metrics.at("ir_ratio").value, 42);
    EXPECT_FALSE(against[0].metrics.at("ir_ratio").lowerIsBetter);
}

} // namespace
} // namespace tracedeck
