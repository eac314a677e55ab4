// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/local_proc_reader.h"

#include "formats/local_text_scan.h"

#include <algorithm>

namespace tracedeck {
namespace {

std::string firstLine(std::optional<std::string_view> text)
{
    return text ? cleanText(trimmed(text->substr(0, text->find('\n')))) : std::string();
}

} // namespace

LocalProcReader::LocalProcReader(const LocalEnvironment& environment, LocalFileReader& files)
    : m_environment(environment), m_files(files)
{ }

MachineSample LocalProcReader::readMachine()
{
    MachineSample sample;
    readIdentity(sample);
    if (const auto text = m_files.read("proc/stat")) {
        sample.stat = parseProcStat(*text);
    }
    if (const auto text = m_files.read("proc/meminfo")) {
        sample.memory = parseMemInfo(*text);
    }
    if (const auto text = m_files.read("proc/loadavg")) {
        sample.load = parseLoadAverage(*text);
    }
    if (const auto text = m_files.read("proc/uptime")) {
        sample.uptimeSec = parseUptime(*text);
    }
    const auto pressure = [&](const char* path) {
        const auto text = m_files.read(path);
        return text ? parsePressure(*text) : std::nullopt;
    };
    sample.cpuPressure = pressure("proc/pressure/cpu");
    sample.memoryPressure = pressure("proc/pressure/memory");
    sample.ioPressure = pressure("proc/pressure/io");
    readNetDevices(m_files, sample);
    readDisks(m_files, sample);
    readTemperature(m_files, sample);
    readMounts(sample);
    if (m_environment.addresses) {
        sample.addresses = m_environment.addresses();
    }
    return sample;
}

void LocalProcReader::readIdentity(MachineSample& sample)
{
    sample.hostname = firstLine(m_files.read("proc/sys/kernel/hostname"));
    sample.kernel = firstLine(m_files.read("proc/sys/kernel/osrelease"));
    sample.machineId = firstLine(m_files.read("etc/machine-id"));
    if (sample.machineId == "uninitialized") {
        sample.machineId.clear();
    }
    for (const char* path : {"etc/os-release", "usr/lib/os-release"}) {
        const auto text = sample.osName.empty() ? m_files.read(path) : std::nullopt;
        if (text) {
            sample.osName = parseOsName(*text);
        }
    }
}

void LocalProcReader::readMounts(MachineSample& sample)
{
    const auto text = m_files.read("proc/self/mountinfo");
    if (!text) {
        return;
    }
    const std::vector<MountEntry> mounts = parseMountInfo(*text);
    sample.cgroups = cgroupLayoutOf(mounts);
    if (!m_environment.filesystemUsage) {
        return;
    }
    for (const MountEntry& mount : blockDeviceMounts(mounts)) {
        if (const auto usage = m_environment.filesystemUsage(mount.mountPoint)) {
            sample.filesystems.push_back({cleanText(mount.mountPoint), cleanText(mount.source), *usage});
        }
    }
}

std::vector<LocalProcess> LocalProcReader::readProcesses()
{
    std::vector<std::int64_t> pids;
    for (const std::string& name : m_files.listFolders("proc")) {
        if (const auto pid = numberOf<std::int64_t>(name); pid && *pid > 0) {
            pids.push_back(*pid);
        }
    }
    std::sort(pids.begin(), pids.end());
    std::vector<LocalProcess> processes;
    processes.reserve(pids.size());
    for (const std::int64_t pid : pids) {
        const auto text = m_files.read("proc/" + std::to_string(pid), "stat");
        const auto stat = text ? parseProcessStat(*text) : std::nullopt;
        if (!stat || stat->kernelThread || stat->state == 'Z' || stat->state == 'X') {
            continue;
        }
        const std::int64_t pages = std::min(stat->residentPages, std::int64_t{1} << 48);
        processes.push_back({pid, cleanText(stat->command), stat->state, stat->cpuTicks, stat->startTicks,
                             pages * m_environment.pageBytes, std::nullopt});
    }
    return processes;
}

void LocalProcReader::readProcessIo(std::vector<LocalProcess>& processes)
{
    for (LocalProcess& process : processes) {
        const auto text = m_files.read("proc/" + std::to_string(process.pid), "io");
        process.io = text ? parseProcessIo(*text) : std::nullopt;
    }
}

} // namespace tracedeck
