// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/collector_push.h"

#include "core/performance_switches.h"
#include "formats/trace_api_json.h"
#include "sources/collector_trust.h"

#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QRandomGenerator>
#include <QUrl>
#include <QWebSocket>

#include <algorithm>
#include <utility>

namespace tracedeck {

std::int64_t reconnectPauseMs(int failures, double random)
{
    const std::int64_t full = std::min<std::int64_t>(std::int64_t{500} << std::clamp(failures, 0, 10), 30'000);
    return full - static_cast<std::int64_t>(static_cast<double>(full) * 0.5 * std::clamp(random, 0.0, 1.0));
}

CollectorPush::CollectorPush(CollectorEndpoint endpoint, PushEvents events)
    : m_endpoint(std::move(endpoint)), m_events(std::move(events)), m_retry(this), m_poll(this), m_settle(this)
{
    m_clock.start();
    m_retry.setSingleShot(true);
    m_settle.setSingleShot(true);
    m_poll.setInterval(kPollMs);
    connect(&m_retry, &QTimer::timeout, this, [this] { open(); });
    connect(&m_settle, &QTimer::timeout, this, [this] { handOn(); });
    connect(&m_poll, &QTimer::timeout, this, [this] { m_events.poll(); });
}

CollectorPush::~CollectorPush()
{
    if (m_socket != nullptr)
        m_socket->disconnect(this);
}

void CollectorPush::setFollowing(bool on)
{
    if (std::exchange(m_following, on) == on)
        return;
    if (on)
        return open();
    m_retry.stop();
    m_poll.stop();
    m_settle.stop();
    m_debounce.clear();
    if (m_socket != nullptr) {
        m_socket->disconnect(this);
        m_socket->abort();
        m_socket->deleteLater();
        m_socket = nullptr;
    }
}

void CollectorPush::reportChange()
{
    if (m_following)
        collect({}, true);
}

void CollectorPush::open()
{
    if (!m_following || m_socket != nullptr)
        return;
    if (!performanceSwitches().push) {
        m_poll.start();
        return m_events.poll();
    }
    m_lastSequence.reset();
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    m_socket->setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
    connect(m_socket, &QWebSocket::connected, this, [this] {
        m_poll.stop();
        m_events.state(true, {}, 0);
    });
    connect(m_socket, &QWebSocket::textMessageReceived, this, [this](const QString& text) { onMessage(text); });
    connect(m_socket, &QWebSocket::disconnected, this, [this] { onEnded(m_socket->errorString()); });
    connect(m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
            [this](QAbstractSocket::SocketError) { onEnded(m_socket->errorString()); });
    connect(m_socket, &QWebSocket::sslErrors, this,
            [socket = m_socket, pin = m_endpoint.fingerprint](const QList<QSslError>& errors) {
                if (isPinnedCertificate(pin, errors))
                    socket->ignoreSslErrors(errors);
            });
    const std::string url = (m_endpoint.tls ? "wss://" : "ws://") + m_endpoint.address + "/api/v1/ws";
    QNetworkRequest request(QUrl::fromEncoded(QByteArray::fromStdString(url)));
    request.setRawHeader("Authorization", "Bearer " + QByteArray::fromStdString(m_endpoint.token));
    m_socket->open(request);
}

void CollectorPush::onMessage(const QString& text)
{
    const QByteArray bytes = text.toUtf8();
    const Result<TraceChangeMessage> message =
        decodeTraceChanges(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    if (!message)
        return onEnded(QString::fromStdString("unreadable message: " + message.error().what));
    m_failures = 0;
    const bool first = !m_lastSequence;
    const bool gap = !first && message->sequence != *m_lastSequence + 1;
    m_lastSequence = message->sequence;
    collect(message->changes, message->resync || gap);
}

void CollectorPush::onEnded(const QString& reason)
{
    if (m_socket == nullptr)
        return;
    m_socket->disconnect(this);
    m_socket->abort();
    m_socket->deleteLater();
    m_socket = nullptr;
    if (!m_following)
        return;
    const std::int64_t pause = reconnectPauseMs(m_failures++, QRandomGenerator::global()->generateDouble());
    m_retry.start(static_cast<int>(pause));
    if (!m_poll.isActive())
        m_poll.start();
    m_events.state(false, reason.toStdString(), pause);
}

void CollectorPush::collect(const std::vector<TraceChange>& changes, bool resync)
{
    if (changes.empty() && !resync)
        return;
    m_events.heard();
    const std::int64_t delay = m_debounce.add(changes, resync, m_clock.elapsed());
    if (!m_settle.isActive())
        m_settle.start(static_cast<int>(delay));
}

void CollectorPush::handOn()
{
    const std::int64_t now = m_clock.elapsed();
    if (auto change = m_debounce.take(now))
        return m_events.changed(std::move(*change));
    if (const std::int64_t delay = m_debounce.add({}, false, now); delay > 0)
        m_settle.start(static_cast<int>(delay));
}

} // namespace tracedeck
