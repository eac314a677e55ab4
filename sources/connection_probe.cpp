// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/connection_probe.h"

#include "sources/proxy_choice.h"
#include "sources/socket_permission.h"

#include <QHostAddress>
#include <QHostInfo>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QUrl>

#include <utility>

namespace tracedeck {
namespace {

constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;

QString certificateText(const QSslCertificate& certificate)
{
    const QString name = certificate.subjectDisplayName();
    return QStringLiteral("%1, valid until %2")
        .arg(name.isEmpty() ? QStringLiteral("no name") : name,
             certificate.expiryDate().toString(QStringLiteral("yyyy-MM-dd")));
}

} // namespace

QByteArray headerSafeToken(const QString& token)
{
    QByteArray out;
    for (const char c : token.trimmed().toUtf8()) {
        if (c > ' ' && c != '\x7F') {
            out += c;
        }
    }
    return out;
}

QByteArray tokenHeader(const QByteArray& name, const QString& token)
{
    const QByteArray value = headerSafeToken(token);
    return value.isEmpty() ? QByteArray() : name + value + "\r\n";
}

std::optional<HttpBase> httpBaseOf(const QString& text)
{
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    const bool tls = url.scheme() == QStringLiteral("https");
    if (!url.isValid() || url.host().isEmpty() || (!tls && url.scheme() != QStringLiteral("http"))) {
        return std::nullopt;
    }
    HttpBase base;
    base.endpoint.transport = tls ? EngineEndpoint::Transport::Tls : EngineEndpoint::Transport::Tcp;
    base.endpoint.host = url.host();
    base.endpoint.port = static_cast<std::uint16_t>(url.port(tls ? kHttpsPort : kHttpPort));
    base.path = url.path(QUrl::FullyEncoded);
    while (base.path.endsWith(u'/')) {
        base.path.chop(1);
    }
    return base;
}

ConnectionProbe::ConnectionProbe(ProbeRequest request, Done done)
    : m_request(std::move(request)), m_done(std::move(done)), m_limit(this)
{
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this,
            [this] { fail(tr("Answer"), tr("Nothing came within %1 s").arg(kLimitMs / 1000)); });
}

ConnectionProbe::~ConnectionProbe() = default;

void ConnectionProbe::pass(const QString& name, const QString& text)
{
    m_report.steps.push_back({name, ProbeStep::Outcome::Passed, text, {}});
}

void ConnectionProbe::fail(const QString& name, const QString& text)
{
    m_report.steps.push_back({name, ProbeStep::Outcome::Failed, text, {}});
    finish();
}

void ConnectionProbe::finish()
{
    m_limit.stop();
    if (m_client != nullptr) {
        m_client->cancelAll();
    }
    if (QSslSocket* socket = std::exchange(m_socket, nullptr)) {
        socket->disconnect(this);
        socket->deleteLater(); // perhaps it is the one that is telling us
    }
    if (const Done done = std::exchange(m_done, {})) {
        done(m_report);
    }
}

void ConnectionProbe::start()
{
    m_limit.start(kLimitMs);
    if (!readAddress()) {
        fail(tr("Address"), tr("This is no path of a socket and no address of a server"));
        return;
    }
    pass(tr("Address"), m_report.address);
    if (m_endpoint.transport == EngineEndpoint::Transport::UnixSocket) {
        const SocketPermission permission = socketPermission(m_endpoint.path);
        if (permission.allowed) {
            pass(tr("Socket"), tr("There, and you may use it"));
            askPing();
            return;
        }
        if (permission.there) {
            failSocket(permission);
        } else {
            fail(tr("Socket"), tr("There is no such socket. Is the engine running?"));
        }
        return;
    }
    choosePath();
}

bool ConnectionProbe::readAddress()
{
    QString text = m_request.address.trimmed();
    if (text.isEmpty() || text.size() > 2000) {
        return false;
    }
    const bool hasScheme = text.contains(QStringLiteral("://")) || text.startsWith(QStringLiteral("unix:"));
    if (!hasScheme && !text.startsWith(u'/')) {
        text.prepend(QStringLiteral("https://")); // a bare name: the safe guess
    }
    const auto engine = EngineEndpoint::fromText(text);
    const QUrl url(text);
    if (const auto base = httpBaseOf(text); base && (url.port() > 0 || url.scheme() != QStringLiteral("tcp"))) {
        m_endpoint = base->endpoint;
        m_basePath = base->path;
        m_report.address = url.scheme() + QStringLiteral("://") + url.authority() + base->path;
    } else if (engine) {
        m_endpoint = *engine;
        m_report.address = engine->text();
    } else {
        return false;
    }
    if (!url.userInfo().isEmpty()) {
        return false; // secrets do not belong into addresses
    }
    m_endpoint.trust = m_request.trust;
    m_endpoint.proxy = m_request.proxy;
    return isProxyText(m_request.proxy);
}

void ConnectionProbe::failSocket(const SocketPermission& permission)
{
    const QString command = permissionCommand(permission, m_endpoint.path, qEnvironmentVariable("USER", tr("NAME")));
    const bool byGroup = command.contains(QStringLiteral("usermod"));
    const QString text = byGroup
        ? tr("You may not use it: it belongs to %1, group %2. Join that group with this command, then log in again")
        : tr("You may not use it: it belongs to %1, group %2, alone. An engine of your own is set up by this command");
    m_report.steps.push_back(
        {tr("Socket"), ProbeStep::Outcome::Failed, text.arg(permission.owner, permission.group), command});
    finish();
}

