// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/local_workload_name.h"

#include "formats/local_text_scan.h"

#include <algorithm>
#include <array>

namespace tracedeck {
namespace {

constexpr std::size_t kShortId = 12;

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

bool isContainerId(std::string_view text)
{
    return text.size() == 64 && std::all_of(text.begin(), text.end(), isHex);
}

std::string_view withoutEnding(std::string_view text, std::string_view ending)
{
    return text.ends_with(ending) ? text.substr(0, text.size() - ending.size()) : text;
}

std::string_view lastComponent(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view parentOf(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

/// "…pod<uid>…" of a kubepods path; systemd slices write the uid with underscores.
std::string podIdOf(std::string_view path)
{
    std::string_view folder = parentOf(path);
    std::string_view last = withoutEnding(lastComponent(folder), ".slice");
    const std::size_t at = last.rfind("pod");
    if (folder.find("kubepods") == std::string_view::npos || at == std::string_view::npos) {
        return {};
    }
    std::string uid(last.substr(at + 3));
    std::replace(uid.begin(), uid.end(), '_', '-');
    return uid.starts_with("s") ? std::string() : uid;
}

void setContainer(LocalWorkloadName& name, std::string_view path, std::string_view id, std::string_view runtime)
{
    name.type = WorkloadType::AppContainer;
    name.containerId = id;
    name.name = id.substr(0, kShortId);
    name.kind = "container";
    name.runtime = runtime;
    name.podId = podIdOf(path);
}

void setGuest(LocalWorkloadName& name, WorkloadType type, std::string_view kind, std::string_view runtime,
              std::string_view guest)
{
    name.type = type;
    name.kind = kind;
    name.runtime = runtime;
    name.name = cleanText(guest);
    name.vmid = numberOf<std::int64_t>(guest);
}

/// Containers whose scope or folder carries their id.
CgroupRole classifyContainer(std::string_view path, std::string_view last, LocalWorkloadName& name)
{
    struct Prefix {
        std::string_view text;
        std::string_view runtime;
    };
    constexpr std::array<Prefix, 5> kPrefixes{{{"docker-", "docker"},
                                               {"libpod-", "podman"},
                                               {"crio-", "cri-o"},
                                               {"cri-containerd-", "containerd"},
                                               {"nerdctl-", "containerd"}}};
    const std::string_view bare = withoutEnding(last, ".scope");
    if (last == "conmon" || bare.starts_with("libpod-conmon-") || bare.starts_with("crio-conmon-")) {
        return CgroupRole::Ignored;
    }
    for (const Prefix& prefix : kPrefixes) {
        if (bare.starts_with(prefix.text) && isContainerId(bare.substr(prefix.text.size()))) {
            setContainer(name, path, bare.substr(prefix.text.size()), prefix.runtime);
            return CgroupRole::Workload;
        }
    }
    if (isContainerId(last)) {
        const std::string_view parent = lastComponent(parentOf(path));
        const bool inPod = parentOf(path).find("kubepods") != std::string_view::npos;
        setContainer(name, path, last, parent == "docker" ? "docker" : inPod ? "kubernetes" : "");
        return CgroupRole::Workload;
    }
    return CgroupRole::Folder;
}

/// LXC, libvirt, nspawn and Proxmox VE guests.
CgroupRole classifyGuest(std::string_view path, std::string_view last, LocalWorkloadName& name)
{
    const std::string_view parent = lastComponent(parentOf(path));
    if (last.starts_with("lxc.monitor") || parent == "lxc.monitor") {
        return CgroupRole::Ignored;
    }
    if (last.starts_with("lxc.payload.") || parent == "lxc" || parent == "lxc.payload") {
        const std::string_view guest = last.starts_with("lxc.payload.") ? last.substr(12) : last;
        setGuest(name, WorkloadType::SystemContainer, "system container", "lxc", guest);
        return CgroupRole::Workload;
    }
    if (parent == "qemu.slice" && last.ends_with(".scope")) {
        setGuest(name, WorkloadType::Vm, "virtual machine", "qemu", withoutEnding(last, ".scope"));
        return CgroupRole::Workload;
    }
    const std::string unit = unescapedUnitName(last);
    if (unit.starts_with("machine-") && unit.ends_with(".scope")) {
        std::string_view machine = withoutEnding(std::string_view(unit).substr(8), ".scope");
        const bool isQemu = machine.starts_with("qemu-");
        if (isQemu || machine.starts_with("lxc-")) {
            // "qemu-3-web": driver, libvirt's running number, name.
            const std::size_t dash = machine.find('-', machine.find('-') + 1);
            machine = dash == std::string_view::npos ? machine : machine.substr(dash + 1);
        }
        setGuest(name, isQemu ? WorkloadType::Vm : WorkloadType::SystemContainer,
                 isQemu ? "virtual machine" : "system container", isQemu ? "qemu" : "machined", machine);
        name.vmid.reset();
        return CgroupRole::Workload;
    }
    if (unit.starts_with("systemd-nspawn@") && unit.ends_with(".service")) {
        const std::string_view machine = withoutEnding(std::string_view(unit).substr(15), ".service");
        setGuest(name, WorkloadType::SystemContainer, "system container", "nspawn", machine);
        name.vmid.reset();
        return CgroupRole::Workload;
    }
    return CgroupRole::Folder;
}

CgroupRole classifyUnit(std::string_view last, LocalWorkloadName& name)
{
    const bool service = last.ends_with(".service");
    if (!service && !last.ends_with(".scope")) {
        constexpr std::array<std::string_view, 5> kOther{".mount", ".socket", ".swap", ".automount", ".timer"};
        const bool other =
            std::any_of(kOther.begin(), kOther.end(), [&](std::string_view ending) { return last.ends_with(ending); });
        return other ? CgroupRole::Ignored : CgroupRole::Folder;
    }
    if (last.starts_with("user@") && service) {
        return CgroupRole::Folder; // a user's own service manager: its units are the rows
    }
    name.type = WorkloadType::Unit;
    name.name = cleanText(unescapedUnitName(last));
    const bool transient = last.starts_with("run-");
    const bool session = !service && last.starts_with("session-");
    name.kind = transient ? "transient unit" : session ? "session" : service ? "service" : "scope";
    return CgroupRole::Workload;
}

} // namespace

CgroupRole classifyCgroup(std::string_view path, LocalWorkloadName& name)
{
    name = LocalWorkloadName();
    path = withoutEnding(path, "/");
    const std::string_view last = lastComponent(path);
    if (last.empty()) {
        return CgroupRole::Folder;
    }
    CgroupRole role = classifyContainer(path, last, name);
    if (role == CgroupRole::Folder) {
        role = classifyGuest(path, last, name);
    }
    if (role == CgroupRole::Folder) {
        role = classifyUnit(last, name);
    }
    if (role == CgroupRole::Workload) {
        const std::string_view parent = parentOf(path);
        name.slice = cleanText(unescapedUnitName(parent.starts_with('/') ? parent.substr(1) : parent));
    }
    return role;
}

std::string unescapedUnitName(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned byte = 0;
        const bool escape = text.substr(i, 2) == "\\x" && i + 4 <= text.size();
        const char* const digits = text.data() + i + 2;
        if (escape && std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
            out += static_cast<char>(byte);
            i += 3;
        } else {
            out += text[i];
        }
    }
    return out;
}

} // namespace tracedeck
