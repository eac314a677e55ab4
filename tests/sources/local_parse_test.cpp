// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/local_text_scan.h"
#include "sources/local_cgroup_parse.h"
#include "sources/local_mount_parse.h"
#include "sources/local_proc_parse.h"
#include "sources/local_process_parse.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tracedeck {
namespace {

constexpr std::string_view kStatTail =
    " S 1 1 1 0 -1 4194560 9 0 0 0 30 12 0 0 20 0 5 0 777 99999 64 18446744073709551615 0\n";

TEST(LocalParse, CpuTicksCountIdleAndWaitingAsNotBusyAndGuestOnce)
{
    const ProcStat stat =
        parseProcStat("cpu  10 20 30 100 40 1 2 3 999 999\ncpu0 1 2 3 4\ncpu1 1 2 3 4\nbtime 1700000000\n");
    ASSERT_TRUE(stat.cpu);
    EXPECT_EQ(stat.cpu->total, 206U);
    EXPECT_EQ(stat.cpu->busy, 66U);
    EXPECT_EQ(stat.cpuCount, 2U);
    EXPECT_EQ(stat.bootTimeSec, 1700000000);
    EXPECT_FALSE(parseProcStat("cpu 1 2").cpu);
    EXPECT_FALSE(parseProcStat("cpufreq 1 2 3 4").cpu);
    EXPECT_FALSE(parseProcStat("").bootTimeSec);
}

TEST(LocalParse, MemoryIsKibibytesAndNegativeIsUnknown)
{
    const MemInfo info =
        parseMemInfo("MemTotal: 16 kB\nMemAvailable: -1 kB\nSwapTotal: 99999999999999999999 kB\nSwapFree: 4 kB");
    EXPECT_EQ(info.totalBytes, 16384);
    EXPECT_FALSE(info.availableBytes);
    EXPECT_FALSE(info.swapTotalBytes);
    EXPECT_EQ(info.swapFreeBytes, 4096);
}

TEST(LocalParse, NetworkLinesWithAndWithoutBlankAfterTheColon)
{
    const auto devices = parseNetDev(
        "Inter-|\n face |\n  eth0:12 0 0 0 0 0 0 0 34 0\neth0:1: 5 0 0 0 0 0 0 0 6\nbad: x 0 0 0 0 0 0 0 1\n");
    ASSERT_EQ(devices.size(), 2U);
    EXPECT_EQ(devices[0].device, "eth0");
    EXPECT_EQ(devices[0].rxBytes, 12U);
    EXPECT_EQ(devices[0].txBytes, 34U);
    EXPECT_EQ(devices[1].device, "eth0:1");
}

TEST(LocalParse, DiskSectorsAreAlways512Bytes)
{
    const auto disks =
        parseDiskStats(" 259 3 nvme0n1 1 2 8 4 5 6 16 8 9\n 8 0 cut 1 2 3\n8 1 sdb 1 1 99999999999999999999 1 1 1 1\n");
    ASSERT_EQ(disks.size(), 1U);
    EXPECT_EQ(disks[0].device, "nvme0n1");
    EXPECT_EQ(disks[0].readBytes, 4096U);
    EXPECT_EQ(disks[0].writtenBytes, 8192U);
    EXPECT_EQ(disks[0].deviceNumber, parseDeviceNumber("259:3"));
    EXPECT_FALSE(parseDeviceNumber("259"));
    EXPECT_FALSE(parseDeviceNumber("a:b"));
}

TEST(LocalParse, SmallFiles)
{
    EXPECT_EQ(parseLoadAverage("0.50 1.25 2.00 3/400 5")->minutes15, 2.0);
    EXPECT_FALSE(parseLoadAverage("0.50 nan 2.00"));
    EXPECT_EQ(parseUptime("12.5 99"), 12.5);
    EXPECT_FALSE(parseUptime("inf"));
    EXPECT_EQ(parseOsName("NAME=A\nPRETTY_NAME='B \\'x\\''\n"), "B 'x'");
    EXPECT_EQ(parseOsName("NAME=\"Alpine\"\nPRETTY_NAME=\"\"\n"), "Alpine");
    EXPECT_EQ(parsePressure("some avg10=1.50 avg60=0.00\nfull avg10=9.00"), 1.5);
    EXPECT_FALSE(parsePressure("full avg10=9.00"));
}

TEST(LocalParse, CommandsMayHoldParenthesesBlanksAndLineFeeds)
{
    const std::string text = "42 (a) S (b\n) c)" + std::string(kStatTail);
    const auto stat = parseProcessStat(text);
    ASSERT_TRUE(stat);
    EXPECT_EQ(stat->pid, 42);
    EXPECT_EQ(stat->command, "a) S (b\n) c");
    EXPECT_EQ(stat->cpuTicks, 42U);
    EXPECT_EQ(stat->startTicks, 777U);
    EXPECT_EQ(stat->threads, 5);
    EXPECT_EQ(stat->residentPages, 64);
    EXPECT_FALSE(stat->kernelThread);
    EXPECT_EQ(cleanText(stat->command), "a) S (b ) c");
}

TEST(LocalParse, ProcessLinesThatAreCutOrHugeAreRefused)
{
    const std::string whole = "42 (x)" + std::string(kStatTail);
    EXPECT_FALSE(parseProcessStat(whole.substr(0, 40)));
    EXPECT_FALSE(parseProcessStat("99999999999999999999 (x)" + std::string(kStatTail)));
    EXPECT_FALSE(parseProcessStat("-1 (x)" + std::string(kStatTail)));
    EXPECT_FALSE(parseProcessStat(")("));
    EXPECT_EQ(parseProcessStat("4194304000000 (x)" + std::string(kStatTail))->pid, 4194304000000);
    EXPECT_TRUE(parseProcessStat("2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 0 0 0 0 20 0 1 0 0 0 0 0\n")->kernelThread);
}

TEST(LocalParse, ProcessCgroupPicksTheHierarchy)
{
    constexpr std::string_view kText = "5:cpu,cpuacct:/a:b\n1:name=systemd:/c\n0::/d\n";
    EXPECT_EQ(parseProcessCgroup(kText, "cpuacct"), "/a:b");
    EXPECT_EQ(parseProcessCgroup(kText, "name=systemd"), "/c");
    EXPECT_EQ(parseProcessCgroup(kText, ""), "/d");
    EXPECT_FALSE(parseProcessCgroup(kText, "memory"));
    EXPECT_FALSE(parseProcessCgroup("garbage", ""));
}

TEST(LocalParse, CgroupLimits)
{
    EXPECT_FALSE(parseMemoryLimit("max\n"));
    EXPECT_FALSE(parseMemoryLimit("9223372036854771712\n"));
    EXPECT_EQ(parseMemoryLimit("1048576\n"), 1048576);
    EXPECT_EQ(parseCpuMax("150000 100000\n"), 1.5);
    EXPECT_FALSE(parseCpuMax("max 100000\n"));
    EXPECT_FALSE(parseCpuMax("1 0\n"));
    EXPECT_FALSE(parseCpuQuota("-1\n", "100000\n"));
    EXPECT_EQ(parseCpuQuota("50000\n", "100000\n"), 0.5);
    EXPECT_EQ(parseCgroupKey("oom 1\noom_kill 3\n", "oom_kill"), 3U);
    EXPECT_EQ(parseCgroupKey("oom_kill_disable 0\nunder_oom 0\noom_kill 2\n", "oom_kill"), 2U);
    EXPECT_FALSE(parseCgroupKey("oom_kill", "oom_kill"));
}

TEST(LocalParse, CgroupIoCountsWholeDisksOnly)
{
    const CountedDevices disks{*parseDeviceNumber("8:0")};
    const CgroupIo v2 = parseIoStat("8:0 rbytes=100 wbytes=200 rios=1\n253:0 rbytes=100 wbytes=200\n", disks);
    EXPECT_EQ(v2.readBytes, 100U);
    EXPECT_EQ(v2.writtenBytes, 200U);
    EXPECT_EQ(parseIoStat("8:0 rbytes=1\n253:0 rbytes=2\n", {}).readBytes, 3U);
    const CgroupIo v1 = parseBlkioBytes("8:0 Read 5\n8:0 Write 6\n8:0 Total 11\n253:0 Read 5\nTotal 16\n", disks);
    EXPECT_EQ(v1.readBytes, 5U);
    EXPECT_EQ(v1.writtenBytes, 6U);
}

TEST(LocalParse, ControllersAreDecidedOneByOne)
{
    const auto mounts = parseMountInfo("31 1 0:1 / /sys/fs/cgroup/unified rw shared:1 - cgroup2 none rw\n"
                                       "32 1 0:2 / /sys/fs/cgroup/cpu\\054acct rw - cgroup cgroup rw,cpu,cpuacct\n"
                                       "33 1 0:3 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\nbroken line\n");
    ASSERT_EQ(mounts.size(), 3U);
    const CgroupLayout layout = cgroupLayoutOf(mounts);
    EXPECT_EQ(layout.at(CgroupController::Cpu).mountPoint, "sys/fs/cgroup/cpu,acct");
    EXPECT_FALSE(layout.at(CgroupController::Cpu).v2);
    EXPECT_EQ(layout.at(CgroupController::Memory).mountPoint, "sys/fs/cgroup/unified");
    EXPECT_TRUE(layout.at(CgroupController::Memory).v2);
    EXPECT_TRUE(cgroupLayoutOf({}).trees.empty());
}

TEST(LocalParse, EachBlockDeviceCountsOnce)
{
    const auto mounts = blockDeviceMounts(parseMountInfo("1 1 8:2 /sub /data/deep rw - ext4 /dev/sda2 rw\n"
                                                         "2 1 8:2 / /data rw - ext4 /dev/sda2 rw\n"
                                                         "3 1 0:40 / /b rw - btrfs /dev/sdb rw\n"
                                                         "4 1 0:41 /v / rw - btrfs /dev/sdb rw\n"
                                                         "5 1 7:1 / /snap/x ro - squashfs /dev/loop1 ro\n"
                                                         "6 1 0:50 / /nfs rw - nfs4 server:/x rw\n"));
    ASSERT_EQ(mounts.size(), 2U);
    EXPECT_EQ(mounts[0].mountPoint, "/");
    EXPECT_EQ(mounts[1].mountPoint, "/data");
}

RC_GTEST_PROP(LocalParse, AnyCommandIsReadBackWhole, (const std::string& command))
{
    const std::string text = "7 (" + command + ")" + std::string(kStatTail);
    const auto stat = parseProcessStat(text);
    RC_ASSERT(stat.has_value());
    RC_ASSERT(std::string(stat->command) == command);
}

RC_GTEST_PROP(LocalParse, CleanTextIsShortAndHasNoControlBytes, (const std::string& text))
{
    const std::string clean = cleanText(text);
    RC_ASSERT(clean.size() == text.size());
    RC_ASSERT(cleanText(clean) == clean);
    for (const char c : clean) {
        RC_ASSERT((static_cast<unsigned char>(c) >= 0x20 && c != 0x7F));
    }
}

} // namespace
} // namespace tracedeck
