// SPDX-License-Identifier: GPL-3.0-or-later
#include "recorded_machine.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace tracedeck {
namespace {

class LocalHostTest : public testing::Test {
protected:
    void SetUp() override { m_machine.writeHost(); }
    [[nodiscard]] std::shared_ptr<const InfrastructureTable> host()
    {
        auto answer = fetchOnce(m_source);
        EXPECT_TRUE(answer.ok()) << (answer.ok() ? std::string() : answer.error().what);
        return answer.ok() ? answer->infrastructure : nullptr;
    }

    RecordedMachine m_machine;
    LocalMachineSource m_source{m_machine.environment()};
};

TEST_F(LocalHostTest, FirstFetchHasGaugesAndPendingRates)
{
    const auto table = host();
    ASSERT_EQ(table->rows(), 1U);
    const StringPool& strings = table->strings;
    EXPECT_EQ(strings.view(table->name[0]), "testbox");
    EXPECT_EQ(strings.view(table->id[0]), "0123456789abcdef0123456789abcdef");
    EXPECT_EQ(strings.view(table->osName[0]), "Debian GNU/Linux 12 (bookworm)");
    EXPECT_EQ(strings.view(table->kernelVersion[0]), "6.1.0-test");
    EXPECT_EQ(strings.view(table->cpuBasis[0]), "of 4 CPUs");
    EXPECT_EQ(strings.view(table->ipAddresses.row(0)[0]), "192.0.2.10");
    EXPECT_EQ(table->platform[0], Platform::LocalMachine);
    EXPECT_EQ(table->status[0], InfrastructureStatus::Online);
    EXPECT_EQ(table->flags[0], kRatesPending);
    EXPECT_FALSE(table->cpuPercent.has(0));
    EXPECT_FALSE(table->rxBytesPerSec.has(0));
    EXPECT_FALSE(table->temperatureCelsius.has(0));
    EXPECT_EQ(table->memoryTotalBytes.get(0), std::int64_t{8} << 30);
    EXPECT_DOUBLE_EQ(*table->memoryPercent.get(0), 25.0);
    EXPECT_EQ(table->swapUsedBytes.get(0), std::int64_t{256} << 20);
    EXPECT_DOUBLE_EQ(*table->diskPercent.get(0), 30.0);
    EXPECT_EQ(table->startedAtNs.get(0), 1'700'000'000'000'000'000);
    EXPECT_DOUBLE_EQ(*table->loadAverage1.get(0), 0.5);
}

TEST_F(LocalHostTest, SecondFetchHasRatesOfPhysicalAndWholeDevices)
{
    (void)host();
    m_machine.advance(5);
    m_machine.writeCpu(1250, 9750);
    m_machine.write(
        "proc/net/dev",
        "lo: 9999 0 0 0 0 0 0 0 9999 0\neth0: 6000 0 0 0 0 0 0 0 12000 0\nveth12: 90000 0 0 0 0 0 0 0 1 0\n");
    m_machine.write("proc/diskstats",
                    "8 0 sda 10 0 200 5 20 0 400 7 0 1 2\n8 1 sda1 10 0 900 5 20 0 900 7 0 1 2\n253 0 dm-0 1 0 900 5 2 "
                    "0 900 7 0 1 2\n");
    const auto table = host();
    EXPECT_EQ(table->flags[0], 0);
    EXPECT_DOUBLE_EQ(*table->cpuPercent.get(0), 25.0);
    EXPECT_DOUBLE_EQ(*table->rxBytesPerSec.get(0), 1000.0);
    EXPECT_DOUBLE_EQ(*table->txBytesPerSec.get(0), 2000.0);
    EXPECT_DOUBLE_EQ(*table->readBytesPerSec.get(0), 10240.0);
    EXPECT_DOUBLE_EQ(*table->writeBytesPerSec.get(0), 20480.0);
}

TEST_F(LocalHostTest, WithoutPhysicalDevicesTheOthersCountButNoBridgeMembers)
{
    m_machine.remove("sys/class/net/eth0/device");
    (void)host();
    m_machine.advance(1);
    m_machine.write("proc/net/dev", "eth0: 1500 0 0 0 0 0 0 0 2500 0\nveth12: 90000 0 0 0 0 0 0 0 1 0\n");
    EXPECT_DOUBLE_EQ(*host()->rxBytesPerSec.get(0), 500.0);
}

TEST_F(LocalHostTest, CountersGoingBackwardsAndLongGapsArePendingNotNegative)
{
    (void)host();
    m_machine.advance(5);
    m_machine.writeCpu(10, 20);
    auto table = host();
    EXPECT_FALSE(table->cpuPercent.has(0));
    EXPECT_EQ(table->flags[0], kRatesPending);
    m_machine.advance(3600);
    m_machine.writeCpu(20, 40);
    EXPECT_FALSE(host()->cpuPercent.has(0));
}

TEST_F(LocalHostTest, WhatIsMissingStaysAbsent)
{
    for (const char* path : {"proc/meminfo", "proc/loadavg", "proc/uptime", "proc/net/dev", "proc/diskstats",
                             "proc/self/mountinfo", "etc/machine-id", "etc/os-release", "proc/sys/kernel/osrelease"}) {
        m_machine.remove(path);
    }
    m_machine.usage.reset();
    const auto table = host();
    EXPECT_EQ(table->strings.view(table->id[0]), "testbox");
    EXPECT_EQ(table->strings.view(table->osName[0]), "");
    EXPECT_FALSE(table->memoryPercent.has(0));
    EXPECT_FALSE(table->diskPercent.has(0));
    EXPECT_FALSE(table->loadAverage1.has(0));
}

TEST_F(LocalHostTest, NothingReadableIsAnErrorWithAHint)
{
    m_machine.remove("proc");
    const auto answer = fetchOnce(m_source);
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().code, ErrorCode::NotFound);
    EXPECT_TRUE(answer.error().retryable);
    LocalEnvironment nowhere = m_machine.environment();
    nowhere.root = m_machine.root() + "/missing";
    LocalMachineSource lost(nowhere);
    EXPECT_FALSE(fetchOnce(lost).ok());
}

