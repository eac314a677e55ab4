// SPDX-License-Identifier: GPL-3.0-or-later
#include "canned_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace tracedeck::test {

CannedServer::CannedServer(std::function<std::string(const std::string&)> answer)
    : m_answer(std::move(answer)), m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(m_listener, reinterpret_cast<const sockaddr*>(&address), size);
    ::listen(m_listener, 16);
    ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size);
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { run(); });
}

CannedServer::~CannedServer()
{
    m_stopping = true;
    ::shutdown(m_listener, SHUT_RDWR);
    m_thread.join();
    ::close(m_listener);
    for (const int socket : m_silent)
        ::close(socket);
}

std::string CannedServer::address() const
{
    return "127.0.0.1:" + std::to_string(m_port);
}

std::vector<std::string> CannedServer::heads() const
{
    const std::lock_guard lock(m_mutex);
    return m_heads;
}

void CannedServer::run()
{
    while (!m_stopping) {
        const int socket = ::accept(m_listener, nullptr, nullptr);
        if (socket < 0)
            return;
        std::string head;
        std::array<char, 4096> piece{};
        while (head.find("\r\n\r\n") == std::string::npos) {
            const ssize_t got = ::recv(socket, piece.data(), piece.size(), 0);
            if (got <= 0)
                break;
            head.append(piece.data(), static_cast<std::size_t>(got));
        }
        {
            const std::lock_guard lock(m_mutex);
            m_heads.push_back(head);
        }
        const std::string answer = m_answer(head);
        if (answer == "hang") {
            m_silent.push_back(socket);
            continue;
        }
        std::size_t sent = 0;
        while (sent < answer.size()) {
            const ssize_t n = ::send(socket, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
            if (n <= 0)
                break;
            sent += static_cast<std::size_t>(n);
        }
        ::close(socket);
    }
}

std::string cannedAnswer(int status, const std::string& body, const std::string& fields)
{
    return "HTTP/1.1 " + std::to_string(status) + " Text\r\nContent-Type: application/json\r\nConnection: close\r\n"
        + fields + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

} // namespace tracedeck::test
