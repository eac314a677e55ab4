// SPDX-License-Identifier: GPL-3.0-or-later
// The same faults over every way to a server: Unix socket, TCP, TLS and WebSocket. Each ends in a reason or in
// bytes that arrived whole, never in a hang or in half an answer taken for a whole one.
#include "sources/engine_http_client.h"

#include "formats/engine_json.h"
#include "sources/pulse_socket.h"
#include "test_certificate.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QSslServer>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>
#include <functional>
#include <gtest/gtest.h>
#include <optional>

namespace tracedeck {
namespace {

constexpr int kFaultPatience = 30'000;
using Transport = EngineEndpoint::Transport;

/// One for all: making a key takes a while.
const test::TestCertificate& sharedCertificate()
{
    static const QTemporaryDir folder;
    static const test::TestCertificate certificate(folder.path());
    return certificate;
}

/// What a server does once a request came.
struct Script {
    QByteArray bytes;
    enum class Then : std::uint8_t { Keep, Close, Reset } then = Then::Keep;
};

/// One server behind any of the three stream transports that plays a script.
class ScriptedServer {
public:
    ScriptedServer(Transport transport, Script script) : m_script(std::move(script))
    {
        m_endpoint.transport = transport;
        m_endpoint.path = m_folder.filePath(QStringLiteral("x.sock"));
        m_endpoint.host = QStringLiteral("127.0.0.1");
        m_endpoint.trust.fingerprint = sharedCertificate().fingerprint();
        if (transport == Transport::UnixSocket) {
            m_local.listen(m_endpoint.path);
            QObject::connect(&m_local, &QLocalServer::newConnection, &m_local,
                             [this] { play(*m_local.nextPendingConnection()); });
            return;
        }
        QTcpServer& server = transport == Transport::Tls ? m_tls : m_tcp;
        m_tls.setSslConfiguration(sharedCertificate().serverConfiguration());
        server.listen(QHostAddress::LocalHost);
        m_endpoint.port = server.serverPort();
        QObject::connect(&server, &QTcpServer::pendingConnectionAvailable, &server, [this, &server] {
            while (QTcpSocket* socket = server.nextPendingConnection()) {
                play(*socket);
            }
        });
    }
    [[nodiscard]] const EngineEndpoint& endpoint() const { return m_endpoint; }
    void refuse()
    {
        m_local.close();
        m_tcp.close();
        m_tls.close();
    }

private:
    template <class Socket> void play(Socket& socket)
    {
        const auto answer = [this, &socket] {
            if (!socket.peek(64 << 10).contains("\r\n\r\n")) {
                return;
            }
            socket.readAll();
            socket.write(m_script.bytes);
            socket.flush();
            if (m_script.then == Script::Then::Reset) {
                socket.abort();
            } else if (m_script.then == Script::Then::Close) {
                socket.close();
            }
        };
        QObject::connect(&socket, &Socket::readyRead, &socket, answer);
        answer();
    }

