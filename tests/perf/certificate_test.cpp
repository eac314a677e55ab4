// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/certify/certificate.h"
#include "perf/result/perf_files.h"

#include <algorithm>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace tracedeck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using Kind = BudgetVerdict::Kind;

StepOutcome stepOf(std::string name, std::optional<int> exitCode, std::vector<nlohmann::json> records = {})
{
    return {name, "./dev bench " + name, exitCode, 3, {}, std::move(records)};
}

CertificateBudget budgetOf(double most)
{
    CertificateBudget budget;
    budget.what = "derive";
    budget.budget = "0.5 ms";
    budget.place = {"selectors", {{"case", "grouped"}}, "cpu_ms"};
    budget.most = most;
    budget.unit = "ms";
    return budget;
}

const std::vector<nlohmann::json> kRecords{{{"case", "flat"}, {"cpu_ms", 9.0}},
                                           {{"case", "grouped"}, {"cpu_ms", 0.4}, {"metrics", {{"ir", 7}}}}};

Certificate certificateOf(const CertificatePlan& plan, const StepOutcomes& outcomes,
                          const std::string& commit = "abc1234")
{
    PerfEnvironment environment;
    environment.commit = commit;
    environment.compiler = "g++ 12.2";
    environment.cores = 2;
    environment.loadAverage = 1;
    return makeCertificate(plan, outcomes, environment, "today");
}

TEST(JudgeBudget, ReadsTheFigureOfTheRecordThatFits)
{
    const StepOutcomes outcomes{{stepOf("selectors", 0, kRecords)}, {}};
    const BudgetVerdict met = judgeBudget(budgetOf(0.5), outcomes);
    EXPECT_EQ(met.kind, Kind::Met);
    EXPECT_EQ(met.measured, "0.4 ms");
    EXPECT_EQ(judgeBudget(budgetOf(0.39), outcomes).kind, Kind::NotMet);
    CertificateBudget inner = budgetOf(6);
    inner.place.figure = "metrics/ir";
    inner.scale = 0.5;
    EXPECT_EQ(judgeBudget(inner, outcomes).measured, "3.5 ms");
    CertificateBudget times = budgetOf(0);
    times.most.reset();
    times.least = 30;
    times.reference = 10;
    EXPECT_EQ(judgeBudget(times, outcomes).kind, Kind::NotMet) << "25 times";
    times.least = 25;
    EXPECT_EQ(judgeBudget(times, outcomes).kind, Kind::Met);
}

TEST(JudgeBudget, NoFigureIsNoPass)
{
    for (const auto& outcomes : {StepOutcomes{}, StepOutcomes{{stepOf("selectors", 0)}, {}},
                                 StepOutcomes{{stepOf("selectors", 0, {{{"case", "grouped"}, {"cpu_ms", "x"}}})}, {}},
                                 StepOutcomes{{stepOf("selectors", 0, {kRecords[1], kRecords[1]})}, {}}}) {
        EXPECT_EQ(judgeBudget(budgetOf(1), outcomes).kind, Kind::NotMeasured);
    }
    EXPECT_EQ(judgeBudget(budgetOf(1), {{stepOf("selectors", std::nullopt)}, {}}).kind, Kind::NotRun);
    CertificateBudget times = budgetOf(1);
    times.reference = 10;
    EXPECT_EQ(judgeBudget(times, {{stepOf("selectors", 0, {{{"case", "grouped"}, {"cpu_ms", 0}}})}, {}}).kind,
              Kind::NotMeasured)
        << "nothing takes no time";
}

TEST(JudgeBudget, TestsThatAssertItMustAllBeThereAndPass)
{
    CertificateBudget budget;
    budget.tests = {"A.one", "A.two"};
    EXPECT_EQ(judgeBudget(budget, {}).kind, Kind::NotRun);
    EXPECT_EQ(judgeBudget(budget, {{}, {{"A.one", true}, {"A.two", true}}}).kind, Kind::Met);
    const BudgetVerdict failed = judgeBudget(budget, {{}, {{"A.one", true}, {"A.two", false}}});
    EXPECT_EQ(failed.kind, Kind::NotMeasured);
    EXPECT_EQ(failed.measured, "1 of 2 tests pass failed A.two");
    EXPECT_EQ(judgeBudget(budget, {{}, {{"A.two", true}}}).measured, "1 of 2 tests pass no test A.one");
}

TEST(Certificate, OfGoodCommandsIsGood)
{
    CertificatePlan plan{{budgetOf(0.5)}, {{"gate", "performance.gate", "work", "A.one"}}, {"times vary"}};
    const StepOutcomes outcomes{{stepOf("selectors", 0, kRecords)}, {{"A.one", true}}};
    const Certificate certificate = certificateOf(plan, outcomes);
    EXPECT_THAT(certificate.failures, IsEmpty());
    EXPECT_THAT(certificate.text, HasSubstr("* commit abc1234\n"));
    EXPECT_THAT(certificate.text, HasSubstr("| `./dev bench selectors` | 0 | 3 | 2 results |\n"));
    EXPECT_THAT(certificate.text, HasSubstr("| derive | 0.5 ms | 0.4 ms | met |  |\n"));
    EXPECT_THAT(certificate.text, HasSubstr("| gate | `performance.gate` | work | `A.one`: passed |\n"));
    EXPECT_THAT(certificate.text, HasSubstr("* times vary\n"));
    EXPECT_THAT(certificate.text, Not(HasSubstr("busy")));
    EXPECT_THAT(certificate.text, Not(HasSubstr("in no commit")));
}

