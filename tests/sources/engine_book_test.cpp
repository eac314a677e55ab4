// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/engine_book.h"

#include "fake_engine.h"

#include <gtest/gtest.h>

namespace tracedeck {
namespace {

using test::answerOf;
using test::containerIdOf;
using test::EngineModel;

EngineIdentity identity()
{
    EngineIdentity out;
    out.instance = "docker:test";
    out.apiVersion = "1.41";
    return out;
}

class EngineBookTest : public testing::Test {
protected:
    void list() { ASSERT_TRUE(m_book.takeList(answerOf(m_model, "/containers/json").body).ok()); }
    void info() { ASSERT_TRUE(m_book.takeInfo(answerOf(m_model, "/info").body).ok()); }
    void stats(std::size_t index)
    {
        ASSERT_TRUE(m_book.takeStats(containerIdOf(index), answerOf(m_model, "/x/stats?").body, 1).ok());
    }
    void inspect(std::size_t index, const std::string& body = {})
    {
        ASSERT_TRUE(
            m_book.takeInspect(containerIdOf(index), body.empty() ? answerOf(m_model, "/x/json").body : body).ok());
    }
    [[nodiscard]] WorkloadTable rows() const { return *m_book.build(5).workloads; }
    [[nodiscard]] static std::string text(const WorkloadTable& table, StringId id)
    {
        return std::string(table.strings.view(id));
    }
    [[nodiscard]] std::string listed(const std::string& fields)
    {
        EXPECT_TRUE(m_book.takeList(R"j([{"Id": ")j" + containerIdOf(0) + R"j(", )j" + fields + "}]").ok());
        const WorkloadTable table = rows();
        return text(table, table.status[0]) + "|" + text(table, table.statusDetail[0]) + "|"
            + std::to_string(static_cast<int>(table.bucket[0]));
    }

