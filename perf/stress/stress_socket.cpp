// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/stress/stress_socket.h"

#include "collector/access_policy.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fmt/format.h>
#include <memory>
#include <system_error>
#include <utility>

namespace tracedeck::stress {

namespace {

std::string_view valueOf(std::string_view head, std::string_view field)
{
    const std::size_t at = head.find(field);
    if (at == std::string_view::npos)
        return {};
    const std::size_t begin = at + field.size();
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

} // namespace

StressSocket::~StressSocket()
{
    if (m_socket >= 0)
        ::close(m_socket);
}

StressSocket::StressSocket(StressSocket&& other) noexcept
    : m_socket(std::exchange(other.m_socket, -1)), m_buffer(std::move(other.m_buffer))
{ }

StressSocket& StressSocket::operator=(StressSocket&& other) noexcept
{
    std::swap(m_socket, other.m_socket);
    std::swap(m_buffer, other.m_buffer);
    return *this;
}

Result<StressSocket> StressSocket::connect(const std::string& address, std::chrono::milliseconds patience,
                                           int receiveBuffer)
{
    const auto [host, port] = splitHostPort(address);
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), port.c_str(), &wanted, &found) != 0)
        return makeError(ErrorCode::InvalidArgument, address, "not a numeric address");
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(found, &::freeaddrinfo);
    StressSocket made;
    made.m_socket = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval limit{patience.count() / 1000, (patience.count() % 1000) * 1000};
    const int on = 1;
    ::setsockopt(made.m_socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(made.m_socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    ::setsockopt(made.m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (receiveBuffer > 0)
        ::setsockopt(made.m_socket, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    if (::connect(made.m_socket, found->ai_addr, found->ai_addrlen) != 0)
        return makeError(ErrorCode::Unreachable, address, std::generic_category().message(errno));
    return made;
}

bool StressSocket::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool StressSocket::fill()
{
    std::array<char, 16384> piece{};
    const ssize_t got = ::recv(m_socket, piece.data(), piece.size(), 0);
    if (got <= 0)
        return false;
    m_buffer.append(piece.data(), static_cast<std::size_t>(got));
    return true;
}

bool StressSocket::readBytes(std::size_t size, std::string& into)
{
    while (m_buffer.size() < size) {
        if (!fill())
            return false;
    }
    into.append(m_buffer, 0, size);
    m_buffer.erase(0, size);
    return true;
}

bool StressSocket::readChunks(std::string& into)
{
    for (;;) {
        std::size_t end = 0;
        while ((end = m_buffer.find("\r\n")) == std::string::npos) {
            if (!fill())
                return false;
        }
        const std::size_t size = std::strtoul(m_buffer.substr(0, end).c_str(), nullptr, 16);
        m_buffer.erase(0, end + 2);
        std::string lineEnd;
        if (!readBytes(size, into) || !readBytes(2, lineEnd))
            return false;
        if (size == 0)
            return true;
    }
}

HttpAnswer StressSocket::ask(std::string_view request)
{
    HttpAnswer answer;
    if (!send(request))
        return answer;
    std::size_t end = 0;
    while ((end = m_buffer.find("\r\n\r\n")) == std::string::npos) {
        if (!fill())
            return answer;
    }
    answer.head = m_buffer.substr(0, end + 2);
    m_buffer.erase(0, end + 4);
    const bool chunked = answer.head.find("Transfer-Encoding: chunked") != std::string::npos;
    const std::size_t size = std::strtoul(std::string(valueOf(answer.head, "Content-Length: ")).c_str(), nullptr, 10);
    if (!(chunked ? readChunks(answer.body) : readBytes(size, answer.body)))
        return {};
    if (answer.head.starts_with("HTTP/1.1 ") && answer.head.size() > 12)
        answer.status = std::atoi(answer.head.substr(9, 3).c_str());
    return answer;
}

std::string StressSocket::takeRest()
{
    return std::exchange(m_buffer, {});
}

std::string upgradeRequest(std::string_view host, std::string_view token)
{
    return fmt::format("GET /api/v1/ws HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\n"
                       "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                       host, token);
}

std::string getRequest(std::string_view host, std::string_view target, std::string_view token)
{
    return fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\n\r\n", target, host, token);
}

std::string exportRequest(std::string_view host, std::string_view contentType, std::string_view body)
{
    return fmt::format("POST /v1/traces HTTP/1.1\r\nHost: {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n{}", host,
                       contentType, body.size(), body);
}

} // namespace tracedeck::stress