    QTemporaryDir m_folder;
    Script m_script;
    EngineEndpoint m_endpoint;
    QLocalServer m_local;
    QTcpServer m_tcp;
    QSslServer m_tls;
};

struct StreamFault {
    const char* name;
    Script script;
    std::vector<ErrorCode> expected; ///< empty = an answer
};

const std::vector<StreamFault>& streamFaults()
{
    using Then = Script::Then;
    const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Length: ";
    static const std::vector<StreamFault> all{
        {"reset in the body", {head + "1000\r\n\r\nhalf", Then::Reset}, {ErrorCode::Unreachable, ErrorCode::Malformed}},
        {"end in the body", {head + "1000\r\n\r\nhalf", Then::Close}, {ErrorCode::Unreachable, ErrorCode::Malformed}},
        {"end before the head", {"", Then::Close}, {ErrorCode::Unreachable}},
        {"end inside a chunk",
         {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf", Then::Close},
         {ErrorCode::Unreachable, ErrorCode::Malformed}},
        {"silence", {"", Then::Keep}, {ErrorCode::TimedOut}},
        {"silence in the body", {head + "1000\r\n\r\nhalf", Then::Keep}, {ErrorCode::TimedOut}},
        {"another protocol", {"SSH-2.0-OpenSSH_9.2\r\n\r\n", Then::Keep}, {ErrorCode::Malformed}},
        {"a length that is none", {head + "many\r\n\r\nx", Then::Keep}, {ErrorCode::Malformed}},
        {"huge by its length",
         {head + "99999999999\r\n\r\n" + QByteArray(8192, 'x'), Then::Keep},
         {ErrorCode::TooLarge}},
        {"huge without a length",
         {"HTTP/1.1 200 OK\r\n\r\n" + QByteArray(1 << 20, 'x'), Then::Keep},
         {ErrorCode::TooLarge}},
        {"a head without end",
         {"HTTP/1.1 200 OK\r\nX: " + QByteArray(1 << 20, 'x'), Then::Keep},
         {ErrorCode::Malformed, ErrorCode::TooLarge}},
        {"bytes that are no text", {head + "4\r\n\r\n\xff\xfe\x80{", Then::Keep}, {}},
        {"a clock that goes back",
         {"HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nContent-Length: 2\r\n\r\n[]", Then::Keep},
         {}},
    };
    return all;
}

Result<EngineReply> askOnce(const EngineEndpoint& endpoint)
{
    EngineHttpClient client(endpoint);
    client.setSilenceMs(500);
    std::optional<Result<EngineReply>> out;
    client.get("/x", 64 << 10, [&](Result<EngineReply> reply) { out = std::move(reply); });
    EXPECT_TRUE(QTest::qWaitFor([&] { return out.has_value(); }, kFaultPatience));
    return out.value_or(Result<EngineReply>(makeError(ErrorCode::Internal, "test", "it hangs")));
}

class StreamTransport : public testing::TestWithParam<Transport> { };

TEST_P(StreamTransport, EveryFaultIsAReason)
{
    for (const StreamFault& fault : streamFaults()) {
        const ScriptedServer server(GetParam(), fault.script);
        const Result<EngineReply> reply = askOnce(server.endpoint());
        if (fault.expected.empty()) {
            EXPECT_TRUE(reply.ok()) << fault.name << ": " << reply.error().what;
        } else {
            ASSERT_FALSE(reply.ok()) << fault.name;
            EXPECT_NE(std::find(fault.expected.begin(), fault.expected.end(), reply.error().code), fault.expected.end())
                << fault.name << ": " << reply.error().what;
            EXPECT_FALSE(reply.error().what.empty()) << fault.name;
        }
    }
}

TEST_P(StreamTransport, NobodyThereIsAReason)
{
    ScriptedServer server(GetParam(), {});
    server.refuse();
    const Result<EngineReply> reply = askOnce(server.endpoint());
    ASSERT_FALSE(reply.ok());
    EXPECT_EQ(reply.error().code, ErrorCode::Unreachable) << reply.error().what;
}

TEST_P(StreamTransport, BytesThatAreNoTextAreNoList)
{
    const ScriptedServer server(GetParam(),
                                {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n[\"\xff\"]", Script::Then::Keep});
    const Result<EngineReply> reply = askOnce(server.endpoint());
    ASSERT_TRUE(reply.ok());
    EXPECT_FALSE(decodeEngineContainers(reply->body).ok());
}

INSTANTIATE_TEST_SUITE_P(All, StreamTransport, testing::Values(Transport::UnixSocket, Transport::Tcp, Transport::Tls));

/// A WebSocket server that does one wrong thing to whoever connects.
class WebSocketTransport : public testing::Test {
protected:
    WebSocketTransport() : m_server(QStringLiteral("pulse"), QWebSocketServer::NonSecureMode)
    {
        m_server.listen(QHostAddress::LocalHost);
        m_setup.endpoint.transport = Transport::Tcp;
        m_setup.endpoint.host = QStringLiteral("127.0.0.1");
        m_setup.endpoint.port = m_server.serverPort();
    }
    QWebSocket* accept()
    {
        EXPECT_TRUE(QTest::qWaitFor([this] { return m_server.hasPendingConnections(); }, kFaultPatience));
        return m_server.nextPendingConnection();
    }

    QWebSocketServer m_server;
    PulseSetup m_setup;
};

TEST_F(WebSocketTransport, AnEndIsToldAndAnotherConnectionFollows)
{
    PulseSocket socket(m_setup);
    const QSignalSpy closed(&socket, &PulseSocket::closed);
    socket.open();
    const std::unique_ptr<QWebSocket> first(accept());
    ASSERT_TRUE(QTest::qWaitFor([&] { return socket.isOpen(); }, kFaultPatience));
    first->abort();
    ASSERT_TRUE(QTest::qWaitFor([&] { return closed.count() == 1; }, kFaultPatience));
    EXPECT_FALSE(socket.isOpen());
    const std::unique_ptr<QWebSocket> second(accept());
    EXPECT_NE(second, nullptr);
}

TEST_F(WebSocketTransport, BinaryAndHugeFramesAreNotHandedOn)
{
    PulseSocket socket(m_setup);
    const QSignalSpy received(&socket, &PulseSocket::received);
    const QSignalSpy closed(&socket, &PulseSocket::closed);
    socket.open();
    const std::unique_ptr<QWebSocket> peer(accept());
    peer->sendBinaryMessage(QByteArray(1000, '\xff'));
    peer->sendTextMessage(QStringLiteral("{\"type\":\"ping\"}"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return received.count() == 1; }, kFaultPatience));
    peer->sendTextMessage(QString(static_cast<qsizetype>(PulseSocket::kMaxFrame) + 1, u'x'));
    ASSERT_TRUE(QTest::qWaitFor([&] { return closed.count() == 1; }, kFaultPatience));
    EXPECT_EQ(received.count(), 1);
}

TEST_F(WebSocketTransport, NobodyThereOrSomethingElseIsTriedAgainLater)
{
    m_server.close();
    PulseSocket socket(m_setup);
    const QSignalSpy closed(&socket, &PulseSocket::closed);
    socket.open();
    ASSERT_TRUE(QTest::qWaitFor([&] { return closed.count() >= 1; }, kFaultPatience));
    EXPECT_FALSE(socket.isOpen());
    const ScriptedServer other(Transport::Tcp, {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", Script::Then::Close});
    PulseSetup setup;
    setup.endpoint = other.endpoint();
    PulseSocket lost(setup);
    const QSignalSpy refused(&lost, &PulseSocket::closed);
    lost.open();
    EXPECT_TRUE(QTest::qWaitFor([&] { return refused.count() >= 1; }, kFaultPatience));
    EXPECT_FALSE(lost.isOpen());
}

} // namespace
} // namespace tracedeck
