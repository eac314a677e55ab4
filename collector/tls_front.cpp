// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/tls_front.h"

#include "collector/tcp_listener.h"
#include "collector/tls_connection.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace tracedeck {

using Clock = std::chrono::steady_clock;

struct TlsFront::State {
    TlsIdentity identity;
    ServerCounters& counters;
    TlsLimits limits;
    Plain plain;
    int epoll = ::epoll_create1(EPOLL_CLOEXEC);
    int wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    std::mutex mutex{};
    std::vector<int> arrived{}; ///< under mutex
    Clock::time_point endBy = Clock::time_point::max(); ///< under mutex
    std::map<int, std::unique_ptr<TlsConnection>> connections{}; ///< by network socket; own thread only
    std::map<int, TlsConnection*> byStream{};
    std::vector<std::unique_ptr<TlsConnection>> gone{}; ///< of this round
    std::thread thread{};

    void run();
    void takeEvent(const epoll_event& event);
    [[nodiscard]] bool takeArrived();
    void open(int socket);
    void watch(int descriptor, std::uint32_t wanted, std::uint32_t& watched) const;
    void moveOn(TlsConnection& connection);
    [[nodiscard]] bool attachStream(TlsConnection& connection);
    void drop(TlsConnection& connection);
    void dropOverdue(Clock::time_point now);
    void beginStop();
};

void TlsFront::State::run()
{
    // The TLS library writes with write(): a client that is gone must be an error, not a signal.
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    bool stopping = false;
    while (!stopping || !connections.empty()) {
        std::array<epoll_event, 64> events{};
        // Deadlines are coarse; with nothing open there are none.
        const int patience = connections.empty() ? -1 : 100;
        const int ready = ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), patience);
        for (int i = 0; i < ready; ++i)
            takeEvent(events[static_cast<std::size_t>(i)]);
        if (takeArrived() && !std::exchange(stopping, true))
            beginStop();
        dropOverdue(Clock::now());
        gone.clear(); // only now may the numbers of their descriptors be given out again
    }
}

void TlsFront::State::takeEvent(const epoll_event& event)
{
    const bool over = (event.events & (EPOLLHUP | EPOLLERR)) != 0;
    if (const auto stream = byStream.find(event.data.fd); stream != byStream.end()) {
        if (over)
            stream->second->streamHungUp();
        return moveOn(*stream->second);
    }
    const auto network = connections.find(event.data.fd);
    if (network == connections.end())
        return;
    TlsConnection& connection = *network->second;
    // Reset by the client, or both sides have said goodbye: what could still be read helps nobody.
    over ? drop(connection) : moveOn(connection);
}

/// True when it is time to end.
bool TlsFront::State::takeArrived()
{
    eventfd_t ignored = 0;
    ::eventfd_read(wake, &ignored);
    std::vector<int> sockets;
    bool stopping = false;
    {
        const std::lock_guard lock(mutex);
        sockets.swap(arrived);
        stopping = endBy != Clock::time_point::max();
    }
    for (const int socket : sockets) {
        if (stopping || connections.size() >= limits.connections) {
            counters.httpConnectionsRefused++;
            ::close(socket);
        } else {
            open(socket);
        }
    }
    return stopping;
}

void TlsFront::State::open(int socket)
{
    ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_NONBLOCK);
    auto connection = std::make_unique<TlsConnection>(identity.context.get(), socket);
    connection->deadline = Clock::now() + limits.handshake;
    TlsConnection& opened = *connections.emplace(socket, std::move(connection)).first->second;
    counters.tlsConnections++;
    moveOn(opened);
}

void TlsFront::State::watch(int descriptor, std::uint32_t wanted, std::uint32_t& watched) const
{
    if (descriptor < 0 || wanted == watched)
        return;
    epoll_event event{};
    event.events = wanted;
    event.data.fd = descriptor;
    const int action = wanted == TlsConnection::kUnwatched ? EPOLL_CTL_DEL
        : watched == TlsConnection::kUnwatched             ? EPOLL_CTL_ADD
                                                           : EPOLL_CTL_MOD;
    ::epoll_ctl(epoll, action, descriptor, &event);
    watched = wanted;
}

void TlsFront::State::moveOn(TlsConnection& connection)
{
    TlsConnection::Step step = connection.advance();
    if (step == TlsConnection::Step::HandshakeDone)
        step = attachStream(connection) ? connection.advance() : TlsConnection::Step::Over;
    if (step == TlsConnection::Step::Over)
        return drop(connection);
    if (connection.hungUp() && connection.deadline == Clock::time_point::max())
        connection.deadline = Clock::now() + limits.linger;
    watch(connection.network(), connection.networkEvents(), connection.watchedNetwork);
    // A hang-up is reported whether it is watched for or not, again and again: once is enough.
    watch(connection.stream(), connection.hungUp() ? TlsConnection::kUnwatched : connection.streamEvents(),
          connection.watchedStream);
}

bool TlsFront::State::attachStream(TlsConnection& connection)
{
    std::array<int, 2> ends{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return false;
    connection.setStream(ends[0]);
    connection.deadline = Clock::time_point::max();
    byStream.emplace(ends[0], &connection);
    plain(ends[1], peerOf(connection.network()));
    return true;
}

void TlsFront::State::drop(TlsConnection& connection)
{
    if (!connection.open())
        counters.tlsHandshakeFailures++;
    counters.tlsConnections--;
    byStream.erase(connection.stream());
    watch(connection.network(), TlsConnection::kUnwatched, connection.watchedNetwork);
    watch(connection.stream(), TlsConnection::kUnwatched, connection.watchedStream);
    const auto found = connections.find(connection.network());
    gone.push_back(std::move(found->second));
    connections.erase(found);
}

void TlsFront::State::dropOverdue(Clock::time_point now)
{
    Clock::time_point all;
    {
        const std::lock_guard lock(mutex);
        all = endBy;
    }
    std::vector<TlsConnection*> overdue;
    for (const auto& [socket, connection] : connections) {
        if (now >= std::min(connection->deadline, all))
            overdue.push_back(connection.get());
    }
    for (TlsConnection* connection : overdue)
        drop(*connection);
}

void TlsFront::State::beginStop()
{
    for (const auto& [socket, connection] : connections) {
        if (!connection->open())
            connection->deadline = Clock::time_point::min();
    }
}

TlsFront::TlsFront(TlsIdentity identity, ServerCounters& counters, TlsLimits limits, Plain plain)
    : m_state(new State{std::move(identity), counters, limits, std::move(plain)})
{
    std::uint32_t watched = TlsConnection::kUnwatched;
    m_state->watch(m_state->wake, EPOLLIN, watched);
    m_state->thread = std::thread([state = m_state.get()] { state->run(); });
}

TlsFront::~TlsFront()
{
    stop(std::chrono::milliseconds(0));
    ::close(m_state->epoll);
    ::close(m_state->wake);
}

void TlsFront::adopt(int socket)
{
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->arrived.push_back(socket);
    }
    ::eventfd_write(m_state->wake, 1);
}

void TlsFront::stop(std::chrono::milliseconds grace)
{
    if (!m_state->thread.joinable())
        return;
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->endBy = Clock::now() + grace;
    }
    ::eventfd_write(m_state->wake, 1);
    m_state->thread.join();
    const std::lock_guard lock(m_state->mutex);
    for (const int socket : m_state->arrived) // came after the last look
        ::close(socket);
    m_state->arrived.clear();
}

} // namespace tracedeck
