// SPDX-License-Identifier: GPL-3.0-or-later
#include "recorded_machine.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

const std::string kContainer = "0123456789abcdef" + std::string(48, 'e');

class LocalWorkloadTest : public testing::Test {
protected:
    void SetUp() override { m_machine.writeHost(); }
    void fetch()
    {
        auto answer = fetchOnce(m_source);
        ASSERT_TRUE(answer.ok());
        m_snapshot = *answer;
    }
    [[nodiscard]] const WorkloadTable& table() const { return *m_snapshot.workloads; }
    [[nodiscard]] std::string_view text(const TextColumn& column, int row) const
    {
        return table().strings.view(column[static_cast<std::size_t>(row)]);
    }
    void writeV2(const std::string& unit, std::uint64_t cpuUsec)
    {
        const std::string folder = "sys/fs/cgroup/" + unit;
        m_machine.write(folder + "/cpu.stat", "usage_usec " + std::to_string(cpuUsec) + "\nnr_throttled 3\n");
        m_machine.write(folder + "/cpu.max", "max 100000\n");
        m_machine.write(folder + "/memory.current", "1100\n");
        m_machine.write(folder + "/memory.stat", "anon 1\ninactive_file 100\n");
        m_machine.write(folder + "/memory.max", "max\n");
        m_machine.write(folder + "/memory.events", "oom 1\noom_kill 2\n");
        m_machine.write(folder + "/io.stat", "8:0 rbytes=1000 wbytes=2000\n");
        m_machine.write(folder + "/pids.current", "7\n");
        m_machine.write(folder + "/cgroup.procs", "42\n43\n");
    }

    RecordedMachine m_machine;
    LocalMachineSource m_source{m_machine.environment()};
    FleetSnapshot m_snapshot;
};

TEST_F(LocalWorkloadTest, V2UnitsWithoutLimits)
{
    m_machine.mountV2();
    writeV2("system.slice/cron.service", 1'000'000);
    m_machine.writeProcess(42, "cron", 5);
    fetch();
    ASSERT_EQ(table().rows(), 1U);
    const std::size_t row = 0;
    EXPECT_EQ(text(table().name, 0), "cron.service");
    EXPECT_EQ(text(table().id, 0), "0123456789abcdef0123456789abcdef/system.slice/cron.service");
    EXPECT_EQ(text(table().contextLabel, 0), "system.slice");
    EXPECT_EQ(text(table().status, 0), "running");
    EXPECT_EQ(table().bucket[row], StatusBucket::Running);
    EXPECT_EQ(table().flags[row], kRatesPending);
    EXPECT_FALSE(table().cpuPercent.has(row));
    EXPECT_EQ(table().memoryUsedBytes.get(row), 1000);
    EXPECT_FALSE(table().memoryTotalBytes.has(row)); // "max" is no number
    EXPECT_EQ(text(table().memoryBasis, 0).substr(0, 17), "of machine memory");
    EXPECT_EQ(table().processCount.get(row), 2);
    EXPECT_EQ(table().startedAtNs.get(row), 1'700'000'010'000'000'000);
    EXPECT_EQ(table().hostKeys[row], m_snapshot.infrastructure->keys[0]);
    EXPECT_EQ(detailOf(table(), 0, "Out-of-memory kills"), "2");
    EXPECT_EQ(detailOf(table(), 0, "Tasks"), "7");

    m_machine.advance(5);
    writeV2("system.slice/cron.service", 11'000'000);
    fetch();
    EXPECT_EQ(table().flags[row], 0);
    EXPECT_DOUBLE_EQ(*table().cpuPercent.get(row), 50.0); // 2 of 4 CPUs
    EXPECT_EQ(text(table().cpuBasis, 0), "of 4 CPUs, no own quota");
    EXPECT_DOUBLE_EQ(*table().readBytesPerSec.get(row), 0.0);
}