TEST_F(LocalHostTest, GarbageAndTruncatedFilesNeverBreakIt)
{
    for (const char* path : {"proc/meminfo", "proc/loadavg", "proc/uptime", "proc/net/dev", "proc/diskstats",
                             "proc/self/mountinfo", "etc/machine-id", "etc/os-release"}) {
        m_machine.write(path, std::string("\xff\x00(:-9 cpu\n\n18446744073709551616 ", 30));
    }
    m_machine.write("proc/stat", "cpu  1 2 3 4\nbtime 99999999999999\ncpu");
    const auto table = host();
    ASSERT_EQ(table->rows(), 1U);
    EXPECT_FALSE(table->startedAtNs.has(0));
    EXPECT_FALSE(table->memoryPercent.has(0));
}

TEST_F(LocalHostTest, BootTimeThatWaversIsNoChange)
{
    const auto first = host();
    m_machine.write("proc/stat", "cpu 1000 0 0 9000\ncpu0 1\nbtime 1700000001\n");
    EXPECT_EQ(host()->startedAtNs.get(0), first->startedAtNs.get(0));
    m_machine.write("proc/stat", "cpu 1000 0 0 9000\ncpu0 1\nbtime 1700000900\n");
    EXPECT_EQ(host()->startedAtNs.get(0), 1'700'000'900'000'000'000);
}

TEST_F(LocalHostTest, TheProcessorsSensorWinsOverHotterOnes)
{
    m_machine.write("sys/class/thermal/thermal_zone0/type", "acpitz\n");
    m_machine.write("sys/class/thermal/thermal_zone0/temp", "90000\n");
    EXPECT_DOUBLE_EQ(*host()->temperatureCelsius.get(0), 90.0);
    m_machine.write("sys/class/hwmon/hwmon0/name", "k10temp\n");
    m_machine.write("sys/class/hwmon/hwmon0/temp1_input", "45500\n");
    m_machine.write("sys/class/thermal/thermal_zone1/type", "x86_pkg_temp\n");
    m_machine.write("sys/class/thermal/thermal_zone1/temp", "-273000\n");
    EXPECT_DOUBLE_EQ(*host()->temperatureCelsius.get(0), 45.5);
}

TEST(LocalLive, ThisMachineHasSaneValues)
{
    if (access("/proc/stat", R_OK) != 0) {
        GTEST_SKIP() << "not run: /proc is not readable";
    }
    LocalMachineSource source;
    const auto answer = fetchOnce(source);
    ASSERT_TRUE(answer.ok());
    const InfrastructureTable& table = *answer->infrastructure;
    ASSERT_EQ(table.rows(), 1U);
    EXPECT_FALSE(table.strings.view(table.name[0]).empty());
    EXPECT_GE(*table.cpuCount.get(0), 1.0);
    EXPECT_GT(*table.memoryTotalBytes.get(0), 16 << 20);
    EXPECT_GE(*table.memoryPercent.get(0), 0.0);
    EXPECT_LE(*table.memoryPercent.get(0), 100.0);
    EXPECT_GT(*table.startedAtNs.get(0), 1'000'000'000'000'000'000);
    EXPECT_LE(*table.startedAtNs.get(0), answer->volatileFields.sampledAtNs);
    ASSERT_GT(answer->workloads->rows(), 0U);
    EXPECT_EQ(answer->workloads->hostKeys[0], table.keys[0]);
    EXPECT_EQ(fetchOnce(source)->infrastructure->keys, table.keys);
}

} // namespace
} // namespace tracedeck
