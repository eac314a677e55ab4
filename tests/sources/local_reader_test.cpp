// SPDX-License-Identifier: GPL-3.0-or-later
// Files and folders below a root, and what a whole read makes of arbitrary ones.
#include "recorded_machine.h"
#include "sources/local_file_reader.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/stat.h>

namespace tracedeck {
namespace {

TEST(LocalFileReader, ReadsListsAndFollowsBelowItsRoot)
{
    RecordedMachine machine;
    machine.write("a/one", "1\n");
    machine.write("a/two", "");
    machine.folder("a/deep");
    machine.link("a/link", "net:[4026]");
    LocalFileReader files(machine.root());
    EXPECT_EQ(files.read("a/one"), "1\n");
    EXPECT_EQ(files.read("a", "two"), "");
    EXPECT_FALSE(files.read("a"));
    EXPECT_FALSE(files.read("a/missing"));
    EXPECT_FALSE(files.read(""));
    EXPECT_EQ(files.list("a"), (std::vector<std::string>{"deep", "link", "one", "two"}));
    EXPECT_EQ(files.listFolders("a"), std::vector<std::string>{"deep"});
    EXPECT_EQ(files.list(""), std::vector<std::string>{"a"});
    EXPECT_TRUE(files.list("a/one").empty());
    EXPECT_TRUE(files.exists("a/deep"));
    EXPECT_FALSE(files.exists("b"));
    EXPECT_EQ(files.linkTarget("a/link"), "net:[4026]");
    EXPECT_FALSE(files.linkTarget("a/one"));
}

TEST(LocalFileReader, LargeFilesAreReadToTheLimit)
{
    RecordedMachine machine;
    machine.write("big", std::string(100'000, 'x'));
    machine.write("huge", std::string(5U << 20U, 'y'));
    LocalFileReader files(machine.root());
    EXPECT_EQ(files.read("big")->size(), 100'000U);
    EXPECT_EQ(files.read("huge")->size(), 4U << 20U);
}

TEST(LocalFileReader, ANamedPipeInTheWayDoesNotBlock)
{
    RecordedMachine machine;
    ASSERT_EQ(mkfifo((machine.root() + "/pipe").c_str(), 0600), 0);
    LocalFileReader files(machine.root());
    EXPECT_EQ(files.read("pipe").value_or(""), "");
}

TEST(LocalFileReader, AMissingRootIsAnEmptyWorld)
{
    LocalFileReader files("/nonexistent/tracedeck");
    EXPECT_FALSE(files.read("proc/stat"));
    EXPECT_TRUE(files.list("").empty());
    EXPECT_FALSE(files.exists("x"));
    EXPECT_FALSE(files.linkTarget("x"));
}

TEST(LocalProcessGroups, ProcessesBornSinceTheLastRoundCountWhole)
{
    RecordedMachine machine;
    machine.writeHost();
    machine.write("proc/uptime", "5.00 1.00\n"); // made-up processes start 10 s after boot
    machine.writeProcess(10, "old", 0);
    LocalMachineSource source(machine.environment());
    ASSERT_TRUE(fetchOnce(source).ok());
    machine.advance(5);
    machine.write("proc/uptime", "12.00 1.00\n");
    machine.writeProcess(11, "young", 200);
    const auto answer = fetchOnce(source);
    ASSERT_TRUE(answer.ok());
    const int row = rowNamed(*answer->workloads, "young");
    ASSERT_GE(row, 0);
    EXPECT_DOUBLE_EQ(*answer->workloads->cpuPercent.get(static_cast<std::size_t>(row)), 10.0);
}

TEST(LocalProcessGroups, APidUsedAgainIsNotTheOldProcess)
{
    RecordedMachine machine;
    machine.writeHost();
    machine.write("proc/10/stat", "10 (x) S 1 1 1 0 -1 0 0 0 0 0 900 0 0 0 20 0 1 0 100 9 1 0 0\n");
    LocalMachineSource source(machine.environment());
    ASSERT_TRUE(fetchOnce(source).ok());
    machine.advance(5);
    machine.write("proc/10/stat", "10 (x) S 1 1 1 0 -1 0 0 0 0 0 901 0 0 0 20 0 1 0 200 9 1 0 0\n");
    const auto answer = fetchOnce(source);
    ASSERT_TRUE(answer.ok());
    EXPECT_FALSE(answer->workloads->cpuPercent.has(0));
    EXPECT_EQ(answer->workloads->flags[0], kRatesPending);
}

TEST(LocalProcessGroups, StoppedGroupsArePausedAndLongListsAreCut)
{
    RecordedMachine machine;
    machine.writeHost();
    machine.write("proc/10/stat", "10 (halted) T 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 100 9 1 0 0\n");
    for (std::int64_t pid = 100; pid < 112; ++pid) {
        machine.writeProcess(pid, "many", 0);
    }
    LocalMachineSource source(machine.environment());
    const auto answer = fetchOnce(source);
    ASSERT_TRUE(answer.ok());
    const WorkloadTable& table = *answer->workloads;
    const auto halted = static_cast<std::size_t>(rowNamed(table, "halted"));
    EXPECT_EQ(table.strings.view(table.status[halted]), "paused");
    const std::string pids = detailOf(table, rowNamed(table, "many"), "Process ids");
    EXPECT_NE(pids.find("107 (8 of 12)"), std::string::npos) << pids;
}

RC_GTEST_PROP(LocalMachine, NoContentOfAnyFileBreaksARead, ())
{
    // One tree for all rounds: what an earlier round broke stays broken, but for the files it needs.
    static RecordedMachine machine;
    static const bool kWritten = [] {
        machine.writeHost();
        machine.mountV2();
        machine.writeProcess(42, "x", 1);
        return true;
    }();
    RC_ASSERT(kWritten);
    machine.writeCpu(1000, 9000);
    const std::vector<std::string> paths{"proc/stat",
                                         "proc/meminfo",
                                         "proc/net/dev",
                                         "proc/diskstats",
                                         "proc/self/mountinfo",
                                         "proc/42/stat",
                                         "etc/os-release",
                                         "sys/fs/cgroup/a.service/cpu.stat",
                                         "sys/fs/cgroup/a.service/memory.current",
                                         "sys/fs/cgroup/a.service/cgroup.procs",
                                         "sys/fs/cgroup/a.service/io.stat"};
    LocalMachineSource source(machine.environment());
    for (int round = 0; round < 3; ++round) {
        machine.write(*rc::gen::elementOf(paths), *rc::gen::arbitrary<std::string>());
        machine.write(*rc::gen::elementOf(paths), "18446744073709551615 -1 99999999999999999999\n");
        machine.advance(1);
        const auto answer = fetchOnce(source);
        if (answer.ok()) {
            const InfrastructureTable& host = *answer->infrastructure;
            RC_ASSERT(host.rows() == 1U);
            RC_ASSERT((!host.cpuPercent.has(0) || (host.cpuPercent.raw(0) >= 0 && host.cpuPercent.raw(0) <= 100)));
            RC_ASSERT((!host.rxBytesPerSec.has(0) || host.rxBytesPerSec.raw(0) >= 0));
            RC_ASSERT(answer->workloads->rows() <= 3U);
        }
    }
}

} // namespace
} // namespace tracedeck
