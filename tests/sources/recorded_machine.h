// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "sources/local_environment.h"
#include "sources/local_machine_source.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace tracedeck {

/// A made-up machine as a small file tree in a temporary folder, with clocks the test moves.
class RecordedMachine {
public:
    RecordedMachine();
    ~RecordedMachine();
    RecordedMachine(const RecordedMachine&) = delete;
    RecordedMachine& operator=(const RecordedMachine&) = delete;

    void write(const std::string& path, std::string_view content);
    void link(const std::string& path, const std::string& target);
    void remove(const std::string& path);
    void folder(const std::string& path);

    /// Host files: 4 CPUs, 8 GiB memory, one physical network device, one disk, one file system.
    void writeHost();
    /// /proc/<pid>/stat with CPU ticks and a start 10 s after boot.
    void writeProcess(std::int64_t pid, const std::string& command, std::uint64_t cpuTicks);
    /// CPU ticks of the whole machine: busy and idle, spread over the columns.
    void writeCpu(std::uint64_t busy, std::uint64_t idle);
    void mountV2();
    void mountV1();
    /// v1 controllers, with pids and io only in a v2 hierarchy.
    void mountHybrid();

    [[nodiscard]] LocalEnvironment environment();
    void advance(double seconds) { m_monotonicNs += static_cast<std::int64_t>(seconds * 1e9); }
    [[nodiscard]] std::string root() const { return m_root.string(); }

    std::optional<FilesystemUsage> usage{{30'000'000'000, 70'000'000'000}};

private:
    std::filesystem::path m_root;
    std::int64_t m_monotonicNs = 1'000'000'000;
};

/// Fetches once and returns the answer, which comes at once from this source.
[[nodiscard]] Result<FleetSnapshot> fetchOnce(FleetSource& source);
/// Row with this name, or -1.
[[nodiscard]] int rowNamed(const WorkloadTable& table, std::string_view name);
/// Text of a detail of a row; empty when it has none.
[[nodiscard]] std::string detailOf(const WorkloadTable& table, int row, std::string_view name);

} // namespace tracedeck
