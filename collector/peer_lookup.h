// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/otlp_resource_stamp.h"
#include "formats/socket_table.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace tracedeck {

/// Finds out which process of this machine holds the other end of a connection, and in which container or
/// unit it runs: socket table -> inode -> descriptor of a process -> control group. Also looks into other
/// network name spaces (containers on a bridge). Reads /proc as far as this user may; one thread at a time.
class PeerLookup {
public:
    /// `proc` is "/proc", in tests a recorded tree; `ownPid` is never an answer.
    PeerLookup(std::string proc, int ownPid);

    /// What is known of the peer; everything empty for the own process. A walk over the descriptors of all
    /// processes costs some 20 ms for 500 processes; one process that sends again and again costs none.
    [[nodiscard]] PeerPlace find(const SocketAddress& peer);

    /// A walk serves further questions for this long, so that many new connections cost few walks.
    static constexpr std::chrono::milliseconds kWalkServes{250};
    static constexpr std::size_t kMostSpaces = 64; ///< network name spaces looked into

private:
    void walk();
    void walkProcess(int pid);
    [[nodiscard]] bool mayWalk() const;
    [[nodiscard]] std::optional<SocketEntry> entryIn(const std::string& folder, const SocketAddress& peer);
    [[nodiscard]] std::optional<SocketEntry> entryInSpaces(const SocketAddress& peer);
    [[nodiscard]] int holderOf(std::uint64_t inode);
    void fillPlace(int pid, PeerPlace& place);
    [[nodiscard]] std::string folderOf(int pid) const;

    std::string m_proc;
    int m_ownPid;
    std::chrono::steady_clock::time_point m_walked;
    bool m_everWalked = false;
    std::unordered_map<std::uint64_t, int> m_holders; ///< inode -> pid
    std::unordered_map<std::string, int> m_spaces; ///< other network name spaces -> one process in each
    std::string m_ownSpace;
};

} // namespace tracedeck
