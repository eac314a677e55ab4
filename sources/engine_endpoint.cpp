// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/engine_endpoint.h"

#include <QCryptographicHash>
#include <QUrl>

namespace tracedeck {
namespace {

constexpr int kPlainPort = 2375;
constexpr int kTlsPort = 2376;

QString plainFingerprint(const QString& text)
{
    QString out;
    for (const QChar c : text) {
        if (c != u':' && !c.isSpace()) {
            out += c.toUpper();
        }
    }
    return out;
}

} // namespace

QString EngineEndpoint::text() const
{
    if (transport == Transport::UnixSocket) {
        return QStringLiteral("unix://") + path;
    }
    const QString shownHost = host.contains(u':') ? u'[' + host + u']' : host;
    return (transport == Transport::Tls ? QStringLiteral("https://") : QStringLiteral("tcp://")) + shownHost + u':'
        + QString::number(port);
}

std::optional<EngineEndpoint> EngineEndpoint::fromText(const QString& text)
{
    const QString trimmed = text.trimmed();
    EngineEndpoint endpoint;
    if (trimmed.startsWith(u'/') && trimmed.size() > 1) {
        endpoint.path = trimmed;
        return endpoint;
    }
    if (trimmed.startsWith(QStringLiteral("unix:"), Qt::CaseInsensitive)) {
        endpoint.path = trimmed.mid(5);
        while (endpoint.path.startsWith(QStringLiteral("//"))) {
            endpoint.path.remove(0, 1);
        }
        return endpoint.path.startsWith(u'/') && endpoint.path.size() > 1 ? std::optional(endpoint) : std::nullopt;
    }
    const QUrl url(trimmed, QUrl::StrictMode);
    const QString scheme = url.scheme();
    if (!url.isValid() || url.host().isEmpty()
        || (scheme != QStringLiteral("tcp") && scheme != QStringLiteral("http") && scheme != QStringLiteral("https"))) {
        return std::nullopt;
    }
    const bool tls = scheme == QStringLiteral("https") || (scheme == QStringLiteral("tcp") && url.port() == kTlsPort);
    endpoint.transport = tls ? Transport::Tls : Transport::Tcp;
    endpoint.host = url.host();
    endpoint.port = static_cast<std::uint16_t>(url.port(tls ? kTlsPort : kPlainPort));
    return endpoint;
}

QString certificateFingerprint(const QByteArray& der)
{
    const QByteArray hex = QCryptographicHash::hash(der, QCryptographicHash::Sha256).toHex(':').toUpper();
    return QString::fromLatin1(hex);
}

bool sameFingerprint(const QString& a, const QString& b)
{
    const QString plain = plainFingerprint(a);
    return !plain.isEmpty() && plain == plainFingerprint(b);
}

} // namespace tracedeck