TEST_F(LocalWorkloadTest, V2QuotaAndLimitAreTheBasis)
{
    m_machine.mountV2();
    const std::string unit = "system.slice/docker-" + kContainer + ".scope";
    writeV2(unit, 0);
    m_machine.write("sys/fs/cgroup/" + unit + "/cpu.max", "50000 100000\n");
    m_machine.write("sys/fs/cgroup/" + unit + "/memory.max", "4000\n");
    fetch();
    m_machine.advance(1);
    m_machine.write("sys/fs/cgroup/" + unit + "/cpu.stat", "usage_usec 250000\n");
    fetch();
    EXPECT_EQ(table().type[0], WorkloadType::AppContainer);
    EXPECT_EQ(text(table().containerId, 0), kContainer);
    EXPECT_EQ(text(table().displayId, 0), kContainer.substr(0, 12));
    EXPECT_EQ(text(table().containerRuntime, 0), "docker");
    EXPECT_NE(table().platformScopes[0] & platformBit(Platform::Docker), 0U);
    EXPECT_DOUBLE_EQ(*table().cpuPercent.get(0), 50.0);
    EXPECT_DOUBLE_EQ(*table().cpuCount.get(0), 0.5);
    EXPECT_EQ(text(table().cpuBasis, 0), "of its own quota, 0.5 CPUs");
    EXPECT_DOUBLE_EQ(*table().memoryPercent.get(0), 25.0);
    EXPECT_EQ(table().memoryTotalBytes.get(0), 4000);
}

TEST_F(LocalWorkloadTest, ControllersThatAreNotEnabledLeaveValuesAbsent)
{
    m_machine.mountV2();
    m_machine.write("sys/fs/cgroup/system.slice/bare.service/cgroup.procs", "");
    m_machine.write("sys/fs/cgroup/system.slice/frozen.service/cgroup.procs", "9\n");
    m_machine.write("sys/fs/cgroup/system.slice/frozen.service/cgroup.freeze", "1\n");
    m_machine.folder("sys/fs/cgroup/system.slice/unreadable.service");
    fetch();
    ASSERT_EQ(table().rows(), 3U);
    EXPECT_EQ(text(table().status, 0), "stopped");
    EXPECT_EQ(text(table().status, 1), "paused");
    EXPECT_FALSE(table().processCount.has(2));
    for (std::size_t row = 0; row < 3; ++row) {
        EXPECT_FALSE(table().memoryUsedBytes.has(row));
        EXPECT_FALSE(table().readBytesPerSec.has(row));
        EXPECT_EQ(table().flags[row], 0); // nothing to wait for
    }
}

TEST_F(LocalWorkloadTest, V1HasOneHierarchyPerController)
{
    m_machine.mountV1();
    const std::string unit = "/system.slice/nginx.service";
    const std::string base = "sys/fs/cgroup/";
    m_machine.write(base + "systemd" + unit + "/cgroup.procs", "42\n");
    m_machine.write(base + "cpu,cpuacct" + unit + "/cpuacct.usage", "1000000000\n");
    m_machine.write(base + "cpu,cpuacct" + unit + "/cpu.cfs_quota_us", "200000\n");
    m_machine.write(base + "cpu,cpuacct" + unit + "/cpu.cfs_period_us", "100000\n");
    m_machine.write(base + "memory" + unit + "/memory.usage_in_bytes", "5000\n");
    m_machine.write(base + "memory" + unit + "/memory.limit_in_bytes", "9223372036854771712\n");
    m_machine.write(base + "memory" + unit + "/memory.stat", "inactive_file 9999\ntotal_inactive_file 1000\n");
    m_machine.write(base + "memory" + unit + "/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 4\n");
    m_machine.write(base + "blkio" + unit + "/blkio.throttle.io_service_bytes_recursive",
                    "8:0 Read 100\n8:0 Write 0\n");
    m_machine.write(base + "pids" + unit + "/pids.current", "3\n");
    m_machine.write(base + "freezer" + unit + "/freezer.state", "FROZEN\n");
    fetch();
    m_machine.advance(2);
    m_machine.write(base + "cpu,cpuacct" + unit + "/cpuacct.usage", "3000000000\n");
    m_machine.write(base + "blkio" + unit + "/blkio.throttle.io_service_bytes_recursive",
                    "8:0 Read 300\n8:0 Write 0\n");
    fetch();
    ASSERT_EQ(table().rows(), 1U);
    EXPECT_DOUBLE_EQ(*table().cpuPercent.get(0), 50.0); // one of two granted CPUs
    EXPECT_EQ(table().memoryUsedBytes.get(0), 4000);
    EXPECT_FALSE(table().memoryTotalBytes.has(0));
    EXPECT_DOUBLE_EQ(*table().readBytesPerSec.get(0), 100.0);
    EXPECT_EQ(text(table().status, 0), "paused");
    EXPECT_EQ(detailOf(table(), 0, "Tasks"), "3");
    EXPECT_EQ(detailOf(table(), 0, "Out-of-memory kills"), "4");
}

