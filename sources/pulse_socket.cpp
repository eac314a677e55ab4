// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/pulse_socket.h"

#include "sources/connection_probe.h"
#include "sources/proxy_choice.h"

#include <QNetworkRequest>
#include <QRandomGenerator>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QUrl>
#include <QWebSocket>

#include <algorithm>
#include <utility>

namespace tracedeck {

int pulseReconnectMs(int failures, double random)
{
    constexpr int kLongestMs = 30'000;
    constexpr double kJitter = 0.2;
    const int base = std::min(kLongestMs, 1000 << std::clamp(failures, 0, 10));
    return static_cast<int>(base * (1.0 + kJitter * (2.0 * std::clamp(random, 0.0, 1.0) - 1.0)));
}

PulseSocket::PulseSocket(PulseSetup setup, QObject* parent)
    : QObject(parent), m_setup(std::move(setup)), m_retry(this), m_beat(this)
{
    m_retry.setSingleShot(true);
    m_beat.setInterval(kBeatMs);
    connect(&m_retry, &QTimer::timeout, this, &PulseSocket::connectNow);
    connect(&m_beat, &QTimer::timeout, this, &PulseSocket::beat);
}

PulseSocket::~PulseSocket()
{
    if (m_socket != nullptr) {
        m_socket->disconnect(this);
    }
}

void PulseSocket::open()
{
    if (m_socket == nullptr && !m_retry.isActive()) {
        connectNow();
    }
}

void PulseSocket::reopen()
{
    m_retry.stop();
    if (m_socket != nullptr) {
        ended();
        m_retry.stop();
    }
    connectNow();
}

void PulseSocket::connectNow()
{
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    m_socket->setProxy(proxyOf(m_setup.endpoint).proxy);
    m_socket->setMaxAllowedIncomingMessageSize(kMaxFrame);
    m_socket->setMaxAllowedIncomingFrameSize(kMaxFrame);
    QUrl url;
    const bool tls = m_setup.endpoint.transport == EngineEndpoint::Transport::Tls;
    url.setScheme(tls ? QStringLiteral("wss") : QStringLiteral("ws"));
    url.setHost(m_setup.endpoint.host);
    url.setPort(m_setup.endpoint.port);
    url.setPath(m_setup.path + QStringLiteral("/ws"));
    url.setQuery(QStringLiteral("max_message_bytes=%1").arg(kMaxFrame));
    QNetworkRequest request(url);
    if (!m_setup.token.isEmpty()) {
        request.setRawHeader("X-API-Token", headerSafeToken(m_setup.token));
    }
    if (tls) {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        const TlsTrust& trust = m_setup.endpoint.trust;
        if (!trust.fingerprint.isEmpty()) {
            // Without authorities every certificate is an error, so that the pin alone decides, before the
            // token is sent.
            configuration.setCaCertificates({});
        } else if (!trust.caFile.isEmpty()) {
            configuration.setCaCertificates(QSslCertificate::fromPath(trust.caFile));
        }
        m_socket->setSslConfiguration(configuration);
    }
    QWebSocket* socket = m_socket;
    connect(socket, &QWebSocket::sslErrors, this, [this, socket](const QList<QSslError>& errors) {
        const QByteArray der = errors.isEmpty() ? QByteArray() : errors.first().certificate().toDer();
        if (sameFingerprint(m_setup.endpoint.trust.fingerprint, certificateFingerprint(der))) {
            socket->ignoreSslErrors();
        }
    });
    connect(socket, &QWebSocket::connected, this, [this] {
        m_open = true;
        m_failures = 0;
        m_sinceFrame.start();
        m_beat.start();
    });
    connect(socket, &QWebSocket::textMessageReceived, this, [this](const QString& text) {
        m_sinceFrame.start();
        Q_EMIT received(text.toUtf8());
    });
    connect(socket, &QWebSocket::disconnected, this, &PulseSocket::ended);
    connect(socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
            [this](QAbstractSocket::SocketError) { ended(); });
    socket->open(request);
}

void PulseSocket::ended()
{
    if (m_socket == nullptr) {
        return;
    }
    QWebSocket* socket = std::exchange(m_socket, nullptr);
    socket->disconnect(this);
    socket->abort();
    socket->deleteLater();
    m_open = false;
    m_beat.stop();
    m_sinceRequest.invalidate();
    m_retry.start(pulseReconnectMs(m_failures++, QRandomGenerator::global()->generateDouble()));
    Q_EMIT closed();
}

void PulseSocket::beat()
{
    if (m_sinceFrame.elapsed() > kSilenceMs) {
        ended();
    } else {
        send(QStringLiteral("ping"));
    }
}

void PulseSocket::pong()
{
    send(QStringLiteral("pong"));
}

void PulseSocket::requestState()
{
    if (!m_sinceRequest.isValid() || m_sinceRequest.elapsed() > kBeatMs) {
        m_sinceRequest.start();
        send(QStringLiteral("requestData"));
    }
}

void PulseSocket::send(const QString& type)
{
    if (m_open) {
        m_socket->sendTextMessage(QStringLiteral("{\"type\":\"%1\"}").arg(type));
    }
}

} // namespace tracedeck