/// Through a proxy the name is its business: it may be known there only.
void ConnectionProbe::choosePath()
{
    const ProxyChoice choice = proxyOf(m_endpoint);
    if (!choice.isUsed()) {
        lookUp();
        return;
    }
    const QNetworkProxy& proxy = choice.proxy;
    pass(tr("Proxy"),
         choice.origin == ProxyChoice::Origin::System
             ? tr("%1 port %2, as this system says").arg(proxy.hostName()).arg(proxy.port())
             : tr("%1 port %2, as set for this source").arg(proxy.hostName()).arg(proxy.port()));
    connectSocket();
}

void ConnectionProbe::lookUp()
{
    if (!QHostAddress(m_endpoint.host).isNull()) {
        connectSocket();
        return;
    }
    QHostInfo::lookupHost(m_endpoint.host, this, [this](const QHostInfo& info) {
        if (!m_done) {
            return;
        }
        if (info.error() != QHostInfo::NoError || info.addresses().isEmpty()) {
            fail(tr("Name"), tr("%1 is not known here: %2").arg(m_endpoint.host, info.errorString()));
            return;
        }
        pass(tr("Name"), tr("%1 is %2").arg(m_endpoint.host, info.addresses().first().toString()));
        connectSocket();
    });
}

void ConnectionProbe::connectSocket()
{
    m_socket = new QSslSocket(this);
    m_socket->setProxy(proxyOf(m_endpoint).proxy);
    const bool tls = m_endpoint.transport == EngineEndpoint::Transport::Tls;
    if (!m_request.trust.caFile.isEmpty()) {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        const auto authorities = QSslCertificate::fromPath(m_request.trust.caFile);
        if (authorities.isEmpty()) {
            fail(tr("Certificate"), tr("%1 holds no certificate").arg(m_request.trust.caFile));
            return;
        }
        configuration.setCaCertificates(authorities);
        m_socket->setSslConfiguration(configuration);
    }
    connect(m_socket, &QSslSocket::connected, this, [this, tls] {
        m_connected = true;
        pass(tr("Connection"), tr("%1 port %2 answers").arg(m_endpoint.host).arg(m_endpoint.port));
        if (!tls) {
            m_socket->disconnect(this);
            std::exchange(m_socket, nullptr)->deleteLater();
            askPing();
        }
    });
    connect(m_socket, &QSslSocket::errorOccurred, this, [this] {
        if (!m_connected) {
            failConnection(m_socket->errorString());
        } else {
            fail(tr("Certificate"), tr("No encrypted connection: %1").arg(m_socket->errorString()));
        }
    });
    connect(m_socket, &QSslSocket::sslErrors, this, [this](const QList<QSslError>& errors) {
        const QString problem = errors.isEmpty() ? QString() : errors.first().errorString();
        noteCertificate(*m_socket, false, problem);
    });
    connect(m_socket, &QSslSocket::encrypted, this, [this] { noteCertificate(*m_socket, true, {}); });
    tls ? m_socket->connectToHostEncrypted(m_endpoint.host, m_endpoint.port)
        : m_socket->connectToHost(m_endpoint.host, m_endpoint.port);
}

void ConnectionProbe::failConnection(const QString& reason)
{
    switch (m_socket->error()) {
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
    case QAbstractSocket::ProxyNotFoundError:
    case QAbstractSocket::ProxyProtocolError:
        fail(tr("Proxy"), tr("it does not do its work: %1. Set another one, or \"none\"").arg(reason));
        break;
    case QAbstractSocket::ProxyAuthenticationRequiredError:
        fail(tr("Proxy"), tr("it asks for a name and a password, which are not supported"));
        break;
    default:
        fail(tr("Connection"), tr("%1 port %2: %3").arg(m_endpoint.host).arg(m_endpoint.port).arg(reason));
    }
}

void ConnectionProbe::noteCertificate(const QSslSocket& socket, bool trusted, const QString& problem)
{
    const QSslCertificate certificate = socket.peerCertificate();
    m_report.fingerprint = certificateFingerprint(certificate.toDer());
    m_report.certificate = certificateText(certificate);
    const QString& pinned = m_request.trust.fingerprint;
    if (!pinned.isEmpty()) {
        if (!sameFingerprint(pinned, m_report.fingerprint)) {
            m_report.certificateChanged = true;
            fail(tr("Certificate"),
                 tr("It is not the pinned one. It may have been renewed; if you did not expect that, do not go on"));
            return;
        }
        pass(tr("Certificate"), tr("the pinned one: %1").arg(m_report.certificate));
    } else if (!trusted) {
        m_report.certificateUnknown = true;
        fail(tr("Certificate"),
             tr("not trusted: %1. Compare its fingerprint and pin it, or name a CA file").arg(problem));
        return;
    } else {
        pass(tr("Certificate"), m_report.certificate);
    }
    m_socket->disconnect(this);
    std::exchange(m_socket, nullptr)->deleteLater();
    askPing();
}

} // namespace tracedeck
