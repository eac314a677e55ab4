// SPDX-License-Identifier: GPL-3.0-or-later
// The diagnosis of a connection: which step fails, and that its words say what to do.
#include "sources/connection_probe.h"

#include "canned_server.h"
#include "fake_engine.h"

#include <QFile>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>
#include <optional>

namespace tracedeck {
namespace {

using test::answerOf;
using test::cannedAnswer;
using test::CannedServer;
using test::EngineAnswer;
using test::FakeEngine;

ProbeReport probe(const QString& address, const QString& token = {}, const TlsTrust& trust = {})
{
    std::optional<ProbeReport> report;
    ConnectionProbe one({address, trust, token, {}}, [&](const ProbeReport& done) { report = done; });
    one.start();
    EXPECT_TRUE(QTest::qWaitFor([&] { return report.has_value(); }, 30'000));
    return report.value_or(ProbeReport());
}

QString lastText(const ProbeReport& report)
{
    return report.steps.empty() ? QString()
                                : report.steps.back().name + QStringLiteral(": ") + report.steps.back().text;
}

QString httpAddress(const CannedServer& server)
{
    return QStringLiteral("http://") + QString::fromStdString(server.address());
}

TEST(ConnectionProbe, RecognisesDockerAndPodmanOnASocket)
{
    for (const bool podman : {false, true}) {
        test::EngineModel model;
        model.podman = podman;
        FakeEngine engine([&](const std::string& target) { return answerOf(model, target); });
        const ProbeReport report = probe(QString::fromStdString(engine.path()));
        EXPECT_TRUE(report.passed()) << lastText(report).toStdString();
        EXPECT_EQ(report.kind, podman ? QStringLiteral("podman") : QStringLiteral("docker"));
        EXPECT_EQ(report.address, QStringLiteral("unix://") + QString::fromStdString(engine.path()));
        EXPECT_EQ(report.version, podman ? QStringLiteral("4.3.1") : QStringLiteral("1.41"));
    }
}

TEST(ConnectionProbe, SaysWhichStepFails)
{
    EXPECT_TRUE(lastText(probe(QStringLiteral("/nonexistent/x.sock"))).startsWith(QStringLiteral("Socket")));
    EXPECT_TRUE(lastText(probe(QStringLiteral("ssh://host"))).startsWith(QStringLiteral("Address")));
    EXPECT_TRUE(lastText(probe(QString())).startsWith(QStringLiteral("Address")));
    EXPECT_TRUE(lastText(probe(QStringLiteral("https://me:pw@127.0.0.1"))).startsWith(QStringLiteral("Address")));
    EXPECT_TRUE(lastText(probe(QStringLiteral("http://host.invalid:1"))).startsWith(QStringLiteral("Name")));
    QTcpServer closed;
    ASSERT_TRUE(closed.listen(QHostAddress::LocalHost));
    const quint16 port = closed.serverPort();
    closed.close();
    EXPECT_TRUE(
        lastText(probe(QStringLiteral("tcp://127.0.0.1:%1").arg(port))).startsWith(QStringLiteral("Connection")));
}

TEST(ConnectionProbe, AnEngineThatForbidsListingIsToldApartFromOneThatIsNone)
{
    FakeEngine strict([](const std::string& target) {
        return target == "/_ping" ? answerOf({}, target) : EngineAnswer{403, R"({"message":"denied by policy"})"};
    });
    const ProbeReport denied = probe(QString::fromStdString(strict.path()));
    EXPECT_FALSE(denied.passed());
    EXPECT_EQ(denied.steps.back().name, QStringLiteral("Access"));
    EXPECT_TRUE(denied.steps.back().text.contains(QStringLiteral("denied by policy")));
    FakeEngine other([](const std::string&) { return EngineAnswer{200, "hello"}; });
    EXPECT_TRUE(lastText(probe(QString::fromStdString(other.path()))).startsWith(QStringLiteral("Version")));
}

TEST(ConnectionProbe, APulseServerAsksForItsToken)
{
    CannedServer server([](const std::string& head) {
        if (head.find("/api/resources") == std::string::npos) {
            return cannedAnswer(404, "404 page not found");
        }
        return head.find("X-API-Token: good") != std::string::npos
            ? cannedAnswer(200, R"({"data":[],"meta":{"total":0}})")
            : head.find("X-API-Token: weak") != std::string::npos ? cannedAnswer(403, "{}")
                                                                  : cannedAnswer(401, "{}");
    });
    const ProbeReport open = probe(httpAddress(server));
    EXPECT_TRUE(open.needsToken);
    EXPECT_EQ(open.kind, QStringLiteral("pulse"));
    EXPECT_TRUE(lastText(open).contains(QStringLiteral("monitoring:read")));
    EXPECT_TRUE(probe(httpAddress(server), QStringLiteral("good\n")).passed()) << "a pasted line end does no harm";
    EXPECT_TRUE(lastText(probe(httpAddress(server), QStringLiteral("weak"))).startsWith(QStringLiteral("Access")));
    EXPECT_TRUE(lastText(probe(httpAddress(server), QStringLiteral("bad"))).contains(QStringLiteral("not accepted")));
}

TEST(ConnectionProbe, ATokenIsNotSentBeforeItIsAskedFor)
{
    CannedServer server([](const std::string&) { return cannedAnswer(404, ""); });
    (void)probe(httpAddress(server), QStringLiteral("my-token"));
    const auto heads = server.heads();
    ASSERT_FALSE(heads.empty());
    EXPECT_EQ(heads.front().find("my-token"), std::string::npos) << "an engine has no use for it";
}

TEST(ConnectionProbe, SomethingElseSaysSo)
{
    CannedServer server([](const std::string&) { return cannedAnswer(200, "<html>router</html>"); });
    EXPECT_TRUE(lastText(probe(httpAddress(server))).contains(QStringLiteral("neither Docker, Podman nor Pulse")));
    CannedServer moved([](const std::string&) { return cannedAnswer(301, "", "Location: https://elsewhere/\r\n"); });
    EXPECT_TRUE(lastText(probe(httpAddress(moved))).contains(QStringLiteral("https://elsewhere/")));
    CannedServer ssh([](const std::string&) { return std::string("SSH-2.0-OpenSSH_9.2\r\n\r\n"); });
    EXPECT_FALSE(probe(httpAddress(ssh)).passed());
}

TEST(EngineEndpoint, ReadsWhatPeoplePaste)
{
    const auto text = [](const char* input) {
        const auto endpoint = EngineEndpoint::fromText(QString::fromUtf8(input));
        return endpoint ? endpoint->text().toStdString() : std::string("none");
    };
    EXPECT_EQ(text("/run/docker.sock"), "unix:///run/docker.sock");
    EXPECT_EQ(text(" unix:///run/docker.sock "), "unix:///run/docker.sock");
    EXPECT_EQ(text("tcp://host"), "tcp://host:2375");
    EXPECT_EQ(text("tcp://host:2376"), "https://host:2376");
    EXPECT_EQ(text("https://host"), "https://host:2376");
    EXPECT_EQ(text("tcp://[::1]:5"), "tcp://[::1]:5");
    for (const char* bad : {"", "host", "ssh://host", "unix://", "tcp://", "npipe:////./pipe/x"}) {
        EXPECT_EQ(text(bad), "none") << bad;
    }
}

TEST(Fingerprints, AreComparedByWhatTheySay)
{
    EXPECT_TRUE(sameFingerprint(QStringLiteral("AB:CD"), QStringLiteral("ab cd")));
    EXPECT_FALSE(sameFingerprint(QStringLiteral("AB:CD"), QStringLiteral("AB:CE")));
    EXPECT_FALSE(sameFingerprint(QString(), QString())) << "no fingerprint is no match";
    EXPECT_EQ(certificateFingerprint("abc").size(), 32 * 3 - 1);
}

} // namespace
} // namespace tracedeck
