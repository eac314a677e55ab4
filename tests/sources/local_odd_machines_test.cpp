// SPDX-License-Identifier: GPL-3.0-or-later
// Files of kernels and machines that are not the usual ones: old, huge, cut, renamed, empty.
#include "formats/local_text_scan.h"
#include "formats/local_workload_name.h"
#include "sources/counter_history.h"
#include "sources/local_cgroup_parse.h"
#include "sources/local_mount_parse.h"
#include "sources/local_proc_parse.h"
#include "sources/local_process_parse.h"
#include "tests/sources/recorded_machine.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace tracedeck {
namespace {

std::string anyKernelText()
{
    // Pieces that kernel files are made of, in any order, so that parsers get past their first test.
    const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
        "cpu ", "cpu0 ", "btime ", "MemTotal: ", "eth0:", "8:0 ", "rbytes=", "some avg10=", "0::/", "(", ")", " ", "\n",
        "12 ", "18446744073709551616 ", "-1 ", "max ", ":", "=", ",", "Read ", "\\040", "\xff", "PRETTY_NAME=\"",
        "\""));
    std::string text;
    for (const std::string& piece : pieces) {
        text += piece;
    }
    return text;
}

} // namespace

RC_GTEST_PROP(LocalOddText, NoTextBreaksAParserAndViewsStayInside, ())
{
    const std::string text = anyKernelText();
    const auto inside = [&text](std::string_view view) {
        return view.empty() || (view.data() >= text.data() && view.data() + view.size() <= text.data() + text.size());
    };
    for (const NetCounters& device : parseNetDev(text)) {
        RC_ASSERT((!device.device.empty() && inside(device.device)));
    }
    for (const DiskCounters& disk : parseDiskStats(text)) {
        RC_ASSERT(inside(disk.device));
    }
    const auto stat = parseProcessStat(text);
    RC_ASSERT((!stat || inside(stat->command)));
    const auto group = parseProcessCgroup(text, "");
    RC_ASSERT((!group || inside(*group)));
    const ProcStat machine = parseProcStat(text);
    RC_ASSERT((!machine.cpu || machine.cpu->busy <= machine.cpu->total));
    const MemInfo memory = parseMemInfo(text);
    RC_ASSERT((!memory.totalBytes || *memory.totalBytes >= 0));
    (void)parseLoadAverage(text);
    (void)parseUptime(text);
    (void)parsePressure(text);
    (void)parseIoStat(text, {});
    (void)parseBlkioBytes(text, {});
    (void)cgroupLayoutOf(parseMountInfo(text));
    const auto limit = parseMemoryLimit(text);
    RC_ASSERT((!limit || *limit >= 0));
    const auto cpus = parseCpuMax(text);
    RC_ASSERT((!cpus || *cpus > 0));
    LocalWorkloadName name;
    (void)classifyCgroup(text, name);
    for (const char c : parseOsName(text)) {
        RC_ASSERT((static_cast<unsigned char>(c) >= 0x20 && c != 0x7F));
    }
}

TEST(LocalOddCpu, oldKernelsHaveFourColumnsAndNewOnesMore)
{
    const auto four = parseProcStat("cpu 10 0 5 85\n").cpu;
    ASSERT_TRUE(four);
    EXPECT_EQ(four->total, 100U);
    EXPECT_EQ(four->busy, 15U);
    const auto many = parseProcStat("cpu 10 0 5 80 5 0 0 0 7 7 99 99\n").cpu;
    ASSERT_TRUE(many);
    EXPECT_EQ(many->total, 100U) << "guest time stands inside user already; what newer kernels add is not known";
    EXPECT_EQ(many->busy, 15U);
    EXPECT_FALSE(parseProcStat("cpu 1 2 3\n").cpu);
    EXPECT_FALSE(parseProcStat("cpu x 2 3 4\n").cpu);
    EXPECT_EQ(parseProcStat("cpu0 1\ncpu15 1\ncpux 1\ncpu 1 1 1 1\n").cpuCount, 2U);
    EXPECT_EQ(parseProcStat("intr 1 2\r\nbtime 5\r\n").bootTimeSec, 5) << "carriage returns of copied files";
}

