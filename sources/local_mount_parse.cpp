// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/local_mount_parse.h"

#include "formats/local_text_scan.h"
#include "sources/local_proc_parse.h"

#include <algorithm>
#include <set>

namespace tracedeck {
namespace {

bool isOctal(char c)
{
    return c >= '0' && c <= '7';
}

/// mountinfo writes blank, tab, line feed and backslash as \ooo.
std::string unescaped(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 3 < text.size() && isOctal(text[i + 1]) && isOctal(text[i + 2])
            && isOctal(text[i + 3])) {
            out += static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0'));
            i += 3;
        } else {
            out += text[i];
        }
    }
    return out;
}

std::optional<MountEntry> parseLine(std::string_view line)
{
    TextScan words(line);
    (void)words.nextWord(); // mount id
    (void)words.nextWord(); // parent id
    const auto device = parseDeviceNumber(words.nextWord());
    (void)words.nextWord(); // root inside the file system
    const std::string_view mountPoint = words.nextWord();
    for (std::string_view word = words.nextWord(); word != "-"; word = words.nextWord()) {
        if (word.empty()) {
            return std::nullopt;
        }
    }
    const std::string_view fsType = words.nextWord();
    const std::string_view source = words.nextWord();
    if (!device || mountPoint.empty() || fsType.empty()) {
        return std::nullopt;
    }
    return MountEntry{*device, unescaped(mountPoint), std::string(fsType), unescaped(source),
                      std::string(words.nextWord())};
}

bool hasOption(std::string_view options, std::string_view wanted)
{
    for (std::size_t begin = 0; begin <= options.size();) {
        const std::size_t end = std::min(options.find(',', begin), options.size());
        if (options.substr(begin, end - begin) == wanted) {
            return true;
        }
        begin = end + 1;
    }
    return false;
}

std::string relative(const std::string& mountPoint)
{
    return mountPoint.starts_with('/') ? mountPoint.substr(1) : mountPoint;
}

void addTree(std::vector<std::string>& trees, const std::string& mountPoint)
{
    if (!mountPoint.empty() && std::find(trees.begin(), trees.end(), mountPoint) == trees.end()) {
        trees.push_back(mountPoint);
    }
}

} // namespace

std::vector<MountEntry> parseMountInfo(std::string_view text)
{
    std::vector<MountEntry> mounts;
    TextScan lines(text);
    for (std::string_view line; lines.nextLine(line);) {
        if (auto entry = parseLine(line)) {
            mounts.push_back(std::move(*entry));
        }
    }
    return mounts;
}

std::vector<MountEntry> blockDeviceMounts(const std::vector<MountEntry>& mounts)
{
    std::vector<MountEntry> result;
    for (const MountEntry& mount : mounts) {
        const bool image = mount.fsType == "squashfs" || mount.fsType == "iso9660" || mount.fsType == "erofs";
        if (mount.source.starts_with("/dev/") && !mount.source.starts_with("/dev/loop") && !image
            && mount.fsType != "devtmpfs") {
            result.push_back(mount);
        }
    }
    std::stable_sort(result.begin(), result.end(), [](const MountEntry& a, const MountEntry& b) {
        return a.mountPoint.size() < b.mountPoint.size();
    });
    // Subvolumes (btrfs) have device numbers of their own but share the source.
    std::set<std::string> sources;
    std::set<std::uint64_t> devices;
    std::erase_if(result, [&](const MountEntry& mount) {
        const bool newSource = sources.insert(mount.source).second;
        const bool newDevice = devices.insert(mount.deviceNumber).second;
        return !newSource || !newDevice;
    });
    return result;
}

CgroupLayout cgroupLayoutOf(const std::vector<MountEntry>& mounts)
{
    constexpr std::array<std::string_view, 6> kNames{"cpu", "cpuacct", "memory", "blkio", "pids", "freezer"};
    CgroupLayout layout;
    std::string unified;
    std::string systemd;
    for (const MountEntry& mount : mounts) {
        if (mount.fsType == "cgroup2" && unified.empty()) {
            unified = relative(mount.mountPoint);
        } else if (mount.fsType == "cgroup") {
            for (std::size_t i = 0; i < kNames.size(); ++i) {
                ControllerMount& controller = layout.controllers[i];
                if (controller.mountPoint.empty() && hasOption(mount.superOptions, kNames[i])) {
                    controller = {relative(mount.mountPoint), false};
                }
            }
            if (hasOption(mount.superOptions, "name=systemd")) {
                systemd = relative(mount.mountPoint);
            }
        }
    }
    for (ControllerMount& controller : layout.controllers) {
        if (controller.mountPoint.empty() && !unified.empty()) {
            controller = {unified, true};
        }
    }
    addTree(layout.trees, unified);
    addTree(layout.trees, systemd);
    addTree(layout.trees, layout.at(CgroupController::Memory).mountPoint);
    addTree(layout.trees, layout.at(CgroupController::CpuAccounting).mountPoint);
    return layout;
}

} // namespace tracedeck
