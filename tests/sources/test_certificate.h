// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QString>

namespace tracedeck::test {

/// A certificate for 127.0.0.1 that nobody vouches for, made by openssl in a folder of the test.
class TestCertificate {
public:
    explicit TestCertificate(const QString& folder);

    /// False where openssl cannot make one.
    [[nodiscard]] bool isReady() const { return m_ready; }
    [[nodiscard]] QSslConfiguration serverConfiguration() const { return m_configuration; }
    [[nodiscard]] QString file() const { return m_file; }
    [[nodiscard]] QString fingerprint() const;

private:
    QString m_file;
    QSslCertificate m_certificate;
    QSslConfiguration m_configuration;
    bool m_ready = false;
};

} // namespace tracedeck::test
