// SPDX-License-Identifier: GPL-3.0-or-later
// Whose connection is it: recorded /proc trees of the layouts that exist, and a real connection of this process.
#include "collector/peer_lookup.h"

#include "collector/tcp_listener.h"
#include "raw_client.h"
#include "store_fixture.h"

#include <fmt/format.h>
#include <unistd.h>

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <mutex>

namespace tracedeck::test {
namespace {

namespace fs = std::filesystem;

const std::string kId = "4bf92f3577b34da6a3ce929d0e0e47364bf92f3577b34da6a3ce929d0e0e4736";
const SocketAddress kClient{"127.0.0.1", 54000};
const SocketAddress kBridged{"172.17.0.3", 41922};

std::string tcpTable(const SocketAddress& local, int inode)
{
    const std::string address = local.host == kClient.host ? "0100007F" : "030011AC";
    return fmt::format("  sl local rem st\n   0: {}:{:04X} 0100007F:10DE 01 0:0 00:0 0 1000 0 {} 1 0\n", address,
                       local.port, inode);
}

/// A /proc written by the test.
class RecordedProc {
public:
    RecordedProc()
    {
        write("net/tcp", "header\n");
        write("net/tcp6", "header\n");
        link("self/ns/net", "net:[1]");
    }
    [[nodiscard]] std::string path() const { return m_directory.path(); }
    void write(const std::string& name, const std::string& text) const
    {
        fs::create_directories(fs::path(m_directory.file(name)).parent_path());
        std::ofstream(m_directory.file(name)) << text;
    }
    void link(const std::string& name, const std::string& target) const
    {
        fs::create_directories(fs::path(m_directory.file(name)).parent_path());
        fs::create_symlink(target, m_directory.file(name));
    }
    void addProcess(int pid, const std::string& command, const std::string& groups, int inode,
                    const std::string& space = "net:[1]") const
    {
        const std::string folder = std::to_string(pid);
        write(folder + "/comm", command + "\n");
        write(folder + "/cgroup", groups);
        link(folder + "/fd/0", "/dev/null");
        link(folder + "/fd/7", fmt::format("socket:[{}]", inode));
        link(folder + "/ns/net", space);
    }
    [[nodiscard]] PeerPlace find(const SocketAddress& peer, int ownPid = 1) const
    {
        return PeerLookup(path(), ownPid).find(peer);
    }

private:
    TemporaryDirectory m_directory;
};

TEST(PeerLookup, AProcessOfAUnitOnBothHierarchies)
{
    for (const char* groups : {"0::/system.slice/cart.service\n", "0::/system.slice/cart.service/worker\n",
                               "4:memory:/\n1:name=systemd:/system.slice/cart.service\n0::/\n"}) {
        RecordedProc proc;
        proc.write("net/tcp", tcpTable(kClient, 9071));
        proc.addProcess(300, "other", "0::/user.slice\n", 5);
        proc.addProcess(4711, "cartd", groups, 9071);
        EXPECT_EQ(proc.find(kClient), (PeerPlace{"", "", "cart.service", "cartd", ""})) << groups;
    }
}

TEST(PeerLookup, AContainerWithTheHostsNetwork)
{
    for (const std::string& groups :
         {"0::/system.slice/docker-" + kId + ".scope\n", "9:cpu,cpuacct:/docker/" + kId + "\n0::/\n",
          "0::/machine.slice/libpod-" + kId + ".scope/container\n"}) {
        RecordedProc proc;
        proc.write("net/tcp", tcpTable(kClient, 9071));
        proc.addProcess(4711, "cartd", groups, 9071);
        EXPECT_EQ(proc.find(kClient).container, kId) << groups;
        EXPECT_EQ(proc.find(kClient).unit, "") << "one name for one thing";
    }
}

TEST(PeerLookup, AContainerOnABridgeIsFoundInItsOwnNetwork)
{
    RecordedProc proc;
    proc.addProcess(4711, "cartd", "0::/docker/" + kId + "\n", 9071, "net:[2]");
    proc.write("4711/net/tcp", tcpTable(kBridged, 9071));
    EXPECT_EQ(proc.find(kBridged), (PeerPlace{"172.17.0.3", kId, "", "cartd", ""}));
    EXPECT_EQ(proc.find({"172.17.0.9", 41922}), (PeerPlace{"172.17.0.9", "", "", "", ""}))
        << "another machine: its address is all there is";
}

TEST(PeerLookup, SaysWhyNothingIsKnown)
{
    RecordedProc proc;
    EXPECT_EQ(proc.find(kClient).note, "its connection was closed before anybody looked");
    proc.write("net/tcp", tcpTable(kClient, 9071));
    EXPECT_EQ(proc.find(kClient).note, "its process belongs to user 1000, whose descriptors may not be read");
    proc.addProcess(4711, "docker-proxy", "0::/system.slice/docker.service\n", 9071);
    EXPECT_EQ(proc.find(kClient), (PeerPlace{"", "", "", "", "docker-proxy passes on what others send"}));
}

TEST(PeerLookup, TheOwnProcessIsNobody)
{
    RecordedProc proc;
    proc.write("net/tcp", tcpTable(kClient, 9071));
    proc.addProcess(4711, "tracedeck", "0::/system.slice/x.service\n", 9071);
    EXPECT_TRUE(proc.find(kClient, 4711).isEmpty());
}

TEST(PeerLookup, ManyNewConnectionsCostOneWalk)
{
    RecordedProc proc;
    proc.write("net/tcp", tcpTable(kClient, 9071));
    PeerLookup lookup(proc.path(), 1);
    EXPECT_FALSE(lookup.find(kClient).note.empty());
    proc.addProcess(4711, "cartd", "0::/system.slice/cart.service\n", 9071);
    EXPECT_FALSE(lookup.find(kClient).note.empty()) << "the walk just made still serves";
}

TEST(PeerLookup, ARealConnectionOfThisProcess)
{
    std::string seen;
    int kept = -1;
    std::mutex mutex;
    std::condition_variable arrived;
    TcpListener watched([&](int socket) {
        const std::lock_guard lock(mutex);
        seen = peerOf(socket);
        arrived.notify_one();
        // Stays open: whoever closes first may take the entry away.
        kept = socket;
    });
    const Result<std::string> address = watched.listen("127.0.0.1", 0);
    ASSERT_TRUE(address.ok());
    const RawClient client(*address);
    std::unique_lock lock(mutex);
    arrived.wait(lock, [&] { return !seen.empty(); });
    const auto peer = parseSocketAddress(seen);
    ASSERT_TRUE(peer) << seen;
    std::string command;
    std::getline(std::ifstream("/proc/self/comm"), command);
    const PeerPlace place = PeerLookup("/proc", 1).find(*peer);
    EXPECT_TRUE(place.process == command || !place.container.empty()) << place.note;
    EXPECT_TRUE(PeerLookup("/proc", ::getpid()).find(*peer).isEmpty());
    ::close(kept);
}

} // namespace
} // namespace tracedeck::test