TEST(LocalOddMemory, unknownIsAbsentAndTheLargestFits)
{
    const MemInfo none = parseMemInfo("");
    EXPECT_FALSE(none.totalBytes || none.availableBytes || none.swapTotalBytes || none.swapFreeBytes);
    EXPECT_FALSE(parseMemInfo("MemTotal:\nMemFree: 5 kB\n").totalBytes);
    EXPECT_EQ(parseMemInfo("MemTotal: 9007199254740991 kB").totalBytes, 9007199254740991 * 1024);
    EXPECT_FALSE(parseMemInfo("MemTotal: 9007199254740992 kB").totalBytes) << "past 2^63 bytes";
    EXPECT_FALSE(parseMemInfo("MemTotal:16 kB").totalBytes) << "a name is a word of its own";
    EXPECT_EQ(parseMemInfo("SwapTotal: 0 kB").swapTotalBytes, 0) << "no swap is a value, not an unknown";
}

TEST(LocalOddDisks, columnsOfOldPartitionsAndWraps)
{
    EXPECT_TRUE(parseDiskStats("8 1 sda1 10 20 30 40\n").empty()) << "partitions of kernel 2.6.24 had four numbers";
    const auto disks = parseDiskStats("8 0 sda 1 2 3 4 5 6 7\n");
    ASSERT_EQ(disks.size(), 1U) << "nothing behind the sectors written is needed";
    EXPECT_EQ(disks[0].writtenBytes, 7U * 512);
    EXPECT_EQ(parseDiskStats("8 0 sda 1 2 36028797018963967 4 5 6 7\n").at(0).readBytes, 36028797018963967U * 512);
    EXPECT_TRUE(parseDiskStats("8 0 sda 1 2 36028797018963968 4 5 6 7\n").empty()) << "more than 2^64 bytes";
    EXPECT_EQ(parseDeviceNumber("4294967295:4294967295"), ~std::uint64_t{0});
    for (const char* bad : {"", ":", "1:", ":1", "1:2:3", "-1:0", "4294967296:0", " 1:2"}) {
        EXPECT_FALSE(parseDeviceNumber(bad)) << bad;
    }
}

TEST(LocalOddProcesses, linesOfEveryState)
{
    const std::string head = "7 (x) ";
    const std::string tail = " 1 1 1 0 -1 0 0 0 0 0 5 6 0 0 20 0 1 0 9 0 -3\n";
    for (const char state : {'R', 'S', 'D', 'Z', 'T', 't', 'X', 'I', 'P'}) {
        const auto stat = parseProcessStat(head + state + tail);
        ASSERT_TRUE(stat) << state;
        EXPECT_EQ(stat->state, state);
        EXPECT_EQ(stat->cpuTicks, 11U);
        EXPECT_EQ(stat->residentPages, 0) << "some kernels print a negative size for a moment";
    }
    EXPECT_FALSE(parseProcessStat(head + "SS" + tail));
    EXPECT_FALSE(parseProcessStat("0 (x) S" + tail));
    EXPECT_FALSE(parseProcessStat("7 x S" + tail));
    EXPECT_FALSE(parseProcessStat(""));
    const std::string whole = head + "S" + tail;
    std::size_t read = 0;
    for (std::size_t size = 0; size < whole.size() - 3; ++size) {
        read += parseProcessStat(std::string_view(whole).substr(0, size)) ? 1 : 0;
    }
    EXPECT_EQ(read, 0U) << "a line that is cut before its last number says nothing";
    EXPECT_FALSE(parseProcessIo("read_bytes: 5\n"));
    EXPECT_EQ(parseProcessIo("rchar: 1\nread_bytes: 5\nwrite_bytes: 6\ncancelled_write_bytes: 7\n")->writtenBytes, 6U);
}

TEST(LocalOddGroups, hierarchiesOfContainersAndMixedMachines)
{
    EXPECT_EQ(parseProcessCgroup("0::/\n", ""), "/");
    EXPECT_EQ(parseProcessCgroup("0::/../../x\n", ""), "/../../x") << "seen from inside another namespace";
    EXPECT_EQ(parseProcessCgroup("3:cpu,cpuacct:/a\n2:memory:/b", "memory"), "/b");
    EXPECT_FALSE(parseProcessCgroup("3:cpuset:/a\n", "cpu")) << "a name that only begins alike";
    EXPECT_FALSE(parseProcessCgroup("1:name=systemd:/a\n", "")) << "an empty controller of v1 is not v2";
    EXPECT_FALSE(parseProcessCgroup("5::/x\n", ""));
    EXPECT_EQ(parseProcessCgroup("0::/with (deleted)", ""), "/with (deleted)");
}

