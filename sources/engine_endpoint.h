// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

namespace tracedeck {

/// Whom to trust on a TLS connection, and how to show who we are. All empty = the system's authorities.
struct TlsTrust {
    QString caFile; ///< PEM bundle used in place of the system's
    QString fingerprint; ///< SHA-256 of the one certificate to accept, "AB:CD:…"; wins over everything
    QString clientCertFile; ///< PEM
    QString clientKeyFile; ///< PEM
    bool operator==(const TlsTrust&) const = default;
};

/// Where a container engine listens.
struct EngineEndpoint {
    enum class Transport : std::uint8_t { UnixSocket, Tcp, Tls };
    Transport transport = Transport::UnixSocket;
    QString path; ///< of the socket
    QString host;
    std::uint16_t port = 0;
    TlsTrust trust;
    QByteArray headers; ///< lines sent with every request, "Authorization: Bearer …\r\n"; never shown
    QString proxy; ///< as in proxy_choice.h: empty = the system's, "none", "http://host:3128", "socks5://…"
    bool operator==(const EngineEndpoint&) const = default;

    /// "unix:///run/docker.sock", "tcp://host:2375", "https://host:2376".
    [[nodiscard]] QString text() const;
    /// What text() writes, a bare path, "http://…", "tcp://…" (2376 is TLS); none for anything else, such
    /// as ssh://.
    [[nodiscard]] static std::optional<EngineEndpoint> fromText(const QString& text);
};

/// "AB:CD:…" of a certificate in DER form.
[[nodiscard]] QString certificateFingerprint(const QByteArray& der);
/// Two spellings of one fingerprint: case, colons and blanks do not count. Empty matches nothing.
[[nodiscard]] bool sameFingerprint(const QString& a, const QString& b);

} // namespace tracedeck
