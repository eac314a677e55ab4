// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/connection_probe.h"

#include "formats/engine_json.h"
#include "sources/engine_api_version.h"

#include <QFileInfo>
#include <QHostAddress>
#include <QHostInfo>
#include <QNetworkProxy>
#include <QNetworkProxyFactory>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QUrl>

#include <utility>

namespace tracedeck {
namespace {

constexpr std::size_t kMaxProbeBytes = std::size_t{4} << 20U;
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
    m_report.steps.push_back({name, ProbeStep::Outcome::Passed, text});
}

void ConnectionProbe::fail(const QString& name, const QString& text)
{
    m_report.steps.push_back({name, ProbeStep::Outcome::Failed, text});
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
        const QFileInfo file(m_endpoint.path);
        if (!file.exists()) {
            fail(tr("Socket"), tr("There is no such file. Is the engine running?"));
        } else if (!file.isReadable() || !file.isWritable()) {
            fail(tr("Socket"),
                 tr("You may not use it: it belongs to %1:%2. Join that group, or let the engine run as you (rootless)")
                     .arg(file.owner(), file.group()));
        } else {
            pass(tr("Socket"), tr("There, and you may use it"));
            askPing();
        }
        return;
    }
    lookUp();
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
    return true;
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
    const QNetworkProxyQuery query(m_endpoint.host, m_endpoint.port);
    const QNetworkProxy proxy = QNetworkProxyFactory::proxyForQuery(query).value(0);
    if (proxy.type() != QNetworkProxy::NoProxy && proxy.type() != QNetworkProxy::DefaultProxy) {
        pass(tr("Proxy"), tr("through %1:%2").arg(proxy.hostName()).arg(proxy.port()));
    }
    m_socket = new QSslSocket(this);
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
            fail(tr("Connection"),
                 tr("%1 port %2: %3").arg(m_endpoint.host).arg(m_endpoint.port).arg(m_socket->errorString()));
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

void ConnectionProbe::failTransport(const QString& name, const Error& error)
{
    fail(name, QString::fromStdString(error.what));
}

void ConnectionProbe::askPing()
{
    m_client = new EngineHttpClient(m_endpoint, this);
    if (!m_basePath.isEmpty()) {
        askPulse(); // engines do not live below a path
        return;
    }
    m_client->get("/_ping", kMaxProbeBytes, [this](const Result<EngineReply>& reply) {
        reply.ok() ? judgePing(*reply) : failTransport(tr("Answer"), reply.error());
    });
}

void ConnectionProbe::judgePing(const EngineReply& reply)
{
    const Result<EngineApiVersion> version = negotiateEngineVersion(reply.head);
    if (!version.ok()) {
        if (reply.head.field("api-version").empty() && m_endpoint.transport != EngineEndpoint::Transport::UnixSocket) {
            askPulse();
        } else {
            fail(tr("Version"), QString::fromStdString(version.error().what));
        }
        return;
    }
    m_report.kind = version->podman.empty() ? QStringLiteral("docker") : QStringLiteral("podman");
    m_report.address = m_endpoint.text(); // with its port: other programs take another one as given
    m_report.version = QString::fromStdString(version->podman.empty() ? version->api : version->podman);
    pass(tr("Answer"),
         version->podman.empty() ? tr("Docker, API %1").arg(m_report.version)
                                 : tr("Podman %1, API %2").arg(m_report.version, QString::fromStdString(version->api)));
    if (m_endpoint.transport == EngineEndpoint::Transport::Tcp) {
        m_report.steps.push_back(
            {tr("Encryption"), ProbeStep::Outcome::Warned,
             tr("none: whoever reads the network sees it, and this port is as good as root there")});
    }
    askEngineAccess(version->api);
}

void ConnectionProbe::askEngineAccess(const std::string& api)
{
    m_client->get("/v" + api + "/containers/json?limit=1", kMaxProbeBytes, [this](const Result<EngineReply>& reply) {
        if (!reply.ok()) {
            failTransport(tr("Access"), reply.error());
        } else if (reply->head.status != 200) {
            fail(tr("Access"), QString::fromStdString(engineStatusError(reply->head.status, reply->body, "").what));
        } else if (!decodeEngineContainers(reply->body).ok()) {
            fail(tr("Access"), tr("the list of containers cannot be read"));
        } else {
            pass(tr("Access"), tr("may list containers"));
            finish();
        }
    });
}

void ConnectionProbe::askPulse()
{
    if (!m_request.token.isEmpty()) {
        // A connection of its own: the one before was opened without the token.
        m_client->deleteLater();
        m_client = new EngineHttpClient(m_endpoint, this);
        m_client->setHeaders("X-API-Token: " + headerSafeToken(m_request.token) + "\r\n");
    }
    m_client->get(QString(m_basePath + QStringLiteral("/api/resources?page=1&limit=1")).toStdString(), kMaxProbeBytes,
                  [this](const Result<EngineReply>& reply) {
                      reply.ok() ? judgePulse(*reply) : failTransport(tr("Answer"), reply.error());
                  });
}

void ConnectionProbe::judgePulse(const EngineReply& reply)
{
    const int status = reply.head.status;
    const QString token = tr("The token needs the right monitoring:read and no other");
    if (status == 401) {
        m_report.kind = QStringLiteral("pulse");
        m_report.needsToken = true;
        fail(tr("Access"),
             m_request.token.isEmpty() ? tr("A token is needed. %1").arg(token)
                                       : tr("The token is not accepted. %1").arg(token));
    } else if (status == 403) {
        m_report.kind = QStringLiteral("pulse");
        fail(tr("Access"), tr("The token may not read. %1").arg(token));
    } else if (status >= 300 && status < 400) {
        fail(
            tr("Answer"),
            tr("It sends on to %1: enter that address")
                .arg(
                    QString::fromUtf8(QByteArray::fromStdString(std::string(reply.head.field("location")))).left(200)));
    } else if (status != 200 || reply.body.find("\"data\"") == std::string::npos
               || reply.body.find("\"meta\"") == std::string::npos) {
        fail(tr("Answer"), tr("It answers (%1), but as neither Docker, Podman nor Pulse").arg(status));
    } else {
        m_report.kind = QStringLiteral("pulse");
        pass(tr("Answer"), tr("Pulse"));
        pass(tr("Access"), tr("may read the fleet"));
        finish();
    }
}

} // namespace tracedeck