    EngineModel m_model;
    EngineBook m_book{identity()};
};

TEST_F(EngineBookTest, RatesNeedTwoSamplesAndSayWhatTheyAreAPercentageOf)
{
    info();
    list();
    stats(0);
    WorkloadTable table = rows();
    EXPECT_EQ(table.flags[0], kRatesPending);
    EXPECT_FALSE(table.cpuPercent.has(0));
    EXPECT_EQ(table.memoryUsedBytes.get(0), 800);
    EXPECT_EQ(table.memoryPercent.get(0), 10.0);
    m_model.cpuNs += 1'000'000'000;
    m_model.readSec += 2;
    stats(0);
    table = rows();
    EXPECT_EQ(table.flags[0], 0);
    EXPECT_EQ(table.cpuPercent.get(0), 25.0) << "half a CPU of two";
    EXPECT_EQ(text(table, table.cpuBasis[0]), "of 2 CPUs, no own quota");
    EXPECT_EQ(table.rxBytesPerSec.get(0), 500'000.0);
    EXPECT_FALSE(table.readBytesPerSec.has(0)) << "the engine did not tell: unknown, not 0";
    EXPECT_EQ(table.processCount.get(0), 4);
    inspect(0);
    table = rows();
    EXPECT_EQ(table.cpuPercent.get(0), 100.0) << "of its quota of half a CPU";
    EXPECT_EQ(text(table, table.cpuBasis[0]), "of its own quota, 0.5 CPUs");
    EXPECT_EQ(table.memoryPercent.get(0), 20.0);
    EXPECT_EQ(table.restartCount.get(0), 2);
    EXPECT_TRUE(table.startedAtNs.has(0));
}

TEST_F(EngineBookTest, ARestartGivesNoNegativeRateAndTheSameReadingNoZero)
{
    list();
    stats(0);
    m_model.cpuNs += 1'000'000'000;
    m_model.readSec += 2;
    stats(0);
    stats(0);
    EXPECT_EQ(rows().cpuPercent.get(0), 25.0) << "read at the same moment: still the last rate";
    m_model.cpuNs = 5;
    m_model.readSec += 2;
    stats(0);
    EXPECT_FALSE(rows().cpuPercent.has(0));
    m_model.readSec -= 10;
    stats(0);
    EXPECT_FALSE(rows().cpuPercent.has(0));
    EXPECT_EQ(rows().flags[0], kRatesPending);
}

TEST_F(EngineBookTest, StatesBecomeTheFleetsWords)
{
    EXPECT_EQ(listed(R"j("State": "running", "Status": "Up 1 hour (healthy)")j"), "running|healthy|0");
    EXPECT_EQ(listed(R"j("State": "running", "Status": "Up 1 hour (unhealthy)")j"), "running|unhealthy|1");
    EXPECT_EQ(listed(R"j("State": "running", "Status": "Up 1 second (health: starting)")j"),
              "running|health: starting|0");
    EXPECT_EQ(listed(R"j("State": "paused", "Status": "Up 1 hour (Paused)")j"), "paused||1");
    EXPECT_EQ(listed(R"j("State": "exited", "Status": "Exited (0) 1 hour ago")j"), "stopped|exit 0|2");
    EXPECT_EQ(listed(R"j("State": "created")j"), "stopped|never started|2");
    EXPECT_EQ(listed(R"j("State": "dead")j"), "failed|dead|2");
    EXPECT_EQ(listed(R"j("State": "restarting", "Status": "Restarting (1) 2 seconds ago")j"), "restarting||1");
    EXPECT_EQ(listed(R"j("Names": [])j"), "unknown||1");
    inspect(0, R"({"State": {"OOMKilled": true, "ExitCode": 137}})");
    EXPECT_EQ(listed(R"j("State": "exited", "Status": "Exited (137) 1 second ago")j"),
              "stopped|exit 137, out of memory|2");
}

TEST_F(EngineBookTest, AStoppedContainerHasNoNumbers)
{
    list();
    stats(0);
    inspect(0);
    m_model.state = "exited";
    list();
    const WorkloadTable table = rows();
    EXPECT_FALSE(table.memoryUsedBytes.has(0));
    EXPECT_FALSE(table.startedAtNs.has(0));
    EXPECT_EQ(table.flags[0], 0) << "no rate is on its way";
    EXPECT_TRUE(m_book.wantStats().empty());
}

TEST_F(EngineBookTest, InspectsWhatChangedAndNothingElse)
{
    list();
    EXPECT_EQ(m_book.wantInspect(100).size(), 3U);
    EXPECT_EQ(m_book.wantInspect(2).size(), 2U);
    for (std::size_t i = 0; i < 3; ++i) {
        inspect(i);
    }
    list();
    EXPECT_TRUE(m_book.wantInspect(100).empty());
    m_book.noteChanged(containerIdOf(1));
    m_book.noteChanged("unknown");
    EXPECT_EQ(m_book.wantInspect(100), std::vector<std::string>{containerIdOf(1)});
    m_model.state = "paused";
    list();
    EXPECT_EQ(m_book.wantInspect(100).size(), 3U);
}

TEST_F(EngineBookTest, ThousandsOfOldStoppedContainersAreNotInspectedOneByOne)
{
    m_model.containers = 3000;
    m_model.state = "exited";
    list();
    EXPECT_LE(m_book.wantInspect(5000).size(), 200U);
}

TEST_F(EngineBookTest, TheOldestSampleIsAskedForFirst)
{
    list();
    stats(0);
    stats(2);
    EXPECT_EQ(m_book.wantStats().front(), containerIdOf(1));
}

TEST_F(EngineBookTest, VanishedAndDoubledContainers)
{
    list();
    m_model.containers = 1;
    list();
    EXPECT_EQ(rows().rows(), 1U);
    EXPECT_TRUE(m_book.takeStats(containerIdOf(2), answerOf(m_model, "/x/stats?").body, 1).ok()) << "came too late";
    const std::string one = R"({"Id": "a"})";
    ASSERT_TRUE(m_book.takeList("[" + one + "," + one + "," + one + "]").ok());
    const FleetSnapshot snapshot = m_book.build(5);
    EXPECT_EQ(snapshot.workloads->rows(), 1U);
    ASSERT_EQ(snapshot.warnings.size(), 1U);
    EXPECT_EQ(snapshot.warnings[0].count, 2U);
}

TEST_F(EngineBookTest, AnAnswerThatDoesNotDecodeChangesNothing)
{
    list();
    EXPECT_FALSE(m_book.takeList("[{").ok());
    EXPECT_FALSE(m_book.takeInfo("[]").ok());
    EXPECT_FALSE(m_book.takeStats(containerIdOf(0), "nonsense", 1).ok());
    EXPECT_EQ(rows().rows(), 3U);
}

TEST_F(EngineBookTest, TheHostIsThisMachineOnlyWhenItSaysSo)
{
    EngineIdentity here = identity();
    here.localHostname = "box";
    here.localMachineId = "machine-1";
    m_book.setIdentity(here);
    info();
    InfrastructureTable host = *m_book.build(5).infrastructure;
    EXPECT_EQ(host.strings.view(host.machineId[0]), "machine-1");
    m_model.hostname = "elsewhere"; // a socket that is forwarded from another machine
    info();
    host = *m_book.build(5).infrastructure;
    EXPECT_EQ(host.strings.view(host.machineId[0]), "");
    EXPECT_EQ(host.strings.view(host.id[0]), "engine-id");
    EXPECT_EQ(host.memoryTotalBytes.get(0), 8000);
    EXPECT_FALSE(host.cpuPercent.has(0));
}

TEST_F(EngineBookTest, ImagesAreListedOnceUntilANewOneShowsUp)
{
    list();
    EXPECT_TRUE(m_book.wantImages());
    ASSERT_TRUE(m_book.takeImages("[]").ok());
    EXPECT_FALSE(m_book.wantImages()) << "asking again would not find it either";
    const WorkloadTable table = rows();
    for (const StringId name : table.detailNames.row(0)) {
        EXPECT_NE(text(table, name), "Image built");
    }
}

TEST_F(EngineBookTest, EqualAnswersGiveEqualTables)
{
    info();
    list();
    stats(1);
    const FleetSnapshot before = m_book.build(5);
    list();
    const FleetSnapshot after = m_book.build(6);
    EXPECT_EQ(*before.workloads, *after.workloads);
    EXPECT_EQ(*before.infrastructure, *after.infrastructure);
}

} // namespace
} // namespace tracedeck
