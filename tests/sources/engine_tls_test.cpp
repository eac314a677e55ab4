// SPDX-License-Identifier: GPL-3.0-or-later
// TLS with a certificate nobody vouches for: refused, shown, pinned, changed.
#include "sources/connection_probe.h"

#include "test_certificate.h"

#include <QSslServer>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>
#include <optional>

namespace tracedeck {
namespace {

constexpr int kTlsPatience = 30'000;

/// An engine behind TLS that remembers whether it was asked anything.
class TlsEngine {
public:
    explicit TlsEngine(const QTemporaryDir& folder) : m_certificate(folder.path())
    {
        m_server.setSslConfiguration(m_certificate.serverConfiguration());
        QObject::connect(&m_server, &QTcpServer::pendingConnectionAvailable, &m_server, [this] {
            while (QTcpSocket* socket = m_server.nextPendingConnection()) {
                QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { answer(*socket); });
                if (socket->bytesAvailable() > 0) { // came with the end of the handshake, before anybody listened
                    answer(*socket);
                }
            }
        });
        m_ready = m_certificate.isReady() && m_server.listen(QHostAddress::LocalHost);
    }
    [[nodiscard]] bool isReady() const { return m_ready; }
    [[nodiscard]] QString fingerprint() const { return m_certificate.fingerprint(); }
    [[nodiscard]] QString caFile() const { return m_certificate.file(); }
    [[nodiscard]] EngineEndpoint endpoint(const TlsTrust& trust) const
    {
        EngineEndpoint endpoint;
        endpoint.transport = EngineEndpoint::Transport::Tls;
        endpoint.host = QStringLiteral("127.0.0.1");
        endpoint.port = m_server.serverPort();
        endpoint.trust = trust;
        return endpoint;
    }
    [[nodiscard]] int requests() const { return m_requests; }

private:
    void answer(QTcpSocket& socket)
    {
        const QByteArray head = socket.readAll();
        m_requests += static_cast<int>(head.count("GET "));
        const QByteArray body = head.contains("/containers/json") ? "[]" : "OK";
        socket.write("HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Length: " + QByteArray::number(body.size())
                     + "\r\n\r\n" + body);
    }

    test::TestCertificate m_certificate;
    QSslServer m_server;
    bool m_ready = false;
    int m_requests = 0;
};

class EngineTls : public testing::Test {
protected:
    void SetUp() override
    {
        if (!m_engine.isReady()) {
            GTEST_SKIP() << "not run: openssl makes no certificate here";
        }
    }
    Result<EngineReply> ask(const TlsTrust& trust)
    {
        EngineHttpClient client(m_engine.endpoint(trust));
        std::optional<Result<EngineReply>> out;
        client.get("/_ping", 1000, [&](Result<EngineReply> reply) { out = std::move(reply); });
        EXPECT_TRUE(QTest::qWaitFor([&] { return out.has_value(); }, kTlsPatience));
        return out.value_or(Result<EngineReply>(makeError(ErrorCode::TimedOut, "test", "no answer")));
    }
    ProbeReport probe(const TlsTrust& trust)
    {
        std::optional<ProbeReport> out;
        ConnectionProbe one({m_engine.endpoint({}).text(), trust, {}},
                            [&](const ProbeReport& report) { out = report; });
        one.start();
        EXPECT_TRUE(QTest::qWaitFor([&] { return out.has_value(); }, kTlsPatience));
        return out.value_or(ProbeReport());
    }

    QTemporaryDir m_folder;
    TlsEngine m_engine{m_folder};
};

TEST_F(EngineTls, ACertificateNobodyVouchesForIsRefusedBeforeAnythingIsSent)
{
    const auto reply = ask({});
    ASSERT_FALSE(reply.ok());
    EXPECT_EQ(reply.error().code, ErrorCode::PermissionDenied) << reply.error().what;
    EXPECT_EQ(m_engine.requests(), 0);
}

TEST_F(EngineTls, ItsPinOrItsAuthorityLetsItIn)
{
    TlsTrust pinned;
    pinned.fingerprint = m_engine.fingerprint().toLower().remove(u':');
    const auto byPin = ask(pinned);
    EXPECT_TRUE(byPin.ok()) << byPin.error().what;
    TlsTrust authority;
    authority.caFile = m_engine.caFile();
    EXPECT_TRUE(ask(authority).ok());
}

TEST_F(EngineTls, AValidCertificateThatIsNotThePinnedOneIsRefused)
{
    TlsTrust trust;
    trust.caFile = m_engine.caFile();
    trust.fingerprint = QStringLiteral("00:11");
    EXPECT_FALSE(ask(trust).ok());
    EXPECT_EQ(m_engine.requests(), 0) << "nothing was sent";
}

TEST_F(EngineTls, TheDiagnosisShowsWhatToPinAndNoticesAChange)
{
    const ProbeReport unknown = probe({});
    EXPECT_TRUE(unknown.certificateUnknown);
    EXPECT_FALSE(unknown.passed());
    EXPECT_EQ(unknown.fingerprint, m_engine.fingerprint());
    EXPECT_TRUE(unknown.certificate.contains(QStringLiteral("engine.test")));
    TlsTrust pinned;
    pinned.fingerprint = unknown.fingerprint;
    const ProbeReport fine = probe(pinned);
    EXPECT_TRUE(fine.passed()) << fine.steps.back().text.toStdString();
    EXPECT_EQ(fine.kind, QStringLiteral("docker"));
    pinned.fingerprint = QStringLiteral("00:11");
    const ProbeReport changed = probe(pinned);
    EXPECT_TRUE(changed.certificateChanged);
    EXPECT_FALSE(changed.passed());
    EXPECT_EQ(changed.fingerprint, m_engine.fingerprint());
}

} // namespace
} // namespace tracedeck
