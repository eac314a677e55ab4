// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connection_set.h"

#include "app/secret_store.h"
#include "app/settings_store.h"
#include "app/source_diagnosis.h"
#include "core/log.h"
#include "refresh/poller.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <algorithm>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

ConnectionSpec dockerAt(const char* address)
{
    ConnectionSpec spec;
    spec.address = QString::fromUtf8(address);
    return spec;
}

class ConnectionSetTest : public testing::Test {
protected:
    ConnectionSetTest() { m_io.start(); }
    ~ConnectionSetTest() override
    {
        m_set.reset();
        m_poller.reset();
        m_io.quit();
        m_io.wait();
    }
    ConnectionSetTest(const ConnectionSetTest&) = delete;
    ConnectionSetTest& operator=(const ConnectionSetTest&) = delete;

    void begin()
    {
        m_poller = std::make_unique<Poller>();
        m_set = std::make_unique<ConnectionSet>(*m_poller, m_io, m_settings, m_secrets);
        m_set->start(false);
    }
    [[nodiscard]] QStringList running() const
    {
        QStringList ids;
        for (const SourceStatus& source : m_poller->sources()) {
            ids.append(QString::fromStdString(source.instance));
        }
        return ids;
    }
    [[nodiscard]] QJsonArray saved() const { return m_settings.ownValue(QStringLiteral("connections")).toArray(); }

    QThread m_io;
    SettingsStore m_settings{QString()};
    SecretStore m_secrets{QString(), false};
    std::unique_ptr<Poller> m_poller;
    std::unique_ptr<ConnectionSet> m_set;
};

TEST_F(ConnectionSetTest, AddsChangesPausesAndRemoves)
{
    begin();
    const QSignalSpy changed(m_set.get(), &ConnectionSet::changed);
    ASSERT_TRUE(m_set->put(dockerAt("/nonexistent/a.sock"), {}).ok());
    const QString id = QStringLiteral("docker:/nonexistent/a.sock");
    EXPECT_EQ(running(), QStringList{id});
    EXPECT_EQ(saved().size(), 1);
    ConnectionSpec other = *m_set->find(id);
    other.label = QStringLiteral("Box");
    ASSERT_TRUE(m_set->put(other, {}).ok());
    EXPECT_EQ(running(), QStringList{id}) << "changed, not doubled";
    EXPECT_EQ(m_poller->sources().at(0).label, "Box");
    m_set->setPaused(id, true);
    EXPECT_EQ(m_poller->sources().at(0).state.phase, SourceState::Phase::Paused);
    EXPECT_TRUE(saved().at(0).toObject().value(u"paused").toBool());
    ASSERT_TRUE(m_set->remove(id).ok());
    EXPECT_TRUE(running().isEmpty());
    EXPECT_TRUE(saved().isEmpty());
    EXPECT_FALSE(m_set->remove(id).ok());
    EXPECT_EQ(changed.count(), 4);
}

TEST_F(ConnectionSetTest, StartsWhatTheSettingsHoldAndTellsAboutTheRest)
{
    m_settings.setValue(QStringLiteral("connections"),
                        QJsonArray{connectionToJson(dockerAt("/nonexistent/a.sock")),
                                   connectionToJson(dockerAt("/nonexistent/a.sock")),
                                   QJsonObject{{QStringLiteral("kind"), QStringLiteral("vms")}}});
    begin();
    EXPECT_EQ(running().size(), 1);
    EXPECT_EQ(m_set->problems().size(), 2) << "one twice, one not understood";
}

TEST_F(ConnectionSetTest, TheTeamsConnectionsCanBePausedOnly)
{
    TeamSettings team;
    ConnectionSpec spec = dockerAt("/nonexistent/team.sock");
    spec.id = QStringLiteral("docker:team");
    team.values.insert(QStringLiteral("connections"), QJsonArray{connectionToJson(spec)});
    m_settings.setTeam(team);
    begin();
    ASSERT_NE(m_set->find(spec.id), nullptr);
    EXPECT_TRUE(m_set->find(spec.id)->locked);
    EXPECT_FALSE(m_set->put(spec, {}).ok());
    EXPECT_FALSE(m_set->remove(spec.id).ok());
    m_set->setPaused(spec.id, true);
    EXPECT_TRUE(m_set->find(spec.id)->paused);
    EXPECT_TRUE(saved().isEmpty()) << "it is not the user's";
    m_set.reset();
    begin();
    EXPECT_TRUE(m_set->find(spec.id)->paused) << "at the next start too";
    m_set->setPaused(spec.id, false);
    m_set.reset();
    begin();
    EXPECT_FALSE(m_set->find(spec.id)->paused);
}

/// A program that prints "token-1", then "token-2" …
QStringList countingCommand(const QTemporaryDir& folder)
{
    QFile script(folder.filePath(QStringLiteral("token.sh")));
    EXPECT_TRUE(script.open(QIODevice::WriteOnly));
    const QByteArray count = folder.filePath(QStringLiteral("count")).toUtf8();
    script.write("echo x >> " + count + "\necho token-$(wc -l < " + count + ")\n");
    return {QStringLiteral("sh"), script.fileName()};
}

