// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/embedded_collector.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

constexpr int kOwnerWaitMs = 30'000;

class EmbeddedCollectorTest : public testing::Test {
protected:
    [[nodiscard]] QString path(const char* name) const { return m_directory.filePath(QString::fromUtf8(name)); }
    /// A collector of its own on the data directory, as `tracedeck-collector` would be.
    void own(bool tls)
    {
        CollectorOptions options;
        options.dataDir = path("data").toStdString();
        options.httpPort = 0;
        options.grpcPort = 0;
        if (tls) {
            QProcess openssl;
            openssl.start(QStringLiteral("openssl"),
                          {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                           QStringLiteral("rsa:2048"), QStringLiteral("-nodes"), QStringLiteral("-days"),
                           QStringLiteral("30"), QStringLiteral("-subj"), QStringLiteral("/CN=team"),
                           QStringLiteral("-keyout"), path("key.pem"), QStringLiteral("-out"), path("cert.pem")});
            ASSERT_TRUE(openssl.waitForFinished(kOwnerWaitMs) && openssl.exitCode() == 0);
            options.tlsCertificate = path("cert.pem").toStdString();
            options.tlsKey = path("key.pem").toStdString();
        }
        auto started = Collector::start(options);
        ASSERT_TRUE(started.ok()) << started.error().what;
        m_owner = std::move(started).value();
    }
    [[nodiscard]] std::optional<CollectorInfo> startSecond()
    {
        QSignalSpy started(&m_second, &EmbeddedCollector::started);
        m_second.start(path("data"), QStringLiteral("127.0.0.1:0"));
        EXPECT_TRUE(QTest::qWaitFor([&] { return started.count() == 1; }, kOwnerWaitMs));
        return m_second.info();
    }

    QTemporaryDir m_directory;
    std::unique_ptr<Collector> m_owner;
    EmbeddedCollector m_second;
};

} // namespace

TEST_F(EmbeddedCollectorTest, aSecondWindowReadsFromTheOwnerAndSpeaksTlsWhereItDoes)
{
    own(true);
    const std::optional<CollectorInfo> info = startSecond();
    ASSERT_TRUE(info.has_value());
    EXPECT_FALSE(info->ownsData);
    EXPECT_TRUE(info->tls);
    EXPECT_EQ(info->httpAddress, m_owner->info().httpAddress);
    EXPECT_EQ(info->tlsFingerprint, m_owner->info().tlsFingerprint);
    EXPECT_EQ(info->token, m_owner->info().token);
}

TEST_F(EmbeddedCollectorTest, aPlainOwnerIsReadPlainly)
{
    own(false);
    const std::optional<CollectorInfo> info = startSecond();
    ASSERT_TRUE(info.has_value());
    EXPECT_FALSE(info->ownsData);
    EXPECT_FALSE(info->tls);
    EXPECT_TRUE(info->tlsFingerprint.empty());
}
