// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/peer_lookup.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>

namespace tracedeck {

/// Remembers who is at the other end of which connection, so that a connection is looked up once and not per
/// request. Looks up on a thread of its own. Thread-safe.
class PeerBook {
public:
    using Find = std::function<PeerPlace(const SocketAddress&)>;
    /// Null = nothing is known. On the calling thread when remembered, else on the book's.
    using Then = std::function<void(std::shared_ptr<const PeerPlace>)>;

    explicit PeerBook(Find find);
    ~PeerBook();
    PeerBook(const PeerBook&) = delete;
    PeerBook& operator=(const PeerBook&) = delete;

    /// `peer` as accepted ("127.0.0.1:4711", gRPC's "ipv4:…"); with anything else, with kMostWaiting questions
    /// open or after stop(), `then` gets null at once.
    void ask(const std::string& peer, Then then);
    /// Answers what is open with null and joins. May be called twice.
    void stop();

    /// A port may belong to another connection after this long. What could not be found out is asked for
    /// again sooner.
    static constexpr std::chrono::seconds kKept{60};
    static constexpr std::chrono::seconds kDoubtKept{2};
    static constexpr std::size_t kMostKept = 4096;
    static constexpr std::size_t kMostWaiting = 64;

private:
    struct Known {
        std::shared_ptr<const PeerPlace> place;
        std::chrono::steady_clock::time_point until;
    };
    struct Question {
        std::string peer;
        SocketAddress address;
        Then then;
    };
    void run();
    [[nodiscard]] bool recall(const std::string& peer, std::shared_ptr<const PeerPlace>& place) const;
    void keep(const std::string& peer, std::shared_ptr<const PeerPlace> place);

    Find m_find;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::unordered_map<std::string, Known> m_known;
    std::deque<Question> m_open;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace tracedeck
