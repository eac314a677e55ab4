// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/tls_front.h"

#include "collector/tcp_listener.h"
#include "tls_fixture.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <future>
#include <list>
#include <mutex>
#include <random>
#include <thread>

namespace tracedeck::test {
namespace {

/// What a server behind does with one connection: blocking, on a thread of its own.
using Behind = std::function<void(int socket)>;

void sendAll(int socket, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void echo(int socket)
{
    std::array<char, 7000> piece{};
    for (ssize_t got = 0; (got = ::recv(socket, piece.data(), piece.size(), 0)) > 0;)
        sendAll(socket, std::string_view(piece.data(), static_cast<std::size_t>(got)));
}

class TlsFrontTest : public testing::Test {
protected:
    void start(Behind behind)
    {
        m_behind = std::move(behind);
        auto identity = loadTlsIdentity(files.certificate(), files.key());
        ASSERT_TRUE(identity.ok()) << identity.error().what;
        front = std::make_unique<TlsFront>(std::move(identity).value(), counters, limits,
                                           [this](int socket, const std::string& peer) {
                                               // One that is gone already has no address.
                                               EXPECT_TRUE(peer.empty() || peer.starts_with("127.0.0.1:")) << peer;
                                               const std::lock_guard lock(m_mutex);
                                               m_servers.emplace_back([this, socket] {
                                                   m_behind(socket);
                                                   ::close(socket);
                                               });
                                           });
        m_listener = std::make_unique<TcpListener>([this](int socket) { front->adopt(socket); });
        address = *m_listener->listen("127.0.0.1", 0);
    }

    void TearDown() override
    {
        if (m_listener)
            m_listener->stop();
        if (front)
            front->stop(std::chrono::milliseconds(0));
        for (std::thread& server : m_servers)
            server.join();
    }

    std::string trusted() const { return files.content().certificatePem; }

    const TlsFiles files;
    ServerCounters counters;
    TlsLimits limits;
    std::unique_ptr<TlsFront> front;
    std::string address;

private:
    Behind m_behind;
    std::mutex m_mutex;
    std::list<std::thread> m_servers;
    std::unique_ptr<TcpListener> m_listener;
};

TEST_F(TlsFrontTest, CarriesBytesBothWaysUnchanged)
{
    start(echo);
    TlsClient client(address, trusted());
    ASSERT_TRUE(client.connected());
    EXPECT_EQ(client.version(), "TLSv1.3");
    std::mt19937 random(7);
    // What is under way fits into the buffers of the kernel, so writing all of it first does not block.
    for (const std::size_t size : {std::size_t{1}, std::size_t{16384}, std::size_t{16385}, std::size_t{100'000}}) {
        std::string sent(size, '\0');
        for (char& c : sent)
            c = static_cast<char>(random());
        ASSERT_TRUE(client.send(sent));
        EXPECT_EQ(client.read(size), sent);
    }
    EXPECT_EQ(counters.tlsConnections.load(), 1U);
    EXPECT_EQ(counters.tlsHandshakeFailures.load(), 0U);
}

TEST_F(TlsFrontTest, ALargeAnswerReachesASlowReaderWholeAndEndsProperly)
{
    const std::string answer(std::size_t{8} << 20U, 'x');
    limits.linger = std::chrono::milliseconds(20'000);
    start([&](int socket) { sendAll(socket, answer); });
    TlsClient client(address, trusted());
    ASSERT_TRUE(client.connected());
    std::size_t total = 0;
    while (total < answer.size()) {
        const std::string piece = client.read(50'000);
        if (piece.empty())
            break;
        total += piece.size();
    }
    EXPECT_EQ(total, answer.size());
    EXPECT_TRUE(client.endsProperly());
}

TEST_F(TlsFrontTest, AClientThatIsDoneSendingStillGetsItsAnswer)
{
    start([](int socket) {
        std::string all;
        std::array<char, 4096> piece{};
        for (ssize_t got = 0; (got = ::recv(socket, piece.data(), piece.size(), 0)) > 0;)
            all.append(piece.data(), static_cast<std::size_t>(got));
        sendAll(socket, "got " + std::to_string(all.size()));
    });
    TlsClient client(address, trusted());
    ASSERT_TRUE(client.send(std::string(10'000, 'a')));
    client.finishSending();
    EXPECT_EQ(client.readUntil("\n"), "got 10000");
    while (counters.tlsConnections.load() > 0)
        std::this_thread::yield();
}

TEST_F(TlsFrontTest, SilentAndStrangeClientsAreCut)
{
    limits.handshake = std::chrono::milliseconds(200);
    start(echo);
    std::array<char, 512> piece{};
    const int silent = connectPlain(address);
    EXPECT_LE(::recv(silent, piece.data(), piece.size(), 0), 0); // ends within the handshake limit
    ::close(silent);
    const int strange = connectPlain(address);
    sendAll(strange, "\x16\x03\x01\xff\xff this is no hello at all");
    while (::recv(strange, piece.data(), piece.size(), 0) > 0) { } // an alert at most
    ::close(strange);
    while (counters.tlsHandshakeFailures.load() < 2 || counters.tlsConnections.load() > 0)
        std::this_thread::yield();
    TlsClient good(address, trusted());
    EXPECT_TRUE(good.connected());
}

TEST_F(TlsFrontTest, PlainHttpIsToldWhereItIs)
{
    start(echo);
    const int plain = connectPlain(address);
    sendAll(plain, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    std::string answer;
    std::array<char, 512> piece{};
    for (ssize_t got = 0; (got = ::recv(plain, piece.data(), piece.size(), 0)) > 0;)
        answer.append(piece.data(), static_cast<std::size_t>(got));
    ::close(plain);
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 ")) << answer;
    EXPECT_TRUE(answer.ends_with("\r\n\r\nThis port speaks TLS: use https://.\n")) << answer;
}

TEST_F(TlsFrontTest, ConnectionsAreBoundedAndAllGivenBack)
{
    limits.connections = 3;
    start(echo);
    {
        std::list<TlsClient> clients;
        for (int i = 0; i < 3; ++i)
            EXPECT_TRUE(clients.emplace_back(address, trusted()).connected());
        EXPECT_FALSE(TlsClient(address, trusted()).connected());
        EXPECT_EQ(counters.httpConnectionsRefused.load(), 1U);
    }
    while (counters.tlsConnections.load() > 0)
        std::this_thread::yield();
    EXPECT_TRUE(TlsClient(address, trusted()).connected());
}

TEST_F(TlsFrontTest, StopDeliversWhatWasAnsweredAndCutsTheRest)
{
    std::promise<void> release;
    start([&](int socket) {
        release.get_future().wait();
        sendAll(socket, "answer");
    });
    TlsClient answered(address, trusted());
    ASSERT_TRUE(answered.connected());
    const int shaking = connectPlain(address);
    while (counters.tlsConnections.load() < 2)
        std::this_thread::yield();
    release.set_value();
    front->stop(std::chrono::milliseconds(5000)); // ends sooner, as soon as the answer is out
    EXPECT_EQ(answered.read(100), "answer");
    char byte = 0;
    EXPECT_LE(::recv(shaking, &byte, 1, 0), 0);
    ::close(shaking);
    EXPECT_EQ(counters.tlsConnections.load(), 0U);
}

} // namespace
} // namespace tracedeck::test
