// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/local_cgroup_reader.h"

#include "formats/local_text_scan.h"

#include <algorithm>
#include <limits>

namespace tracedeck {
namespace {

constexpr int kMaxDepth = 24;
constexpr std::uint64_t kMaxCgroups = 50'000;

std::optional<std::int64_t> usedMemory(std::optional<std::uint64_t> current, std::optional<std::uint64_t> inactiveFile)
{
    if (!current || *current > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        return std::nullopt;
    }
    const std::uint64_t cache = std::min(inactiveFile.value_or(0), *current);
    return static_cast<std::int64_t>(*current - cache);
}

} // namespace

std::vector<CgroupSample> LocalCgroupReader::read(const CgroupLayout& layout, const CountedDevices& disks,
                                                  const std::atomic<bool>& cancelled)
{
    std::vector<CgroupSample> found;
    m_seen.clear();
    m_skipped = 0;
    for (const std::string& tree : layout.trees) {
        m_visited = 0;
        walk(tree, {}, 0, found);
    }
    std::sort(found.begin(), found.end(), [](const CgroupSample& a, const CgroupSample& b) { return a.path < b.path; });
    for (CgroupSample& sample : found) {
        if (cancelled.load(std::memory_order_relaxed)) {
            break;
        }
        readCpu(layout, sample);
        readMemory(layout, sample);
        readRest(layout, disks, sample);
    }
    return found;
}

void LocalCgroupReader::walk(const std::string& tree, const std::string& path, int depth,
                             std::vector<CgroupSample>& found)
{
    for (const std::string& child : m_files.listFolders(tree + path)) {
        if (depth >= kMaxDepth || ++m_visited > kMaxCgroups) {
            ++m_skipped;
            continue;
        }
        std::string childPath = path + '/' + child;
        CgroupSample sample;
        const CgroupRole role = classifyCgroup(childPath, sample.name);
        if (role == CgroupRole::Folder) {
            walk(tree, childPath, depth + 1, found);
        } else if (role == CgroupRole::Workload && m_seen.insert(childPath).second) {
            collectPids(tree + childPath, 0, sample);
            sample.path = std::move(childPath);
            found.push_back(std::move(sample));
        }
    }
}

void LocalCgroupReader::collectPids(const std::string& folder, int depth, CgroupSample& sample)
{
    if (const auto text = m_files.read(folder, "cgroup.procs")) {
        if (!sample.pids) {
            sample.pids.emplace();
        }
        TextScan words(*text);
        for (std::string_view word = words.nextWord(); !word.empty(); word = words.nextWord()) {
            if (const auto pid = numberOf<std::int64_t>(word)) {
                sample.pids->push_back(*pid);
            }
        }
    }
    if (depth < kMaxDepth) {
        for (const std::string& child : m_files.listFolders(folder)) {
            collectPids(folder + '/' + child, depth + 1, sample);
        }
    }
}

void LocalCgroupReader::readCpu(const CgroupLayout& layout, CgroupSample& sample)
{
    const ControllerMount& accounting = layout.at(CgroupController::CpuAccounting);
    const ControllerMount& cpu = layout.at(CgroupController::Cpu);
    const std::string accountingFolder = accounting.mountPoint + sample.path;
    const std::string folder = cpu.mountPoint + sample.path;
    if (accounting.v2) {
        if (const auto text = m_files.read(accountingFolder, "cpu.stat")) {
            const auto usec = parseCgroupKey(*text, "usage_usec");
            constexpr std::uint64_t kMaxUsec = std::numeric_limits<std::uint64_t>::max() / 1000;
            sample.cpuNs = usec && *usec <= kMaxUsec ? std::optional(*usec * 1000) : std::nullopt;
        }
    } else if (const auto text = m_files.read(accountingFolder, "cpuacct.usage")) {
        sample.cpuNs = parseCgroupNumber(*text);
    }
    if (const auto text = m_files.read(folder, "cpu.stat")) {
        sample.throttledPeriods = parseCgroupKey(*text, "nr_throttled");
    }
    if (cpu.v2) {
        const auto text = m_files.read(folder, "cpu.max");
        sample.cpuQuota = text ? parseCpuMax(*text) : std::nullopt;
    } else if (const auto quota = m_files.read(folder, "cpu.cfs_quota_us")) {
        const std::string quotaText(*quota);
        const auto period = m_files.read(folder, "cpu.cfs_period_us");
        sample.cpuQuota = period ? parseCpuQuota(quotaText, *period) : std::nullopt;
    }
}

void LocalCgroupReader::readMemory(const CgroupLayout& layout, CgroupSample& sample)
{
    const ControllerMount& memory = layout.at(CgroupController::Memory);
    const std::string folder = memory.mountPoint + sample.path;
    const auto current = m_files.read(folder, memory.v2 ? "memory.current" : "memory.usage_in_bytes");
    if (!current) {
        return; // the controller is not enabled here
    }
    const auto bytes = parseCgroupNumber(*current);
    const auto stat = m_files.read(folder, "memory.stat");
    const auto inactive =
        stat ? parseCgroupKey(*stat, memory.v2 ? "inactive_file" : "total_inactive_file") : std::nullopt;
    sample.memoryBytes = usedMemory(bytes, inactive);
    const auto limit = m_files.read(folder, memory.v2 ? "memory.max" : "memory.limit_in_bytes");
    sample.memoryLimitBytes = limit ? parseMemoryLimit(*limit) : std::nullopt;
    const auto events = m_files.read(folder, memory.v2 ? "memory.events" : "memory.oom_control");
    sample.oomKills = events ? parseCgroupKey(*events, "oom_kill") : std::nullopt;
}

void LocalCgroupReader::readRest(const CgroupLayout& layout, const CountedDevices& disks, CgroupSample& sample)
{
    const ControllerMount& io = layout.at(CgroupController::Io);
    const char* const ioFile = io.v2 ? "io.stat" : "blkio.throttle.io_service_bytes_recursive";
    if (const auto text = m_files.read(io.mountPoint + sample.path, ioFile)) {
        sample.io = io.v2 ? parseIoStat(*text, disks) : parseBlkioBytes(*text, disks);
    }
    const ControllerMount& pids = layout.at(CgroupController::Pids);
    if (const auto text = m_files.read(pids.mountPoint + sample.path, "pids.current")) {
        sample.tasks = parseCgroupNumber(*text);
    }
    const ControllerMount& freezer = layout.at(CgroupController::Freezer);
    if (const auto text =
            m_files.read(freezer.mountPoint + sample.path, freezer.v2 ? "cgroup.freeze" : "freezer.state")) {
        sample.frozen = trimmed(*text) == (freezer.v2 ? "1" : "FROZEN");
    }
}

} // namespace tracedeck
