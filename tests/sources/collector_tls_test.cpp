// SPDX-License-Identifier: GPL-3.0-or-later
// A collector behind a certificate nobody vouches for: read by who knows its fingerprint, by nobody else.
#include "collector/collector.h"
#include "collector/owned_directory.h"
#include "sources/collector_client.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <gtest/gtest.h>
#include <optional>

namespace tracedeck::test {
namespace {

constexpr int kTlsWaitMs = 30'000;

class CollectorTls : public testing::Test {
protected:
    void SetUp() override
    {
        QProcess openssl;
        openssl.start(QStringLiteral("openssl"),
                      {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                       QStringLiteral("rsa:2048"), QStringLiteral("-nodes"), QStringLiteral("-days"),
                       QStringLiteral("30"), QStringLiteral("-subj"), QStringLiteral("/CN=somewhere.else"),
                       QStringLiteral("-keyout"), path("key.pem"), QStringLiteral("-out"), path("cert.pem")});
        ASSERT_TRUE(openssl.waitForFinished(kTlsWaitMs) && openssl.exitCode() == 0);
        CollectorOptions options;
        options.dataDir = path("data").toStdString();
        options.httpPort = 0;
        options.grpcPort = 0;
        options.tlsCertificate = path("cert.pem").toStdString();
        options.tlsKey = path("key.pem").toStdString();
        auto started = Collector::start(options);
        ASSERT_TRUE(started.ok()) << started.error().what;
        m_collector = std::move(started).value();
        m_io.start();
    }
    void TearDown() override
    {
        m_client.reset();
        m_io.quit();
        m_io.wait();
        m_collector.reset();
    }
    [[nodiscard]] QString path(const char* name) const { return m_directory.filePath(QString::fromUtf8(name)); }
    Result<std::shared_ptr<const StoreStatus>> statusWith(const std::string& fingerprint)
    {
        const OwnerRecord owner = readOwner(path("data").toStdString());
        const Result<std::string> token = readToken(path("data").toStdString());
        m_client = std::make_unique<CollectorClient>(
            CollectorEndpoint{owner.httpAddress, *token, owner.tls, {}, fingerprint}, m_io);
        std::optional<Result<std::shared_ptr<const StoreStatus>>> answer;
        m_client->status({}, nullptr, [&](const auto& result) { answer.emplace(result); });
        EXPECT_TRUE(QTest::qWaitFor([&] { return answer.has_value(); }, kTlsWaitMs));
        return *answer;
    }

    QTemporaryDir m_directory;
    QThread m_io;
    std::unique_ptr<Collector> m_collector;
    std::unique_ptr<CollectorClient> m_client;
};

} // namespace

TEST_F(CollectorTls, theOwnerFileNamesTheCertificateAndThatIsEnough)
{
    const OwnerRecord owner = readOwner(path("data").toStdString());
    EXPECT_TRUE(owner.tls);
    EXPECT_EQ(owner.tlsFingerprint.size(), 64U);
    EXPECT_EQ(owner.tlsFingerprint, m_collector->info().tlsFingerprint);
    const auto answer = statusWith(owner.tlsFingerprint);
    EXPECT_TRUE(answer.ok()) << answer.error().what;
    m_client->setAutoRefresh(true);
    EXPECT_TRUE(QTest::qWaitFor([this] { return m_client->state().push; }, kTlsWaitMs)) << "push trusts it too";
}

TEST_F(CollectorTls, anotherFingerprintAndNoneAreRefused)
{
    EXPECT_FALSE(statusWith({}).ok());
    std::string other = readOwner(path("data").toStdString()).tlsFingerprint;
    other[5] = other[5] == '0' ? '1' : '0';
    EXPECT_FALSE(statusWith(other).ok());
    EXPECT_EQ(m_client->state().phase, SourceState::Phase::Failed);
}

} // namespace tracedeck::test