TEST(LocalOddLimits, numbersAtTheirEdges)
{
    EXPECT_EQ(parseCgroupNumber("18446744073709551615\n"), ~std::uint64_t{0});
    for (const char* none : {"", "\n", "max", "-1", "1 2", "0x10", "18446744073709551616"}) {
        EXPECT_FALSE(parseCgroupNumber(none)) << none;
    }
    EXPECT_EQ(parseMemoryLimit("0\n"), 0) << "a limit of zero is one";
    EXPECT_EQ(parseMemoryLimit("1152921504606846975"), 1152921504606846975);
    EXPECT_FALSE(parseMemoryLimit("1152921504606846976"));
    EXPECT_FALSE(parseMemoryLimit("9223372036854710272")) << "no limit on machines with 64 KiB pages";
    EXPECT_EQ(parseCpuMax("1000 100000"), 0.01);
    for (const char* none : {"", "max", "max 100000", "0 100000", "100000", "-1 100000", "100000 0"}) {
        EXPECT_FALSE(parseCpuMax(none)) << none;
    }
    for (const auto& [quota, period] : {std::pair{"0", "100000"}, {"x", "100000"}, {"100000", ""}, {"100000", "-5"}}) {
        EXPECT_FALSE(parseCpuQuota(quota, period)) << quota << ' ' << period;
    }
    EXPECT_EQ(parseCgroupKey("usage_usec 5\nuser_usec 3\n", "usage_usec"), 5U);
    EXPECT_FALSE(parseCgroupKey("usage_usec_x 5\n", "usage_usec"));
    EXPECT_FALSE(parseCgroupKey("usage_usec\t5\n", "usage_usec")) << "the kernel writes blanks";
}

TEST(LocalOddMounts, escapesReadOnlyImagesAndEmptyOptions)
{
    const auto mounts = parseMountInfo("1 0 8:1 / /with\\040blank\\134and\\011tab rw - ext4 /dev/sda1 rw\n"
                                       "2 0 8:2 / /cut rw\n"
                                       "3 0 x:y / /bad rw - ext4 /dev/sdb rw\n"
                                       "4 0 8:3 / /many rw shared:1 master:2 propagate_from:3 - xfs /dev/sdc\n"
                                       "5 0 8:4 / /tail\\04 rw - ext4 /dev/sdd rw\n");
    ASSERT_EQ(mounts.size(), 3U);
    EXPECT_EQ(mounts[0].mountPoint, "/with blank\\and\ttab");
    EXPECT_EQ(mounts[1].mountPoint, "/many");
    EXPECT_EQ(mounts[1].superOptions, "");
    EXPECT_EQ(mounts[2].mountPoint, "/tail\\04") << "an escape that is cut stays as it is";
    const auto counted = blockDeviceMounts(parseMountInfo("1 0 8:1 / /boot ro - iso9660 /dev/sr0 ro\n"
                                                          "2 0 7:0 / /x ro - ext4 /dev/loop0 ro\n"
                                                          "3 0 0:6 / /dev rw - devtmpfs /dev/x rw\n"
                                                          "4 0 0:9 / /z rw - zfs pool/z rw\n"
                                                          "5 0 254:0 / / rw - ext4 /dev/mapper/root rw\n"));
    ASSERT_EQ(counted.size(), 1U);
    EXPECT_EQ(counted[0].mountPoint, "/");
}