TEST_F(ConnectionSetTest, AnEngineBehindAServerGetsTheTokenOfItsCommandAndANewOneWhenItRanOut)
{
    const QTemporaryDir folder;
    QStringList heads;
    QTcpServer server;
    ASSERT_TRUE(server.listen(QHostAddress::LocalHost));
    QObject::connect(&server, &QTcpServer::newConnection, &server, [&] {
        while (QTcpSocket* socket = server.nextPendingConnection()) {
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [&heads, socket] {
                heads.append(QString::fromUtf8(socket->readAll()));
                socket->write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
            });
        }
    });
    begin();
    m_poller->start();
    m_set->setRenewMs(0);
    ConnectionSpec spec = dockerAt(QStringLiteral("tcp://127.0.0.1:%1").arg(server.serverPort()).toUtf8().constData());
    spec.tokenCommand = countingCommand(folder);
    ASSERT_TRUE(m_set->put(spec, {}).ok());
    const auto sent = [&](const char* token) {
        return std::any_of(heads.cbegin(), heads.cend(), [&](const QString& head) {
            return head.contains(QStringLiteral("Authorization: Bearer ") + QString::fromUtf8(token)
                                 + QStringLiteral("\r\n"));
        });
    };
    EXPECT_TRUE(QTest::qWaitFor([&] { return sent("token-1"); }, 30'000));
    EXPECT_TRUE(QTest::qWaitFor([&] { return sent("token-2"); }, 30'000)) << "asked again after the refusal";
}

TEST_F(ConnectionSetTest, ATokenGoesToTheSecretStoreAndNowhereElse)
{
    begin();
    ConnectionSpec pulse;
    pulse.kind = ConnectionKind::Pulse;
    pulse.address = QStringLiteral("http://127.0.0.1:1");
    ASSERT_TRUE(m_set->put(pulse, QStringLiteral("s3cret")).ok());
    const QString id = QStringLiteral("pulse:http://127.0.0.1:1");
    EXPECT_EQ(running(), QStringList{id});
    QString kept;
    m_secrets.read(id, [&](const QString& secret) { kept = secret; });
    EXPECT_EQ(kept, QStringLiteral("s3cret"));
    EXPECT_FALSE(QString::fromUtf8(QJsonDocument(saved()).toJson()).contains(QStringLiteral("s3cret")));
    ASSERT_TRUE(m_set->put(*m_set->find(id), {}).ok());
    m_secrets.read(id, [&](const QString& secret) { kept = secret; });
    EXPECT_EQ(kept, QStringLiteral("s3cret")) << "an empty token leaves the kept one alone";
    ASSERT_TRUE(m_set->remove(id).ok());
    m_secrets.read(id, [&](const QString& secret) { kept = secret; });
    EXPECT_EQ(kept, QString());
}

TEST_F(ConnectionSetTest, ATokenThatAServerRepeatsIsNowhereToBeRead)
{
    const QString secret = QStringLiteral("zx81-s3cret");
    const QTemporaryDir folder;
    int answered = 0;
    QTcpServer server;
    ASSERT_TRUE(server.listen(QHostAddress::LocalHost));
    QObject::connect(&server, &QTcpServer::newConnection, &server, [&] {
        while (QTcpSocket* socket = server.nextPendingConnection()) {
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [&, socket] {
                const QByteArray head = socket->readAll();
                const QByteArray body = "{\"message\":\"no: " + head.toPercentEncoding(" -:,./*") + " "
                    + (head.contains("zx81-s3cret") ? "zx81-s3cret" : "") + "\"}";
                answered += head.contains("zx81-s3cret") ? 1 : 0;
                socket->write("HTTP/1.1 403 Forbidden\r\nContent-Length: " + QByteArray::number(body.size())
                              + "\r\n\r\n" + body);
            });
        }
    });
    begin();
    m_poller->start();
    for (const ConnectionKind kind : {ConnectionKind::Docker, ConnectionKind::Pulse}) {
        ConnectionSpec spec;
        spec.kind = kind;
        spec.address = QStringLiteral("http://127.0.0.1:%1").arg(server.serverPort());
        ASSERT_TRUE(m_set->put(spec, secret).ok());
    }
    const auto bothFailed = [&] {
        const auto states = m_poller->sources();
        return states.size() == 2 && std::all_of(states.begin(), states.end(), [](const SourceStatus& source) {
                   return source.state.consecutiveFailures > 0;
               });
    };
    ASSERT_TRUE(QTest::qWaitFor(bothFailed, 30'000));
    EXPECT_GE(answered, 2) << "both sent it";
    std::string everything =
        diagnosticsText(m_set->connections(), m_poller->sources(), m_secrets.placeText()).toStdString();
    for (const SourceStatus& source : m_poller->sources()) {
        everything += source.state.reason;
    }
    for (const std::string& line : Log::recentLines()) {
        everything += line;
    }
    everything += QJsonDocument(saved()).toJson().toStdString();
    EXPECT_NE(everything.find("127.0.0.1"), std::string::npos);
    EXPECT_EQ(everything.find(secret.toStdString()), std::string::npos) << everything;
}

TEST_F(ConnectionSetTest, NobodyKnowsAContainerBeforeAnEngineListedIt)
{
    begin();
    ASSERT_TRUE(m_set->put(dockerAt("/nonexistent/a.sock"), {}).ok());
    EXPECT_EQ(m_set->accessFor(QStringLiteral("0123456789abcdef")), nullptr);
}

} // namespace
} // namespace tracedeck
