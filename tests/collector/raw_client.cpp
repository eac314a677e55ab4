// SPDX-License-Identifier: GPL-3.0-or-later
#include "raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cstdint>

namespace tracedeck::test {

RawClient::RawClient(const std::string& address, int receiveBuffer)
    : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    const timeval limit{20, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(m_socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    if (receiveBuffer > 0)
        ::setsockopt(m_socket, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_socket, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
        ::close(m_socket);
        m_socket = -1;
    }
}

RawClient::~RawClient()
{
    if (m_socket >= 0)
        ::close(m_socket);
}

bool RawClient::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool RawClient::fill()
{
    std::array<char, 65536> piece{};
    const ssize_t got = ::recv(m_socket, piece.data(), piece.size(), 0);
    if (got <= 0)
        return false;
    m_buffer.append(piece.data(), static_cast<std::size_t>(got));
    return true;
}

bool RawClient::need(std::size_t bytes)
{
    while (m_buffer.size() < bytes) {
        if (!fill())
            return false;
    }
    return true;
}

std::string RawClient::take(std::size_t bytes)
{
    std::string taken = m_buffer.substr(0, bytes);
    m_buffer.erase(0, bytes);
    return taken;
}

bool RawClient::readChunks(std::string& body)
{
    for (;;) {
        std::size_t end = 0;
        while ((end = m_buffer.find("\r\n")) == std::string::npos) {
            if (!fill())
                return false;
        }
        const std::size_t size = std::stoul(take(end + 2), nullptr, 16);
        if (!need(size + 2))
            return false;
        body += take(size);
        take(2);
        if (size == 0)
            return true;
    }
}

RawResponse RawClient::read(bool headOnly)
{
    RawResponse response;
    std::size_t end = 0;
    while ((end = m_buffer.find("\r\n\r\n")) == std::string::npos) {
        if (!fill())
            return response;
    }
    const std::string head = take(end + 4);
    response.status = std::stoi(head.substr(9, 3));
    for (std::size_t at = head.find("\r\n") + 2; at + 2 < head.size();) {
        const std::size_t stop = head.find("\r\n", at);
        const std::string line = head.substr(at, stop - at);
        const std::size_t colon = line.find(": ");
        std::string name = line.substr(0, colon);
        for (char& c : name)
            c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
        response.fields[name] = line.substr(colon + 2);
        at = stop + 2;
    }
    if (headOnly || response.status == 100 || response.status == 101 || response.status == 304) {
        response.complete = true;
    } else if (response.fields.count("transfer-encoding") > 0) {
        response.complete = readChunks(response.body);
    } else if (response.fields.count("content-length") > 0) {
        const std::size_t size = std::stoul(response.fields["content-length"]);
        response.complete = need(size);
        response.body = take(size);
    } else {
        while (fill()) { }
        response.body = take(m_buffer.size());
        response.complete = true;
    }
    return response;
}

bool RawClient::closedByServer()
{
    const bool more = fill();
    return !more && m_buffer.empty() && errno != EAGAIN;
}

std::optional<std::string> RawClient::readMessage()
{
    std::string message; // comes in fragments when it is long
    for (;;) {
        if (!need(2))
            return std::nullopt;
        const std::string start = take(2);
        const int kind = start[0] & 0x0f;
        std::size_t size = static_cast<unsigned char>(start[1]) & 0x7fU;
        const std::size_t extra = size == 126 ? 2 : size == 127 ? 8 : 0;
        if (extra > 0) {
            if (!need(extra))
                return std::nullopt;
            size = 0;
            for (const char c : take(extra))
                size = size << 8U | static_cast<unsigned char>(c);
        }
        if (!need(size))
            return std::nullopt;
        std::string payload = take(size);
        if (kind <= 1)
            message += payload;
        if (kind <= 1 && (start[0] & 0x80) != 0)
            return message;
        if (kind == 8)
            return std::nullopt;
        if (kind == 9)
            send(std::string("\x8a") + static_cast<char>(0x80 | static_cast<int>(size)) + std::string(4, '\0')
                 + payload);
    }
}

std::string getRequest(std::string_view target, std::string_view token, std::string_view more)
{
    std::string text = "GET " + std::string(target) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    if (!token.empty())
        text += "Authorization: Bearer " + std::string(token) + "\r\n";
    return text + std::string(more) + "\r\n";
}

std::string postRequest(std::string_view target, std::string_view type, std::string_view body, std::string_view more)
{
    return "POST " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + std::string(type)
        + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + std::string(more) + "\r\n"
        + std::string(body);
}

std::string upgradeRequest(std::string_view target, std::string_view token, std::string_view more)
{
    return getRequest(target, token,
                      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                          + std::string(more));
}

} // namespace tracedeck::test
