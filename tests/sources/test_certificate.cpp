// SPDX-License-Identifier: GPL-3.0-or-later
#include "test_certificate.h"

#include "sources/engine_endpoint.h"

#include <QFile>
#include <QProcess>
#include <QSslKey>

namespace tracedeck::test {

TestCertificate::TestCertificate(const QString& folder) : m_file(folder + QStringLiteral("/cert.pem"))
{
    constexpr int kOpensslMs = 30'000;
    const QString keyFile = folder + QStringLiteral("/key.pem");
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"),
                  {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                   QStringLiteral("rsa:2048"), QStringLiteral("-nodes"), QStringLiteral("-days"), QStringLiteral("30"),
                   QStringLiteral("-subj"), QStringLiteral("/CN=engine.test"), QStringLiteral("-addext"),
                   QStringLiteral("subjectAltName=IP:127.0.0.1"), QStringLiteral("-keyout"), keyFile,
                   QStringLiteral("-out"), m_file});
    QFile key(keyFile);
    if (!openssl.waitForFinished(kOpensslMs) || openssl.exitCode() != 0 || !key.open(QIODevice::ReadOnly)) {
        return;
    }
    m_certificate = QSslCertificate::fromPath(m_file).value(0);
    m_configuration = QSslConfiguration::defaultConfiguration();
    m_configuration.setLocalCertificate(m_certificate);
    m_configuration.setPrivateKey(QSslKey(key.readAll(), QSsl::Rsa));
    m_ready = !m_certificate.isNull();
}

QString TestCertificate::fingerprint() const
{
    return certificateFingerprint(m_certificate.toDer());
}

} // namespace tracedeck::test