TEST(LocalOddNames, idsThatAreNoneAreNotTakenForContainers)
{
    LocalWorkloadName name;
    const std::string id(64, 'a');
    EXPECT_EQ(classifyCgroup("/docker/" + id.substr(1), name), CgroupRole::Folder) << "63 digits";
    EXPECT_EQ(classifyCgroup("/docker/" + std::string(64, 'A'), name), CgroupRole::Folder) << "ids are lower-case";
    EXPECT_EQ(classifyCgroup("/docker/" + id + "/", name), CgroupRole::Workload) << "a slash at the end is no name";
    EXPECT_EQ(name.containerId, id);
    EXPECT_EQ(classifyCgroup("/system.slice/docker-" + id + "0.scope", name), CgroupRole::Workload);
    EXPECT_EQ(name.type, WorkloadType::Unit) << "65 digits: a scope whose name only looks like one";
    EXPECT_EQ(classifyCgroup("", name), CgroupRole::Folder);
    EXPECT_EQ(classifyCgroup("/", name), CgroupRole::Folder);
    EXPECT_EQ(classifyCgroup("/system.slice/x\\x00y.service", name), CgroupRole::Workload);
    EXPECT_EQ(name.name, "x y.service") << "no control byte gets into a table";
    for (const char* cut : {"\\x", "\\x2", "\\xg1", "a\\", "\\x2d"}) {
        const std::string text = unescapedUnitName(cut);
        EXPECT_EQ(text == cut, std::string_view(cut) != "\\x2d") << cut;
    }
}

RC_GTEST_PROP(CounterHistoryProperty, RatesComeOnlyFromTwoReadingsThatGrew, ())
{
    CounterHistory history(std::chrono::seconds(5));
    std::int64_t now = 1'000'000'000;
    std::optional<std::uint64_t> before;
    std::int64_t beforeNs = 0;
    for (int round = *rc::gen::inRange(1, 12); round > 0; --round) {
        now += *rc::gen::element<std::int64_t>(-1'000'000'000, 0, 1'000'000'000, 5'000'000'000, 15'000'000'000,
                                               15'000'000'001, 60'000'000'000);
        history.beginRound(now);
        const bool seen = *rc::gen::inRange(0, 4) != 0;
        const std::uint64_t count = *rc::gen::element<std::uint64_t>(0, 100, 5000, ~std::uint64_t{0});
        if (seen) {
            CounterReading reading;
            reading[static_cast<std::size_t>(Counter::Read)] = count;
            const CounterRates rates = history.advance(7, reading);
            const std::int64_t elapsed = now - beforeNs;
            const bool usable = before && elapsed > 0 && elapsed <= 15'000'000'000 && count >= *before;
            RC_ASSERT(rates.at(Counter::Read).has_value() == usable);
            RC_ASSERT(rates.pending == !usable);
            RC_ASSERT(!rates.at(Counter::Written));
            if (usable) {
                const double wanted = static_cast<double>(count - *before) / (static_cast<double>(elapsed) / 1e9);
                RC_ASSERT(*rates.at(Counter::Read) == wanted);
            }
        }
        before = seen ? std::optional(count) : std::nullopt; // a row that misses a round starts again
        beforeNs = now;
    }
}

namespace {

class LocalOddHost : public testing::Test {
protected:
    void SetUp() override { m_machine.writeHost(); }
    std::shared_ptr<const InfrastructureTable> host()
    {
        const auto answer = fetchOnce(m_source);
        EXPECT_TRUE(answer.ok());
        return answer.ok() ? answer->infrastructure : std::make_shared<const InfrastructureTable>();
    }
    std::string detail(const InfrastructureTable& table, std::string_view name)
    {
        const auto names = table.detailNames.row(0);
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (table.strings.view(names[i]) == name) {
                return std::string(table.strings.view(table.detailValues.row(0)[i]));
            }
        }
        return {};
    }

    RecordedMachine m_machine;
    LocalMachineSource m_source{m_machine.environment()};
};

} // namespace

TEST_F(LocalOddHost, NeverBusierThanAllItsProcessors)
{
    (void)host();
    m_machine.advance(5);
    m_machine.writeCpu(1250, 8900); // idle time that shrank, as kernels report now and then
    EXPECT_DOUBLE_EQ(*host()->cpuPercent.get(0), 100.0);
    m_machine.advance(5);
    m_machine.writeCpu(1250, 9900);
    EXPECT_DOUBLE_EQ(*host()->cpuPercent.get(0), 0.0);
    m_machine.advance(5);
    EXPECT_FALSE(host()->cpuPercent.has(0)) << "no tick in five seconds: nothing can be said";
}