TEST_F(LocalWorkloadTest, HybridTakesEachControllerFromItsOwnVersion)
{
    m_machine.mountHybrid();
    const std::string unit = "/docker/" + kContainer;
    m_machine.write("sys/fs/cgroup/memory" + unit + "/memory.usage_in_bytes", "5000\n");
    m_machine.write("sys/fs/cgroup/cpu,cpuacct" + unit + "/cpuacct.usage", "1\n");
    m_machine.write("sys/fs/cgroup/unified" + unit + "/pids.current", "12\n");
    m_machine.write("sys/fs/cgroup/unified" + unit + "/memory.current", "77\n"); // must not be used
    m_machine.write("sys/fs/cgroup/unified" + unit + "/cgroup.procs", "42\n");
    fetch();
    ASSERT_EQ(table().rows(), 1U);
    EXPECT_EQ(table().memoryUsedBytes.get(0), 5000);
    EXPECT_EQ(detailOf(table(), 0, "Tasks"), "12");
    EXPECT_TRUE(m_snapshot.warnings.empty());
}

TEST_F(LocalWorkloadTest, AContainerSeenAtTwoPathsIsOneRowAndAWarning)
{
    m_machine.mountV1();
    m_machine.write("sys/fs/cgroup/systemd/system.slice/docker-" + kContainer + ".scope/cgroup.procs", "42\n");
    m_machine.write("sys/fs/cgroup/memory/docker/" + kContainer + "/memory.usage_in_bytes", "5\n");
    fetch();
    ASSERT_EQ(table().rows(), 1U);
    ASSERT_EQ(m_snapshot.warnings.size(), 1U);
    EXPECT_EQ(m_snapshot.warnings[0].count, 1U);
}

TEST_F(LocalWorkloadTest, ContainersShowTheTrafficOfTheirOwnNetwork)
{
    m_machine.mountV2();
    writeV2("docker/" + kContainer, 1);
    m_machine.link("proc/self/ns/net", "net:[1]");
    m_machine.link("proc/42/ns/net", "net:[2]");
    m_machine.write("proc/42/net/dev", "lo: 9 0 0 0 0 0 0 0 9 0\neth0: 100 0 0 0 0 0 0 0 200 0\n");
    fetch();
    m_machine.advance(1);
    m_machine.write("proc/42/net/dev", "lo: 99 0 0 0 0 0 0 0 99 0\neth0: 150 0 0 0 0 0 0 0 300 0\n");
    fetch();
    EXPECT_DOUBLE_EQ(*table().rxBytesPerSec.get(0), 50.0);
    EXPECT_DOUBLE_EQ(*table().txBytesPerSec.get(0), 100.0);
    m_machine.remove("proc/42/ns/net");
    m_machine.link("proc/42/ns/net", "net:[1]"); // host networking: not the container's own traffic
    fetch();
    EXPECT_FALSE(table().rxBytesPerSec.has(0));
}

