// SPDX-License-Identifier: GPL-3.0-or-later
// Which way a source's connections go: the system's proxy, none, or its own; and what Test says about it.
#include "sources/proxy_choice.h"

#include "canned_server.h"
#include "connect_proxy.h"
#include "fake_pulse.h"
#include "sources/connection_probe.h"
#include "sources/pulse_socket.h"

#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>
#include <optional>

namespace tracedeck {
namespace {

using test::cannedAnswer;
using test::CannedServer;
using test::ConnectProxy;

/// Sets an environment variable for one test.
class Variable {
public:
    Variable(const char* name, const QString& value)
        : m_name(name), m_before(qgetenv(name)), m_was(qEnvironmentVariableIsSet(name))
    {
        qputenv(name, value.toUtf8());
    }
    ~Variable() { m_was ? (void)qputenv(m_name, m_before) : (void)qunsetenv(m_name); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

private:
    const char* m_name;
    QByteArray m_before;
    bool m_was;
};

EngineEndpoint endpointAt(const QString& host, const QString& proxy = {})
{
    EngineEndpoint endpoint;
    endpoint.transport = EngineEndpoint::Transport::Tcp;
    endpoint.host = host;
    endpoint.port = 2375;
    endpoint.proxy = proxy;
    return endpoint;
}

ProbeReport probeThrough(const QString& address, const QString& proxy, const QString& token = {})
{
    std::optional<ProbeReport> report;
    ConnectionProbe one({address, {}, token, proxy}, [&](const ProbeReport& done) { report = done; });
    one.start();
    EXPECT_TRUE(QTest::qWaitFor([&] { return report.has_value(); }, 30'000));
    return report.value_or(ProbeReport());
}

QString stepsOf(const ProbeReport& report)
{
    QStringList out;
    for (const ProbeStep& step : report.steps) {
        out.append(step.name);
    }
    return out.join(u' ');
}

QString portOf(const CannedServer& server)
{
    return QString::fromStdString(server.address()).section(u':', 1);
}

std::string pulseOrNothing(const std::string& head)
{
    return head.find("/api/resources") == std::string::npos ? cannedAnswer(404, "")
                                                            : cannedAnswer(200, R"({"data":[],"meta":{"total":0}})");
}

TEST(ProxyChoice, IsWrittenInThreeWays)
{
    for (const char* good : {"", "none", "http://proxy:3128", "http://proxy/", "socks5://[::1]:1080"}) {
        EXPECT_TRUE(isProxyText(QString::fromUtf8(good))) << good;
    }
    for (const char* bad :
         {"proxy", "proxy:3128", "https://proxy", "http://me:pw@proxy", "http://", "http://p/path", "http://p?x"}) {
        EXPECT_FALSE(isProxyText(QString::fromUtf8(bad))) << bad;
    }
}

TEST(ProxyChoice, TheOwnSettingGoesBeforeTheSystems)
{
    const Variable system("http_proxy", QStringLiteral("http://system.test:8080"));
    const Variable secure("https_proxy", QStringLiteral("http://system.test:8443"));
    const Variable except("no_proxy", QStringLiteral("inside.test"));
    const ProxyChoice chosen = proxyOf(endpointAt(QStringLiteral("far.test")));
    EXPECT_EQ(chosen.proxy.hostName(), QStringLiteral("system.test"));
    EXPECT_EQ(chosen.proxy.port(), 8080);
    EXPECT_EQ(chosen.origin, ProxyChoice::Origin::System);
    EngineEndpoint tls = endpointAt(QStringLiteral("far.test"));
    tls.transport = EngineEndpoint::Transport::Tls;
    EXPECT_EQ(proxyOf(tls).proxy.port(), 8443);
    EXPECT_FALSE(proxyOf(endpointAt(QStringLiteral("inside.test"))).isUsed());
    EXPECT_FALSE(proxyOf(endpointAt(QStringLiteral("127.0.0.1"))).isUsed()) << "this machine needs none";
    EXPECT_FALSE(proxyOf(endpointAt(QStringLiteral("far.test"), QStringLiteral("none"))).isUsed());
    const ProxyChoice own = proxyOf(endpointAt(QStringLiteral("127.0.0.1"), QStringLiteral("socks5://mine")));
    EXPECT_EQ(own.proxy.type(), QNetworkProxy::Socks5Proxy);
    EXPECT_EQ(own.proxy.port(), 1080);
    EXPECT_EQ(own.origin, ProxyChoice::Origin::Settings);
    EngineEndpoint socket;
    socket.path = QStringLiteral("/run/docker.sock");
    EXPECT_FALSE(proxyOf(socket).isUsed());
}

TEST(ProxyChoice, ATestGoesThroughItAndSaysSo)
{
    CannedServer server(pulseOrNothing);
    ConnectProxy proxy;
    const QString address = QStringLiteral("http://known-to-the-proxy-only.test:") + portOf(server);
    const ProbeReport report = probeThrough(address, proxy.text());
    EXPECT_TRUE(report.passed()) << stepsOf(report).toStdString();
    EXPECT_EQ(stepsOf(report), QStringLiteral("Address Proxy Connection Answer Access"));
    EXPECT_TRUE(report.steps[1].text.contains(QStringLiteral("as set for this source")));
    EXPECT_EQ(proxy.wanted().value(0), QStringLiteral("known-to-the-proxy-only.test:") + portOf(server));
    const Variable system("http_proxy", proxy.text());
    EXPECT_TRUE(probeThrough(address, {}).steps.at(1).text.contains(QStringLiteral("as this system says")));
    const qsizetype before = proxy.wanted().size();
    EXPECT_EQ(stepsOf(probeThrough(address, QStringLiteral("none"))), QStringLiteral("Address Name"));
    EXPECT_EQ(proxy.wanted().size(), before);
}

TEST(ProxyChoice, AProxyThatFailsIsTheStepThatFails)
{
    ConnectProxy proxy;
    proxy.refusal = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n";
    const ProbeReport gone = probeThrough(QStringLiteral("http://far.test:1"), QStringLiteral("http://127.0.0.1:1"));
    EXPECT_EQ(stepsOf(gone), QStringLiteral("Address Proxy Proxy"));
    EXPECT_FALSE(gone.passed());
    EXPECT_FALSE(probeThrough(QStringLiteral("http://far.test:1"), proxy.text()).passed());
    proxy.refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                    "Content-Length: 0\r\n\r\n";
    const ProbeReport locked = probeThrough(QStringLiteral("http://far.test:1"), proxy.text());
    EXPECT_TRUE(locked.steps.back().text.contains(QStringLiteral("not supported")))
        << locked.steps.back().text.toStdString();
    EXPECT_EQ(stepsOf(probeThrough(QStringLiteral("http://far.test:1"), QStringLiteral("proxy:1"))),
              QStringLiteral("Address"));
}

TEST(ProxyChoice, ThePulseSocketGoesTheSameWay)
{
    test::FakePulse server(3);
    ConnectProxy proxy;
    PulseSetup setup;
    setup.endpoint = endpointAt(QStringLiteral("pulse.test"), proxy.text());
    setup.endpoint.port = server.port();
    PulseSocket socket(setup);
    socket.open();
    EXPECT_TRUE(QTest::qWaitFor([&] { return socket.isOpen(); }, 30'000));
    EXPECT_EQ(proxy.wanted(), QStringList{QStringLiteral("pulse.test:%1").arg(server.port())});
}

TEST(BearerToken, IsTriedOnlyWhereAServerBeforeTheEngineAsksForIt)
{
    CannedServer server([](const std::string& head) {
        if (head.find("Authorization: Bearer good\r\n") == std::string::npos) {
            return cannedAnswer(401, "");
        }
        return head.find("/_ping") != std::string::npos
            ? cannedAnswer(200, "OK", "Api-Version: 1.41\r\nOstype: linux\r\n")
            : cannedAnswer(200, "[]");
    });
    const QString address = QStringLiteral("http://127.0.0.1:") + portOf(server);
    const ProbeReport report = probeThrough(address, {}, QStringLiteral("good"));
    EXPECT_TRUE(report.passed());
    EXPECT_EQ(report.kind, QStringLiteral("docker"));
    ASSERT_FALSE(server.heads().empty());
    EXPECT_EQ(server.heads().front().find("good"), std::string::npos) << "not before it was asked for";
    EXPECT_TRUE(probeThrough(address, {}).needsToken);
    EXPECT_FALSE(probeThrough(address, {}, QStringLiteral("bad")).passed());
}

} // namespace
} // namespace tracedeck
