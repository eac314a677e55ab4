// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/local_host_table.h"

#include "core/number_format.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace tracedeck {
namespace {

constexpr std::size_t kRow = 0;

std::uint64_t deviceKey(std::string_view kind, std::string_view device)
{
    return makeGroupKey(kind, device);
}

void fillIdentity(InfrastructureTable& table, const MachineSample& sample, const LocalIdentity& identity)
{
    StringPool& strings = table.strings;
    table.keys[kRow] = identity.hostKey;
    table.id[kRow] = strings.intern(identity.hostId);
    table.name[kRow] = strings.intern(identity.hostname);
    table.hostname[kRow] = strings.intern(sample.hostname);
    table.machineId[kRow] = strings.intern(sample.machineId);
    table.platformId[kRow] = strings.intern(identity.instance);
    table.statusText[kRow] = strings.intern("online");
    table.osName[kRow] = strings.intern(sample.osName);
    table.kernelVersion[kRow] = strings.intern(sample.kernel);
    table.type[kRow] = InfrastructureType::Agent;
    table.status[kRow] = InfrastructureStatus::Online;
    table.platform[kRow] = Platform::LocalMachine;
    table.firstSource[kRow] = Platform::LocalMachine;
    table.sources[kRow] = platformBit(Platform::LocalMachine);
    if (identity.bootTimeNs > 0) {
        table.startedAtNs.set(kRow, identity.bootTimeNs);
    }
    for (const std::string& address : sample.addresses) {
        table.ipAddresses.add(strings.intern(address));
    }
    table.ipAddresses.endRow();
}

bool fillCpu(InfrastructureTable& table, const MachineSample& sample, CounterHistory& history)
{
    if (sample.stat.cpuCount > 0) {
        table.cpuCount.set(kRow, sample.stat.cpuCount);
        table.cpuBasis[kRow] = table.strings.intern(
            fmt::format("of {} {}", sample.stat.cpuCount, sample.stat.cpuCount == 1 ? "CPU" : "CPUs"));
    }
    if (sample.load) {
        table.loadAverage1.set(kRow, sample.load->minutes1);
    }
    if (!sample.stat.cpu) {
        return false;
    }
    CounterReading reading;
    reading[static_cast<std::size_t>(Counter::Cpu)] = sample.stat.cpu->busy;
    reading[static_cast<std::size_t>(Counter::CpuTotal)] = sample.stat.cpu->total;
    const CounterRates rates = history.advance(deviceKey("host", "cpu"), reading);
    const auto busy = rates.at(Counter::Cpu);
    const auto total = rates.at(Counter::CpuTotal);
    if (busy && total && *total > 0) {
        // Time spent waiting for I/O is an estimate that can shrink (proc(5)); busy then grows by more than all.
        table.cpuPercent.set(kRow, std::min(std::round(*busy / *total * 10'000.0) / 100.0, 100.0));
    }
    return rates.pending;
}

void fillMemory(InfrastructureTable& table, const MemInfo& memory)
{
    if (memory.totalBytes && *memory.totalBytes > 0) {
        table.memoryTotalBytes.set(kRow, memory.totalBytes);
        if (memory.availableBytes) {
            const std::int64_t used = std::max<std::int64_t>(0, *memory.totalBytes - *memory.availableBytes);
            table.memoryUsedBytes.set(kRow, used);
            table.memoryPercent.set(kRow, static_cast<double>(used) * 100.0 / static_cast<double>(*memory.totalBytes));
            table.memoryBasis[kRow] = table.strings.intern(
                fmt::format("total minus available, of {}", formatBytesBinary(*memory.totalBytes).joined()));
        }
    }
    if (memory.swapTotalBytes && memory.swapFreeBytes) {
        table.swapTotalBytes.set(kRow, memory.swapTotalBytes);
        table.swapUsedBytes.set(kRow, std::max<std::int64_t>(0, *memory.swapTotalBytes - *memory.swapFreeBytes));
    }
}

void fillDisk(InfrastructureTable& table, const MachineSample& sample)
{
    std::int64_t used = 0;
    std::int64_t total = 0;
    for (const FilesystemSample& filesystem : sample.filesystems) {
        used += filesystem.usage.usedBytes;
        total += filesystem.usage.usedBytes + filesystem.usage.availableBytes;
    }
    if (total <= 0) {
        return;
    }
    table.diskUsedBytes.set(kRow, used);
    table.diskTotalBytes.set(kRow, total);
    table.diskPercent.set(kRow, static_cast<double>(used) * 100.0 / static_cast<double>(total));
    const std::size_t count = sample.filesystems.size();
    table.diskBasis[kRow] = table.strings.intern(
        count == 1 ? fmt::format("of {} without the reserve", sample.filesystems.front().mountPoint)
                   : fmt::format("of {} file systems on block devices, without the reserve", count));
}

bool fillTransfer(InfrastructureTable& table, const MachineSample& sample, CounterHistory& history)
{
    struct Sum {
        double first = 0;
        double second = 0;
        bool any = false;
        bool pending = false;
    };
    const auto add = [](Sum& sum, const CounterRates& rates, Counter first, Counter second) {
        const auto a = rates.at(first);
        const auto b = rates.at(second);
        sum.pending = sum.pending || rates.pending;
        if (a && b) {
            sum.first += *a;
            sum.second += *b;
            sum.any = true;
        }
    };
    Sum net;
    for (const NetDeviceSample& device : sample.netDevices) {
        CounterReading reading;
        reading[static_cast<std::size_t>(Counter::Received)] = device.rxBytes;
        reading[static_cast<std::size_t>(Counter::Sent)] = device.txBytes;
        add(net, history.advance(deviceKey("net", device.name), reading), Counter::Received, Counter::Sent);
    }
    if (net.any) {
        table.rxBytesPerSec.set(kRow, net.first);
        table.txBytesPerSec.set(kRow, net.second);
    }
    Sum disk;
    for (const DiskSample& device : sample.disks) {
        CounterReading reading;
        reading[static_cast<std::size_t>(Counter::Read)] = device.readBytes;
        reading[static_cast<std::size_t>(Counter::Written)] = device.writtenBytes;
        add(disk, history.advance(deviceKey("disk", device.name), reading), Counter::Read, Counter::Written);
    }
    if (disk.any) {
        table.readBytesPerSec.set(kRow, disk.first);
        table.writeBytesPerSec.set(kRow, disk.second);
    }
    return (net.pending && !net.any) || (disk.pending && !disk.any);
}

std::string deviceNames(const auto& devices)
{
    std::string names;
    for (const auto& device : devices) {
        names += names.empty() ? "" : ", ";
        names += device.name;
    }
    return names;
}

void fillDetails(InfrastructureTable& table, const MachineSample& sample)
{
    const auto add = [&](std::string_view name, const std::string& value) {
        addDetail(table.strings, table.detailNames, table.detailValues, name, value);
    };
    if (sample.load) {
        add("Load 1, 5, 15 min",
            fmt::format("{:.2f}, {:.2f}, {:.2f}", sample.load->minutes1, sample.load->minutes5,
                        sample.load->minutes15));
    }
    for (const FilesystemSample& filesystem : sample.filesystems) {
        add("File system " + filesystem.mountPoint,
            fmt::format("{} of {} on {}", formatBytesBinary(filesystem.usage.usedBytes).joined(),
                        formatBytesBinary(filesystem.usage.usedBytes + filesystem.usage.availableBytes).joined(),
                        filesystem.source));
    }
    add("Network devices counted", deviceNames(sample.netDevices));
    add("Disks counted", deviceNames(sample.disks));
    if (sample.temperature) {
        add("Temperature sensor", sample.temperature->sensor);
    }
    const auto pressure = [&](std::string_view name, std::optional<double> value) {
        add(name, value ? fmt::format("{:.1f}% of the last 10 s", *value) : std::string());
    };
    pressure("Tasks waiting for CPU", sample.cpuPressure);
    pressure("Tasks waiting for memory", sample.memoryPressure);
    pressure("Tasks waiting for I/O", sample.ioPressure);
    table.detailNames.endRow();
    table.detailValues.endRow();
}

} // namespace

void addDetail(StringPool& strings, ListColumn& names, ListColumn& values, std::string_view name,
               std::string_view value)
{
    if (!value.empty()) {
        names.add(strings.intern(name));
        values.add(strings.intern(value));
    }
}

InfrastructureTable buildHostTable(const MachineSample& sample, const LocalIdentity& identity, CounterHistory& history)
{
    InfrastructureTable table;
    table.resize(1);
    fillIdentity(table, sample, identity);
    const bool cpuPending = fillCpu(table, sample, history);
    fillMemory(table, sample.memory);
    fillDisk(table, sample);
    const bool transferPending = fillTransfer(table, sample, history);
    if (sample.temperature) {
        table.temperatureCelsius.set(kRow, sample.temperature->celsius);
    }
    fillDetails(table, sample);
    table.flags[kRow] = cpuPending || transferPending ? kRatesPending : 0;
    table.finish();
    return table;
}

} // namespace tracedeck
