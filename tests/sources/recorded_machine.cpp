// SPDX-License-Identifier: GPL-3.0-or-later
#include "recorded_machine.h"

#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

constexpr const char* kBaseMounts = "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
                                    "23 22 0:5 / /proc rw - proc proc rw\n";

} // namespace

RecordedMachine::RecordedMachine()
{
    std::string pattern = (std::filesystem::temp_directory_path() / "tracedeck_machine_XXXXXX").string();
    EXPECT_NE(mkdtemp(pattern.data()), nullptr);
    m_root = pattern;
}

RecordedMachine::~RecordedMachine()
{
    std::error_code ignored;
    std::filesystem::remove_all(m_root, ignored);
}

void RecordedMachine::write(const std::string& path, std::string_view content)
{
    const std::filesystem::path file = m_root / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
}

void RecordedMachine::link(const std::string& path, const std::string& target)
{
    const std::filesystem::path file = m_root / path;
    std::filesystem::create_directories(file.parent_path());
    std::filesystem::create_symlink(target, file);
}

void RecordedMachine::remove(const std::string& path)
{
    std::filesystem::remove_all(m_root / path);
}

void RecordedMachine::folder(const std::string& path)
{
    std::filesystem::create_directories(m_root / path);
}

void RecordedMachine::writeCpu(std::uint64_t busy, std::uint64_t idle)
{
    write("proc/stat",
          fmt::format("cpu  {} 0 0 {} 0 0 0 0 500 0\ncpu0 1 0 0 1 0 0 0 0 0 0\ncpu1 1 0 0 1 0 0 0 0 0 0\n"
                      "cpu2 1 0 0 1 0 0 0 0 0 0\ncpu3 1 0 0 1 0 0 0 0 0 0\nintr 99 0 0\n"
                      "btime 1700000000\nprocesses 77\n",
                      busy, idle));
}

void RecordedMachine::writeHost()
{
    writeCpu(1000, 9000);
    write("proc/meminfo",
          "MemTotal:        8388608 kB\nMemFree:          100 kB\nMemAvailable:    6291456 kB\n"
          "SwapTotal:       1048576 kB\nSwapFree:         786432 kB\n");
    write("proc/loadavg", "0.50 0.25 0.10 1/200 4711\n");
    write("proc/uptime", "5000.25 12345.00\n");
    write("proc/sys/kernel/hostname", "testbox\n");
    write("proc/sys/kernel/osrelease", "6.1.0-test\n");
    write("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
    write("etc/os-release", "NAME=\"Debian GNU/Linux\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");
    write("proc/net/dev",
          "Inter-|   Receive  |  Transmit\n face |bytes packets|bytes\n"
          "    lo: 777 0 0 0 0 0 0 0 777 0 0 0 0 0 0 0\n"
          "  eth0: 1000 1 0 0 0 0 0 0 2000 2 0 0 0 0 0 0\n"
          "veth12: 5000 1 0 0 0 0 0 0 6000 2 0 0 0 0 0 0\n");
    folder("sys/class/net/eth0/device");
    folder("sys/class/net/veth12");
    write("proc/diskstats",
          "   8       0 sda 10 0 100 5 20 0 200 7 0 1 2\n   8       1 sda1 10 0 100 5 20 0 200 7 0 1 2\n"
          " 253       0 dm-0 10 0 100 5 20 0 200 7 0 1 2\n");
    folder("sys/block/sda");
    folder("sys/block/dm-0");
    write("proc/self/mountinfo", kBaseMounts);
}

void RecordedMachine::writeProcess(std::int64_t pid, const std::string& command, std::uint64_t cpuTicks)
{
    write(fmt::format("proc/{}/stat", pid),
          fmt::format("{} ({}) S 1 1 1 0 -1 4194560 1 0 0 0 {} 0 0 0 20 0 3 0 1000 99999 256 1844 0 0 0\n", pid,
                      command, cpuTicks));
}

void RecordedMachine::mountV2()
{
    write("proc/self/mountinfo", std::string(kBaseMounts) + "30 22 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
}

void RecordedMachine::mountV1()
{
    write("proc/self/mountinfo",
          std::string(kBaseMounts)
              + "30 22 0:26 / /sys/fs/cgroup rw - tmpfs tmpfs rw\n"
                "31 30 0:27 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd\n"
                "32 30 0:28 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
                "33 30 0:29 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
                "34 30 0:30 / /sys/fs/cgroup/blkio rw - cgroup cgroup rw,blkio\n"
                "35 30 0:31 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids\n"
                "36 30 0:32 / /sys/fs/cgroup/freezer rw - cgroup cgroup rw,freezer\n");
}

void RecordedMachine::mountHybrid()
{
    write("proc/self/mountinfo",
          std::string(kBaseMounts)
              + "31 30 0:27 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n"
                "32 30 0:28 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
                "33 30 0:29 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n");
}

LocalEnvironment RecordedMachine::environment()
{
    LocalEnvironment result;
    result.root = m_root.string();
    result.monotonicNs = [this] { return m_monotonicNs; };
    result.wallNs = [this] { return 1'700'005'000'000'000'000 + m_monotonicNs; };
    result.filesystemUsage = [this](const std::string&) { return usage; };
    result.addresses = [] { return std::vector<std::string>{"192.0.2.10"}; };
    return result;
}

Result<FleetSnapshot> fetchOnce(FleetSource& source)
{
    std::optional<Result<FleetSnapshot>> answer;
    source.fetch({}, [&](Result<FleetSnapshot> result) { answer.emplace(std::move(result)); });
    return answer ? *answer : Result<FleetSnapshot>(makeError(ErrorCode::Internal, "test", "no answer"));
}

int rowNamed(const WorkloadTable& table, std::string_view name)
{
    for (std::size_t row = 0; row < table.rows(); ++row) {
        if (table.strings.view(table.name[row]) == name) {
            return static_cast<int>(row);
        }
    }
    return -1;
}

std::string detailOf(const WorkloadTable& table, int row, std::string_view name)
{
    const auto names = table.detailNames.row(static_cast<std::size_t>(row));
    const auto values = table.detailValues.row(static_cast<std::size_t>(row));
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (table.strings.view(names[i]) == name) {
            return std::string(table.strings.view(values[i]));
        }
    }
    return {};
}

} // namespace tracedeck