TEST(Certificate, AFailingCommandIsNamedAndFailsIt)
{
    const Certificate certificate = certificateOf({}, {{stepOf("stress", 3), stepOf("memory", 0)}, {}});
    EXPECT_FALSE(certificate.good());
    EXPECT_THAT(certificate.failures, ElementsAre("stress ended with 3: ./dev bench stress"));
    EXPECT_THAT(certificate.text, HasSubstr("| `./dev bench stress` | **3, failed** |"));
    EXPECT_THAT(certificate.text, HasSubstr("* **failed**: stress ended with 3"));
    EXPECT_THAT(certificate.text, Not(HasSubstr("Every command that ran succeeded")));
}

TEST(Certificate, AMissedBudgetNeedsAReason)
{
    CertificatePlan plan{{budgetOf(0.1)}, {}, {}};
    const StepOutcomes outcomes{{stepOf("selectors", 0, kRecords)}, {}};
    EXPECT_THAT(certificateOf(plan, outcomes).failures,
                ElementsAre("derive: 0.4 ms instead of 0.5 ms, and no reason is given"));
    plan.budgets[0].reason = "memory | bound";
    const Certificate certificate = certificateOf(plan, outcomes);
    EXPECT_TRUE(certificate.good());
    EXPECT_THAT(certificate.text, HasSubstr("| derive | 0.5 ms | 0.4 ms | **not met** | memory \\| bound |\n"));
}

TEST(Certificate, SaysWhatWasLeftOutAndUnderWhichCircumstances)
{
    const StepOutcomes outcomes{{stepOf("tests", std::nullopt)}, {}};
    const Certificate certificate = certificateOf({}, outcomes, "abc1234+changes");
    EXPECT_TRUE(certificate.good());
    EXPECT_THAT(certificate.text, HasSubstr("| `./dev bench tests` | not run |"));
    EXPECT_THAT(certificate.text, HasSubstr("* Not run this time: `./dev bench tests`."));
    EXPECT_THAT(certificate.text, HasSubstr("changes that are in no commit"));
    PerfEnvironment busy;
    busy.cores = 2;
    busy.loadAverage = 7.25;
    EXPECT_THAT(makeCertificate({}, outcomes, busy, "now").text, HasSubstr("busy (load average 7.2 on 2 cores)"));
}

class StepFolder : public testing::Test {
protected:
    void TearDown() override { std::filesystem::remove_all(m_folder); }
    void write(const std::string& name, const std::string& text) const
    {
        ASSERT_TRUE(writePerfText(m_folder + '/' + name, text).ok());
    }
    std::string m_folder =
        (std::filesystem::temp_directory_path() / ("step-folder-" + std::to_string(::getpid()))).string();
};

TEST_F(StepFolder, HoldsWhatCommandsPrintedAndWrote)
{
    write("outcomes.tsv", "bench\t0\t12\t./dev bench --rows 5\ntests\t-\t0\t./dev test\nstress\t1\t2\tfalse\n");
    write("bench.out", "building\n{\"case\":\"a\",\"cpu_ms\":2}\n{broken\ndone well\n\n");
    write("bench.json", "[{\"suite\":\"step\"}]");
    write("tests/core.json",
          R"({"testsuites": [{"testsuite": [{"classname": "A", "name": "good", "result": "COMPLETED"},
             {"classname": "A", "name": "bad", "result": "COMPLETED", "failures": [{}]},
             {"classname": "A", "name": "left", "result": "SKIPPED"}]}]})");
    const auto outcomes = readStepOutcomes(m_folder);
    ASSERT_TRUE(outcomes.ok()) << outcomes.error().what;
    ASSERT_EQ(outcomes->steps.size(), 3U);
    EXPECT_EQ(outcomes->steps[0].exitCode, 0);
    EXPECT_EQ(outcomes->steps[0].seconds, 12);
    EXPECT_EQ(outcomes->steps[0].command, "./dev bench --rows 5");
    EXPECT_EQ(outcomes->steps[0].lastLine, "done well");
    ASSERT_EQ(outcomes->steps[0].records.size(), 2U);
    EXPECT_EQ(outcomes->steps[0].records[1]["suite"], "step");
    EXPECT_FALSE(outcomes->steps[1].exitCode.has_value());
    EXPECT_EQ(outcomes->steps[2].exitCode, 1);
    EXPECT_THAT(outcomes->tests,
                ElementsAre(std::pair<const std::string, bool>("A.bad", false),
                            std::pair<const std::string, bool>("A.good", true),
                            std::pair<const std::string, bool>("A.left", false)));
}

TEST_F(StepFolder, WithoutATableOrWithHalfALineIsNone)
{
    EXPECT_FALSE(readStepOutcomes(m_folder).ok());
    write("outcomes.tsv", "bench\t0\t12\n");
    EXPECT_FALSE(readStepOutcomes(m_folder).ok());
}

} // namespace
} // namespace tracedeck