TEST_F(LocalOddHost, MemoryThatDoesNotAddUpIsNeverNegative)
{
    m_machine.write("proc/meminfo", "MemTotal: 1000 kB\nMemAvailable: 2000 kB\nSwapTotal: 10 kB\nSwapFree: 20 kB\n");
    auto table = host();
    EXPECT_EQ(table->memoryUsedBytes.get(0), 0);
    EXPECT_DOUBLE_EQ(*table->memoryPercent.get(0), 0.0);
    EXPECT_EQ(table->swapUsedBytes.get(0), 0);
    m_machine.write("proc/meminfo", "MemTotal: 0 kB\nMemAvailable: 0 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n");
    table = host();
    EXPECT_FALSE(table->memoryTotalBytes.has(0)) << "no machine has no memory";
    EXPECT_FALSE(table->memoryPercent.has(0));
    EXPECT_EQ(table->swapTotalBytes.get(0), 0);
    m_machine.write("proc/meminfo", "MemTotal: 1000 kB\n");
    table = host();
    EXPECT_TRUE(table->memoryTotalBytes.has(0));
    EXPECT_FALSE(table->memoryUsedBytes.has(0)) << "kernels before 3.14 do not say what is available";
}

TEST_F(LocalOddHost, ADeviceThatComesOrGoesLeavesTheOthersTheirRates)
{
    (void)host();
    m_machine.advance(1);
    m_machine.folder("sys/class/net/eth1/device");
    m_machine.write("proc/net/dev", "eth0: 2000 0 0 0 0 0 0 0 3000 0\neth1: 900000 0 0 0 0 0 0 0 1 0\n");
    auto table = host();
    EXPECT_DOUBLE_EQ(*table->rxBytesPerSec.get(0), 1000.0) << "the new one has no earlier reading";
    EXPECT_EQ(table->flags[0], 0);
    m_machine.advance(1);
    m_machine.write("proc/net/dev", "eth1: 900500 0 0 0 0 0 0 0 2 0\n");
    EXPECT_DOUBLE_EQ(*host()->rxBytesPerSec.get(0), 500.0) << "one that is gone takes nothing with it";
    m_machine.advance(1);
    m_machine.write("proc/net/dev", "Inter-|\n face |\n");
    table = host();
    EXPECT_FALSE(table->rxBytesPerSec.has(0)) << "no device, no rate: unknown is not zero";
}

TEST_F(LocalOddHost, OneProcessorIsOneAndManyAreCounted)
{
    m_machine.write("proc/stat", "cpu 1 0 0 1\ncpu0 1 0 0 1\nbtime 1700000000\n");
    const auto one = host();
    EXPECT_EQ(one->strings.view(one->cpuBasis[0]), "of 1 CPU");
    std::string many = "cpu 1 0 0 1\n";
    for (int i = 0; i < 512; ++i) {
        many += "cpu" + std::to_string(i) + " 1 0 0 1\n";
    }
    m_machine.write("proc/stat", many);
    EXPECT_DOUBLE_EQ(*host()->cpuCount.get(0), 512.0);
}

TEST_F(LocalOddHost, NamesAndDetailsCarryNoControlBytes)
{
    m_machine.write("etc/os-release", "PRETTY_NAME=\"Odd\x1b[31mOS\xff\"\n");
    const auto table = host();
    EXPECT_EQ(table->strings.view(table->osName[0]), "Odd [31mOS?");
    EXPECT_EQ(detail(*table, "Load 1, 5, 15 min"), "0.50, 0.25, 0.10");
    EXPECT_EQ(detail(*table, "Network devices counted"), "eth0");
    EXPECT_EQ(detail(*table, "Disks counted"), "sda");
    EXPECT_EQ(detail(*table, "Tasks waiting for CPU"), "") << "a kernel without pressure files says nothing";
}

TEST_F(LocalOddHost, FileSystemsWithoutRoomAreNoPercentage)
{
    m_machine.usage = FilesystemUsage{0, 0};
    EXPECT_FALSE(host()->diskPercent.has(0));
    m_machine.usage = FilesystemUsage{5, 0};
    EXPECT_DOUBLE_EQ(*host()->diskPercent.get(0), 100.0);
    m_machine.usage = FilesystemUsage{0, 5};
    EXPECT_DOUBLE_EQ(*host()->diskPercent.get(0), 0.0);
}

} // namespace tracedeck
