// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/tls_connection.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/sslerr.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <utility>

namespace tracedeck {

TlsConnection::TlsConnection(ssl_ctx_st* context, int network) : m_network(network), m_tls(SSL_new(context), &SSL_free)
{
    m_broken = m_tls == nullptr || SSL_set_fd(m_tls.get(), network) != 1;
    if (!m_broken)
        SSL_set_accept_state(m_tls.get());
}

TlsConnection::~TlsConnection()
{
    m_tls.reset(); // before its socket
    ::close(m_network);
    if (m_stream >= 0)
        ::close(m_stream);
}

TlsConnection::Step TlsConnection::advance()
{
    if (m_broken)
        return Step::Over;
    if (!m_handshaken)
        return shakeHands();
    m_wantsWrite = false;
    // Each of these moves something on or answers false; together they end when no side can.
    for (bool moved = true; moved && !m_broken;) {
        moved = readNetwork();
        moved = writeStream() || moved;
        moved = readStream() || moved;
        moved = writeNetwork() || moved;
    }
    if (m_streamEnded && m_out.empty() && !std::exchange(m_saidGoodbye, true)) {
        SSL_shutdown(m_tls.get()); // one way: the client may still be sending
        ERR_clear_error();
        ::shutdown(m_network, SHUT_WR);
    }
    const bool delivered = m_streamEnded && m_out.empty();
    return m_broken || (delivered && (m_hungUp || m_networkEnded)) ? Step::Over : Step::Wait;
}

TlsConnection::Step TlsConnection::shakeHands()
{
    ERR_clear_error();
    const int outcome = SSL_do_handshake(m_tls.get());
    if (outcome == 1) {
        m_handshaken = true;
        return Step::HandshakeDone;
    }
    const bool plainHttp = ERR_GET_REASON(ERR_peek_error()) == SSL_R_HTTP_REQUEST;
    if (waitFor(outcome))
        return Step::Wait;
    if (plainHttp)
        explainPlainHttp();
    return Step::Over;
}

bool TlsConnection::waitFor(int outcome)
{
    const int reason = SSL_get_error(m_tls.get(), outcome);
    ERR_clear_error();
    if (reason == SSL_ERROR_WANT_WRITE)
        m_wantsWrite = true;
    else if (reason == SSL_ERROR_WANT_READ)
        m_wantsWrite = m_wantsWrite && m_handshaken;
    else
        m_broken = reason != SSL_ERROR_ZERO_RETURN;
    return !m_broken;
}

bool TlsConnection::readNetwork()
{
    if (m_networkEnded || m_broken || !m_in.empty())
        return false;
    ERR_clear_error();
    const int got = SSL_read(m_tls.get(), m_in.bytes.data(), static_cast<int>(m_in.bytes.size()));
    if (got > 0) {
        m_in.begin = 0;
        m_in.end = static_cast<std::size_t>(got);
        return true;
    }
    const bool ended = SSL_get_error(m_tls.get(), got) == SSL_ERROR_ZERO_RETURN;
    if (!waitFor(got) || !ended)
        return false;
    m_networkEnded = true;
    endStream();
    return true;
}

void TlsConnection::endStream()
{
    if (m_in.empty())
        ::shutdown(m_stream, SHUT_WR);
}

bool TlsConnection::writeStream()
{
    if (m_in.empty() || m_broken)
        return false;
    const ssize_t sent =
        ::send(m_stream, m_in.bytes.data() + m_in.begin, m_in.end - m_in.begin, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent > 0) {
        m_in.begin += static_cast<std::size_t>(sent);
        return true;
    }
    if (sent < 0 && errno != EAGAIN && errno != EINTR) { // nobody reads it any more
        m_in.begin = m_in.end;
        m_hungUp = true;
    }
    return false;
}

bool TlsConnection::readStream()
{
    if (m_streamEnded || m_broken || !m_out.empty())
        return false;
    const ssize_t got = ::recv(m_stream, m_out.bytes.data(), m_out.bytes.size(), MSG_DONTWAIT);
    if (got > 0) {
        m_out.begin = 0;
        m_out.end = static_cast<std::size_t>(got);
        return true;
    }
    m_streamEnded = got == 0 || (errno != EAGAIN && errno != EINTR);
    return m_streamEnded;
}

bool TlsConnection::writeNetwork()
{
    if (m_out.empty() || m_broken)
        return false;
    ERR_clear_error();
    const int sent =
        SSL_write(m_tls.get(), m_out.bytes.data() + m_out.begin, static_cast<int>(m_out.end - m_out.begin));
    if (sent > 0) {
        m_out.begin += static_cast<std::size_t>(sent);
        return true;
    }
    static_cast<void>(waitFor(sent)); // m_broken says the rest
    return false;
}

std::uint32_t TlsConnection::networkEvents() const
{
    const bool reads = !m_handshaken || (m_in.empty() && !m_networkEnded);
    return (reads ? static_cast<std::uint32_t>(EPOLLIN) : 0U)
        | (m_wantsWrite ? static_cast<std::uint32_t>(EPOLLOUT) : 0U);
}

std::uint32_t TlsConnection::streamEvents() const
{
    const bool reads = m_out.empty() && !m_streamEnded;
    return (reads ? static_cast<std::uint32_t>(EPOLLIN) : 0U)
        | (m_in.empty() ? 0U : static_cast<std::uint32_t>(EPOLLOUT));
}

void TlsConnection::explainPlainHttp() const
{
    constexpr std::string_view kAnswer = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\n"
                                         "Content-Length: 36\r\nConnection: close\r\n\r\n"
                                         "This port speaks TLS: use https://.\n";
    // A courtesy: whether it arrives changes nothing here.
    [[maybe_unused]] const ssize_t sent =
        ::send(m_network, kAnswer.data(), kAnswer.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    ::shutdown(m_network, SHUT_WR);
    std::array<char, 4096> unread{}; // closing with unread bytes would take the answer back
    while (::recv(m_network, unread.data(), unread.size(), MSG_DONTWAIT) > 0) { }
}

} // namespace tracedeck
