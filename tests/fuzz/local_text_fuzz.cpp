// SPDX-License-Identifier: GPL-3.0-or-later
// Everything this machine's reader parses, over any bytes: the first byte chooses the parser.

#include "formats/local_text_scan.h"
#include "formats/local_workload_name.h"
#include "formats/socket_table.h"
#include "sources/local_cgroup_parse.h"
#include "sources/local_mount_parse.h"
#include "sources/local_proc_parse.h"
#include "sources/local_process_parse.h"
#include "tests/fuzz/fuzz_check.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

namespace {

using namespace tracedeck;

void machineFiles(std::string_view text)
{
    (void)parseProcStat(text);
    const MemInfo memory = parseMemInfo(text);
    fuzzCheck(!memory.totalBytes || *memory.totalBytes >= 0);
    for (const NetCounters& device : parseNetDev(text)) {
        fuzzCheck(!device.device.empty());
    }
    for (const DiskCounters& disk : parseDiskStats(text)) {
        fuzzCheck(disk.readBytes % 512 == 0 && disk.writtenBytes % 512 == 0);
    }
    const auto load = parseLoadAverage(text);
    fuzzCheck(!load || (std::isfinite(load->minutes1) && load->minutes1 >= 0));
    const auto uptime = parseUptime(text);
    fuzzCheck(!uptime || std::isfinite(*uptime));
    const auto pressure = parsePressure(text);
    fuzzCheck(!pressure || std::isfinite(*pressure));
    const std::string name = parseOsName(text);
    fuzzCheck(cleanText(name) == name);
}

void processFiles(std::string_view text)
{
    if (const auto stat = parseProcessStat(text)) {
        fuzzCheck(stat->pid > 0 && stat->residentPages >= 0);
        fuzzCheck(stat->command.data() >= text.data());
        fuzzCheck(stat->command.data() + stat->command.size() <= text.data() + text.size());
    }
    (void)parseProcessIo(text);
    (void)parseProcessCgroup(text, "");
    (void)parseProcessCgroup(text, "memory");
}

void mountFiles(std::string_view text)
{
    const auto mounts = parseMountInfo(text);
    fuzzCheck(blockDeviceMounts(mounts).size() <= mounts.size());
    const CgroupLayout layout = cgroupLayoutOf(mounts);
    fuzzCheck(layout.trees.size() <= 4);
}

void cgroupFiles(std::string_view text)
{
    (void)parseCgroupNumber(text);
    (void)parseCgroupKey(text, "oom_kill");
    const auto limit = parseMemoryLimit(text);
    fuzzCheck(!limit || *limit >= 0);
    const auto cpus = parseCpuMax(text);
    fuzzCheck(!cpus || (std::isfinite(*cpus) && *cpus > 0));
    const auto quota = parseCpuQuota(text, "100000");
    fuzzCheck(!quota || *quota > 0);
    (void)parseIoStat(text, {});
    (void)parseBlkioBytes(text, {});
}

void names(std::string_view text)
{
    LocalWorkloadName name;
    const CgroupRole role = classifyCgroup(text, name);
    fuzzCheck(role != CgroupRole::Workload || !name.kind.empty());
    fuzzCheck(cleanText(name.name) == name.name);
    fuzzCheck(cleanText(cleanText(text)) == cleanText(text));
}

void socketFiles(std::string_view text)
{
    (void)findSocket(text, {"127.0.0.1", 4318});
    (void)socketInode(text);
    if (const auto address = parseSocketAddress(text)) {
        fuzzCheck(!address->host.empty());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) {
        return 0;
    }
    const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
    switch (data[0] % 6) {
    case 0:
        machineFiles(text);
        break;
    case 1:
        processFiles(text);
        break;
    case 2:
        mountFiles(text);
        break;
    case 3:
        cgroupFiles(text);
        break;
    case 4:
        socketFiles(text);
        break;
    default:
        names(text);
    }
    return 0;
}
