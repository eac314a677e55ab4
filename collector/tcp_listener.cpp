// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/tcp_listener.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <memory>
#include <system_error>
#include <utility>

namespace tracedeck {

namespace {

using AddressList = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

AddressList resolve(const std::string& host, std::uint16_t port)
{
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    // "localhost" may name ::1 first; exporters and browsers try 127.0.0.1.
    const std::string name = host == "localhost" ? "127.0.0.1" : host;
    if (::getaddrinfo(name.c_str(), std::to_string(port).c_str(), &wanted, &found) != 0)
        found = nullptr;
    return {found, &::freeaddrinfo};
}

Error listenError(const std::string& address, int number)
{
    if (number == EADDRINUSE)
        return makeError(ErrorCode::Conflict, address, address + " is taken by another program",
                         "Stop that program, or choose another port.");
    if (number == EACCES || number == EPERM)
        return makeError(ErrorCode::PermissionDenied, address, "listening on " + address + " is not allowed",
                         "Ports below 1024 need special rights.");
    return makeError(ErrorCode::InvalidArgument, address,
                     fmt::format("cannot listen on {}: {}", address, std::generic_category().message(number)));
}

std::uint16_t boundPort(int socket)
{
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length);
    return ntohs(address.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6*>(&address)->sin6_port
                                               : reinterpret_cast<sockaddr_in*>(&address)->sin_port);
}

Result<int> openListener(const std::string& host, std::uint16_t port)
{
    const AddressList addresses = resolve(host, port);
    if (!addresses)
        return makeError(ErrorCode::InvalidArgument, host, fmt::format("“{}” is not an address of this machine", host),
                         "Give an address such as 127.0.0.1:4318.");
    const int socket = ::socket(addresses->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (socket < 0)
        return listenError(joinHostPort(host, port), errno);
    const int on = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (::bind(socket, addresses->ai_addr, addresses->ai_addrlen) != 0 || ::listen(socket, 128) != 0) {
        const int number = errno;
        ::close(socket);
        return listenError(joinHostPort(host, port), number);
    }
    return socket;
}

} // namespace

std::string joinHostPort(const std::string& host, std::uint16_t port)
{
    return host.find(':') == std::string::npos ? fmt::format("{}:{}", host, port) : fmt::format("[{}]:{}", host, port);
}

std::string peerOf(int socket)
{
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    const int family =
        ::getpeername(socket, reinterpret_cast<sockaddr*>(&address), &length) == 0 ? address.ss_family : 0;
    std::array<char, INET6_ADDRSTRLEN> host{};
    if (family == AF_INET) {
        const auto* v4 = reinterpret_cast<const sockaddr_in*>(&address);
        ::inet_ntop(family, &v4->sin_addr, host.data(), host.size());
        return joinHostPort(host.data(), ntohs(v4->sin_port));
    }
    if (family == AF_INET6) {
        const auto* v6 = reinterpret_cast<const sockaddr_in6*>(&address);
        ::inet_ntop(family, &v6->sin6_addr, host.data(), host.size());
        return joinHostPort(host.data(), ntohs(v6->sin6_port));
    }
    return {};
}

bool portIsFree(const std::string& host, std::uint16_t port)
{
    const Result<int> probe = openListener(host, port);
    if (!probe)
        return false;
    ::close(*probe);
    return true;
}

TcpListener::TcpListener(Accepted accepted)
    : m_accepted(std::move(accepted)), m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), m_thread([this] { run(); })
{ }

TcpListener::~TcpListener()
{
    stop();
    ::close(m_wake);
}

Result<std::string> TcpListener::listen(const std::string& host, std::uint16_t port)
{
    const Result<int> socket = openListener(host, port);
    if (!socket)
        return socket.error();
    const std::string address = joinHostPort(host, boundPort(*socket));
    {
        const std::lock_guard lock(m_mutex);
        m_listeners.push_back(*socket);
    }
    ::eventfd_write(m_wake, 1);
    return address;
}

void TcpListener::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    ::eventfd_write(m_wake, 1);
    if (m_thread.joinable())
        m_thread.join();
    const std::lock_guard lock(m_mutex);
    for (const int listener : m_listeners)
        ::close(listener);
    m_listeners.clear();
}

void TcpListener::run()
{
    for (;;) {
        std::vector<pollfd> watched{{m_wake, POLLIN, 0}};
        {
            const std::lock_guard lock(m_mutex);
            if (m_stopping)
                return;
            for (const int listener : m_listeners)
                watched.push_back({listener, POLLIN, 0});
        }
        if (::poll(watched.data(), watched.size(), -1) < 0)
            continue;
        eventfd_t ignored = 0;
        ::eventfd_read(m_wake, &ignored);
        for (std::size_t i = 1; i < watched.size(); ++i) {
            if (watched[i].revents != 0)
                acceptFrom(watched[i].fd);
        }
    }
}

void TcpListener::acceptFrom(int listener)
{
    const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket >= 0)
        return m_accepted(socket);
    // Out of descriptors: the connection stays in the backlog, so poll would spin.
    if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
}

} // namespace tracedeck
