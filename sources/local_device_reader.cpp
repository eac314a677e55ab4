// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/local_text_scan.h"
#include "sources/local_proc_reader.h"

#include <algorithm>
#include <array>

namespace tracedeck {
namespace {

bool startsWithAny(std::string_view text, std::initializer_list<std::string_view> beginnings)
{
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](std::string_view beginning) { return text.starts_with(beginning); });
}

bool isVirtualDevice(const LocalFileReader& files, const std::string& name)
{
    const std::string folder = "sys/class/net/" + name;
    return startsWithAny(name, {"veth", "ifb", "dummy", "tap", "virbr", "docker", "cni", "flannel", "br-"})
        || files.exists(folder + "/bridge") || files.exists(folder + "/brport");
}

std::optional<double> millidegrees(LocalFileReader& files, const std::string& path)
{
    const auto text = files.read(path);
    const auto value = text ? numberOf<std::int64_t>(trimmed(*text)) : std::nullopt;
    // Sensors that are off answer with nonsense such as -273 or 0xFFFF degrees.
    if (!value || *value <= -60'000 || *value >= 200'000) {
        return std::nullopt;
    }
    return static_cast<double>(*value) / 1000.0;
}

std::string nameIn(LocalFileReader& files, const std::string& path)
{
    const auto text = files.read(path);
    return text ? cleanText(trimmed(*text)) : std::string();
}

bool isProcessorSensor(std::string_view name)
{
    return startsWithAny(name, {"x86_pkg_temp", "cpu", "soc", "coretemp", "k10temp", "zenpower"});
}

} // namespace

void readNetDevices(LocalFileReader& files, MachineSample& sample)
{
    const auto text = files.read("proc/net/dev");
    if (!text) {
        return;
    }
    sample.netReadable = true;
    std::vector<NetDeviceSample> all;
    for (const NetCounters& counters : parseNetDev(*text)) {
        if (counters.device != "lo") {
            all.push_back({std::string(counters.device), counters.rxBytes, counters.txBytes});
        }
    }
    for (const NetDeviceSample& device : all) {
        if (files.exists("sys/class/net/" + device.name + "/device")) {
            sample.netDevices.push_back(device);
        }
    }
    if (sample.netDevices.empty()) {
        std::copy_if(all.begin(), all.end(), std::back_inserter(sample.netDevices),
                     [&](const NetDeviceSample& device) { return !isVirtualDevice(files, device.name); });
    }
}

void readDisks(LocalFileReader& files, MachineSample& sample)
{
    const auto text = files.read("proc/diskstats");
    if (!text) {
        return;
    }
    const std::vector<std::string> whole = files.list("sys/block");
    sample.disksReadable = !whole.empty();
    for (const DiskCounters& disk : parseDiskStats(*text)) {
        const bool counted = std::binary_search(whole.begin(), whole.end(), disk.device)
            && !startsWithAny(disk.device, {"loop", "dm-", "md", "ram", "zram", "sr", "fd"});
        if (counted) {
            sample.disks.push_back({cleanText(disk.device), disk.readBytes, disk.writtenBytes});
            sample.diskNumbers.insert(disk.deviceNumber);
        }
    }
}

void readTemperature(LocalFileReader& files, MachineSample& sample)
{
    const auto offer = [&](std::optional<double> celsius, const std::string& sensor) {
        const bool better = celsius
            && (!sample.temperature || (isProcessorSensor(sensor) && !isProcessorSensor(sample.temperature->sensor))
                || (isProcessorSensor(sensor) == isProcessorSensor(sample.temperature->sensor)
                    && *celsius > sample.temperature->celsius));
        if (better) {
            sample.temperature = TemperatureSample{*celsius, sensor};
        }
    };
    for (const std::string& zone : files.list("sys/class/thermal")) {
        if (zone.starts_with("thermal_zone")) {
            const std::string folder = "sys/class/thermal/" + zone;
            offer(millidegrees(files, folder + "/temp"), nameIn(files, folder + "/type"));
        }
    }
    for (const std::string& chip : files.list("sys/class/hwmon")) {
        const std::string folder = "sys/class/hwmon/" + chip;
        const std::string name = nameIn(files, folder + "/name");
        if (isProcessorSensor(name)) {
            offer(millidegrees(files, folder + "/temp1_input"), name);
        }
    }
}

} // namespace tracedeck
