// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/peer_lookup.h"

#include "collector/access_policy.h"
#include "formats/local_text_scan.h"
#include "formats/local_workload_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace tracedeck {
namespace {

namespace fs = std::filesystem;

/// Programs that pass on what others send: their own place says nothing about the sender.
constexpr std::array kForwarders{
    "slirp4netns",     "pasta",      "pasta.avx2", "rootlesskit", "rootlessport", "docker-proxy", "ssh",   "sshd",
    "kubectl",         "socat",      "haproxy",    "nginx",       "envoy",        "traefik",      "caddy", "otelcol",
    "otelcol-contrib", "fluent-bit", "vector",     "alloy",       "conmon",       "gvproxy"};

std::string contentOf(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string linkOf(const fs::path& path)
{
    std::error_code failure;
    const fs::path target = fs::read_symlink(path, failure);
    return failure ? std::string() : target.string();
}

/// The workload a control group path lies in: the first part of it that is one.
bool workloadOf(std::string_view path, LocalWorkloadName& name)
{
    for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
        LocalWorkloadName found;
        const CgroupRole role = classifyCgroup(path.substr(0, end), found);
        if (role == CgroupRole::Workload) {
            name = std::move(found);
            return true;
        }
        if (end == std::string_view::npos || role == CgroupRole::Ignored) {
            return false;
        }
    }
}

/// The surest workload of all hierarchies: with v1 not every controller has a group of its own.
LocalWorkloadName workloadOfGroups(std::string_view text)
{
    LocalWorkloadName best;
    TextScan lines(text);
    for (std::string_view line; lines.nextLine(line);) {
        const std::size_t path = line.find('/', std::min(line.find(':'), line.size()));
        LocalWorkloadName name;
        if (path != std::string_view::npos && workloadOf(line.substr(path), name)
            && (best.name.empty() || (best.containerId.empty() && !name.containerId.empty()))) {
            best = std::move(name);
        }
    }
    return best;
}

} // namespace

PeerLookup::PeerLookup(std::string proc, int ownPid)
    : m_proc(std::move(proc)), m_ownPid(ownPid), m_ownSpace(linkOf(m_proc + "/self/ns/net"))
{ }

std::string PeerLookup::folderOf(int pid) const
{
    return m_proc + '/' + std::to_string(pid);
}

bool PeerLookup::mayWalk() const
{
    return !m_everWalked || std::chrono::steady_clock::now() - m_walked >= kWalkServes;
}

void PeerLookup::walk()
{
    m_holders.clear();
    m_spaces.clear();
    std::error_code failure;
    for (fs::directory_iterator at(m_proc, failure), end; !failure && at != end; at.increment(failure)) {
        if (const auto pid = numberOf<int>(at->path().filename().string())) {
            walkProcess(*pid);
        }
    }
    m_walked = std::chrono::steady_clock::now();
    m_everWalked = true;
}

void PeerLookup::walkProcess(int pid)
{
    std::error_code failure;
    for (fs::directory_iterator at(folderOf(pid) + "/fd", failure), end; !failure && at != end; at.increment(failure)) {
        if (const auto inode = socketInode(linkOf(at->path()))) {
            m_holders.emplace(*inode, pid); // the first of several that share it: the parent, mostly
        }
    }
    const std::string space = linkOf(folderOf(pid) + "/ns/net");
    if (!space.empty() && space != m_ownSpace && m_spaces.size() < kMostSpaces) {
        m_spaces.emplace(space, pid);
    }
}

std::optional<SocketEntry> PeerLookup::entryIn(const std::string& folder, const SocketAddress& peer)
{
    for (const char* name : {"/net/tcp", "/net/tcp6"}) {
        if (const auto entry = findSocket(contentOf(folder + name), peer)) {
            return entry;
        }
    }
    return std::nullopt;
}

std::optional<SocketEntry> PeerLookup::entryInSpaces(const SocketAddress& peer)
{
    for (int round = 0; round < 2; ++round) {
        for (const auto& [space, pid] : m_spaces) {
            if (const auto entry = entryIn(folderOf(pid), peer)) {
                return entry;
            }
        }
        if (!mayWalk()) {
            break;
        }
        walk();
    }
    return std::nullopt;
}

int PeerLookup::holderOf(std::uint64_t inode)
{
    for (int round = 0; round < 2; ++round) {
        const auto found = m_holders.find(inode);
        if (found != m_holders.end()) {
            return found->second;
        }
        if (!mayWalk()) {
            break;
        }
        walk();
    }
    return 0;
}

PeerPlace PeerLookup::find(const SocketAddress& peer)
{
    PeerPlace place;
    const bool loopback = isLoopbackHost(peer.host);
    std::optional<SocketEntry> entry = entryIn(m_proc, peer);
    if (!entry && !loopback) {
        place.address = peer.host;
        entry = entryInSpaces(peer);
    }
    if (!entry) {
        place.note = loopback ? "its connection was closed before anybody looked" : "";
        return place;
    }
    const int pid = holderOf(entry->inode);
    if (pid == m_ownPid && pid != 0) {
        return {};
    }
    if (pid == 0) {
        place.note = fmt::format("its process belongs to user {}, whose descriptors may not be read", entry->user);
        return place;
    }
    fillPlace(pid, place);
    return place;
}

void PeerLookup::fillPlace(int pid, PeerPlace& place)
{
    const std::string command(trimmed(contentOf(folderOf(pid) + "/comm")));
    if (std::find(kForwarders.begin(), kForwarders.end(), command) != kForwarders.end()) {
        place.note = command + " passes on what others send";
        return;
    }
    const LocalWorkloadName workload = workloadOfGroups(contentOf(folderOf(pid) + "/cgroup"));
    place.container = workload.containerId;
    place.unit = workload.containerId.empty() ? workload.name : std::string();
    place.process = command;
}

} // namespace tracedeck
