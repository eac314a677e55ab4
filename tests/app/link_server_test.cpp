// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/link_server.h"

#include <QFileInfo>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <future>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace tracedeck;

namespace {

/// Hands over from another thread, as the second program would, while this one serves.
bool handOver(const QString& dataDir, const LinkMessage& message)
{
    std::future<bool> answer = std::async(std::launch::async, [&] { return handOverLink(dataDir, message); });
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }, 10'000));
    return answer.get();
}

class LinkServerTest : public testing::Test {
protected:
    QTemporaryDir m_dir;
    std::vector<LinkMessage> m_received;
    LinkServer m_server;

    bool listen()
    {
        QObject::connect(&m_server, &LinkServer::received, &m_server,
                         [this](const LinkMessage& message) { m_received.push_back(message); });
        return m_server.listen(m_dir.path());
    }
};

} // namespace

TEST_F(LinkServerTest, ALinkArrivesAsItWasSent)
{
    ASSERT_TRUE(listen());
    EXPECT_EQ(QFileInfo(m_server.path()).permissions() & (QFile::ReadOther | QFile::WriteOther | QFile::ReadGroup),
              QFile::Permissions());
    const LinkMessage message{QStringLiteral("tracedeck://workloads?q=ü"), QStringLiteral("token-1")};
    EXPECT_TRUE(handOver(m_dir.path(), message));
    ASSERT_EQ(m_received.size(), 1U);
    EXPECT_EQ(m_received.front(), message);
}

TEST_F(LinkServerTest, NobodyThereIsSaidAtOnce)
{
    EXPECT_FALSE(handOverLink(m_dir.path(), {QStringLiteral("tracedeck://traces"), {}}));
    EXPECT_FALSE(handOverLink(m_dir.filePath(QStringLiteral("missing")), {QStringLiteral("x"), {}}));
}

TEST_F(LinkServerTest, OneWindowServesAndALeftSocketIsReplaced)
{
    ASSERT_TRUE(listen());
    LinkServer second;
    EXPECT_FALSE(second.listen(m_dir.path())) << "the first one still serves";
    const QTemporaryDir other;
    {
        // A socket whose process was killed: bound, but nobody listens.
        const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        const QByteArray path = linkSocketPath(other.path()).toLocal8Bit();
        qstrncpy(address.sun_path, path.constData(), sizeof(address.sun_path));
        ASSERT_EQ(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
        ::close(fd);
    }
    LinkServer third;
    EXPECT_TRUE(third.listen(other.path()));
    EXPECT_TRUE(handOver(other.path(), {QStringLiteral("tracedeck://traces"), {}}));
}

TEST_F(LinkServerTest, WrongTextIsRefusedAndServingGoesOn)
{
    ASSERT_TRUE(listen());
    for (const QByteArray& wrong :
         {QByteArray("GET / HTTP/1.1\r\n\n\n"), QByteArray("\n\n"), QByteArray(kLongestLinkMessage + 10, 'x')}) {
        QLocalSocket socket;
        socket.connectToServer(m_server.path());
        socket.write(wrong);
        ASSERT_TRUE(QTest::qWaitFor([&] { return socket.bytesAvailable() >= 3; })) << wrong.left(10).toStdString();
        EXPECT_EQ(socket.readAll(), QByteArray("no\n"));
    }
    EXPECT_TRUE(m_received.empty());
    EXPECT_TRUE(handOver(m_dir.path(), {QStringLiteral("tracedeck://traces"), {}}));
}

TEST(LinkSocketTest, LongDirectoriesGetAShortPath)
{
    const QString deep = QStringLiteral("/") + QString(200, u'd');
    EXPECT_LT(linkSocketPath(deep).size(), 100);
    EXPECT_NE(linkSocketPath(deep), linkSocketPath(deep + u'e'));
    EXPECT_EQ(linkSocketPath(QStringLiteral("/data")), QStringLiteral("/data/window.sock"));
}

RC_GTEST_PROP(LinkMessageProperty, RoundTrips, (std::string link, std::string token))
{
    const auto clean = [](const std::string& text) { return QString::fromLatin1(text.c_str()).replace(u'\n', u' '); };
    const LinkMessage message{u'l' + clean(link), clean(token)};
    RC_ASSERT(decodeLinkMessage(encodeLinkMessage(message)) == message);
}
