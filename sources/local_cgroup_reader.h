// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/local_workload_name.h"
#include "sources/local_cgroup_parse.h"
#include "sources/local_file_reader.h"
#include "sources/local_mount_parse.h"

#include <atomic>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace tracedeck {

/// One workload's cgroup. What its controllers do not offer is absent.
struct CgroupSample {
    std::string path; ///< below the mount point, with leading slash
    LocalWorkloadName name;
    std::optional<std::vector<std::int64_t>> pids; ///< of the whole subtree
    std::optional<std::uint64_t> cpuNs;
    std::optional<std::uint64_t> throttledPeriods;
    std::optional<double> cpuQuota; ///< CPUs granted; absent = no quota
    std::optional<std::int64_t> memoryBytes; ///< without inactive file cache
    std::optional<std::int64_t> memoryLimitBytes;
    std::optional<std::uint64_t> oomKills;
    std::optional<CgroupIo> io;
    std::optional<std::uint64_t> tasks;
    bool frozen = false;
};

/// Finds workloads in the cgroup trees and reads their figures, v1 or v2 per controller. Cost: one
/// folder listing per cgroup, about 10 small files per workload.
class LocalCgroupReader {
public:
    /// `files` outlives the reader.
    explicit LocalCgroupReader(LocalFileReader& files) : m_files(files) { }

    /// Workloads sorted by path. Stops early when `cancelled` becomes true.
    [[nodiscard]] std::vector<CgroupSample> read(const CgroupLayout& layout, const CountedDevices& disks,
                                                 const std::atomic<bool>& cancelled);
    /// Cgroups that were not visited in the last read because there are too many or they nest too deep.
    [[nodiscard]] std::uint64_t skipped() const noexcept { return m_skipped; }

private:
    void walk(const std::string& tree, const std::string& path, int depth, std::vector<CgroupSample>& found);
    void collectPids(const std::string& folder, int depth, CgroupSample& sample);
    void readCpu(const CgroupLayout& layout, CgroupSample& sample);
    void readMemory(const CgroupLayout& layout, CgroupSample& sample);
    void readRest(const CgroupLayout& layout, const CountedDevices& disks, CgroupSample& sample);

    LocalFileReader& m_files;
    std::set<std::string> m_seen;
    std::uint64_t m_visited = 0;
    std::uint64_t m_skipped = 0;
};

} // namespace tracedeck