TEST_F(LocalWorkloadTest, ProcessesOfSubgroupsBelongToTheirUnit)
{
    m_machine.mountV2();
    m_machine.write("sys/fs/cgroup/system.slice/pg.service/cgroup.procs", "1\n");
    m_machine.write("sys/fs/cgroup/system.slice/pg.service/worker/deep.service/cgroup.procs", "2\n3\n");
    m_machine.write("sys/fs/cgroup/system.slice/home.mount/cgroup.procs", "4\n");
    fetch();
    ASSERT_EQ(table().rows(), 1U);
    EXPECT_EQ(table().processCount.get(0), 3);
}

TEST_F(LocalWorkloadTest, WithoutUnitsProcessesStandInByName)
{
    m_machine.writeProcess(10, "worker", 100);
    m_machine.writeProcess(11, "worker", 50);
    m_machine.writeProcess(12, "odd ) (name\nx", 0);
    m_machine.write("proc/13/stat", "13 (zombie) Z 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 5 0 0 0\n");
    m_machine.write("proc/14/stat", "14 (kworker) S 2 0 0 0 -1 2097152 0 0 0 0 0 0 0 0 20 0 1 0 5 0 0 0\n");
    m_machine.write("proc/15/stat", "15 (cut");
    m_machine.write("proc/10/io", "rchar: 1\nread_bytes: 100\nwrite_bytes: 0\n");
    fetch();
    ASSERT_EQ(table().rows(), 2U);
    const int row = rowNamed(table(), "worker");
    ASSERT_GE(row, 0);
    EXPECT_EQ(text(table().statusDetail, row), "2 processes");
    EXPECT_EQ(table().memoryUsedBytes.get(static_cast<std::size_t>(row)), 2 * 256 * 4096);
    EXPECT_EQ(table().type[static_cast<std::size_t>(row)], WorkloadType::Unit);
    EXPECT_EQ(detailOf(table(), row, "Process ids"), "10, 11");
    EXPECT_GE(rowNamed(table(), "odd ) (name x"), 0);

    m_machine.advance(5);
    m_machine.writeProcess(10, "worker", 300);
    m_machine.writeProcess(11, "worker", 150);
    m_machine.write("proc/10/io", "rchar: 1\nread_bytes: 600\nwrite_bytes: 0\n");
    fetch();
    const auto again = static_cast<std::size_t>(rowNamed(table(), "worker"));
    EXPECT_DOUBLE_EQ(*table().cpuPercent.get(again), 15.0); // 300 ticks in 5 s on 4 CPUs
    EXPECT_FALSE(table().readBytesPerSec.has(again)); // one of the two hides its figures
    EXPECT_EQ(text(table().cpuBasis, static_cast<int>(again)), "of 4 CPUs, 2 processes of this name added up");
}

TEST_F(LocalWorkloadTest, ProcessesOfContainersAreNotCountedAgain)
{
    m_machine.mountV2();
    m_machine.write("sys/fs/cgroup/docker/" + kContainer + "/cgroup.procs", "42\n");
    m_machine.writeProcess(42, "inside", 1);
    m_machine.writeProcess(43, "outside", 1);
    fetch();
    ASSERT_EQ(table().rows(), 2U);
    EXPECT_GE(rowNamed(table(), "outside"), 0);
    EXPECT_EQ(rowNamed(table(), "inside"), -1);
}

TEST_F(LocalWorkloadTest, CancelEndsWithCancelled)
{
    // The source asks for the time first; cancelling there is the earliest a running fetch can see it.
    LocalEnvironment environment = m_machine.environment();
    LocalMachineSource* running = nullptr;
    environment.monotonicNs = [&running] {
        running->cancel();
        return std::int64_t{1};
    };
    LocalMachineSource source(environment);
    running = &source;
    const auto answer = fetchOnce(source);
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().code, ErrorCode::Cancelled);
}

} // namespace
} // namespace tracedeck
