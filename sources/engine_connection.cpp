// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/engine_connection.h"

#include "sources/proxy_choice.h"

#include <QFile>
#include <QFileInfo>
#include <QLocalSocket>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpSocket>

#include <utility>

namespace tracedeck {
namespace {

constexpr qint64 kReadBuffer = 256 << 10; ///< what a paused reader leaves in the kernel and in Qt
constexpr qint64 kSlice = 64 << 10; ///< read per turn of the event loop, so that one stream starves no other

ErrorCode codeOf(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::SocketTimeoutError:
        return ErrorCode::TimedOut;
    case QAbstractSocket::SocketAccessError:
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInvalidUserDataError:
        return ErrorCode::PermissionDenied;
    default:
        return ErrorCode::Unreachable;
    }
}

ErrorCode codeOf(QLocalSocket::LocalSocketError error)
{
    return error == QLocalSocket::SocketAccessError ? ErrorCode::PermissionDenied : ErrorCode::Unreachable;
}

} // namespace

EngineConnection::EngineConnection(EngineEndpoint endpoint, QObject* parent)
    : QObject(parent), m_endpoint(std::move(endpoint)), m_silence(this)
{
    m_silence.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this,
            [this] { onClosed(QStringLiteral("no answer in time"), ErrorCode::TimedOut); });
}

EngineConnection::~EngineConnection()
{
    abort();
}

Error EngineConnection::error(ErrorCode code, const QString& what, const char* hint) const
{
    return makeError(code, m_endpoint.text().toStdString(), what.toStdString(), hint, true);
}

void EngineConnection::get(const std::string& target, int silenceMs, EngineRequestEvents events)
{
    m_busy = true;
    m_headTold = false;
    m_sawBytes = false;
    m_reader = HttpResponseReader();
    m_events = std::move(events);
    m_silenceMs = silenceMs;
    ++m_requests;
    const QString host =
        m_endpoint.transport == EngineEndpoint::Transport::UnixSocket ? QStringLiteral("localhost") : m_endpoint.host;
    m_request = "GET " + QByteArray::fromStdString(target) + " HTTP/1.1\r\nHost: " + host.toUtf8()
        + "\r\nUser-Agent: tracedeck\r\nAccept: application/json\r\n" + m_headers + "\r\n";
    if (m_silenceMs > 0) {
        m_silence.start(m_silenceMs);
    }
    if (m_connected) {
        m_socket->write(std::exchange(m_request, {}));
    } else if (m_socket == nullptr) {
        open();
    }
}

void EngineConnection::open()
{
    if (m_endpoint.transport == EngineEndpoint::Transport::UnixSocket) {
        auto* socket = new QLocalSocket(this);
        m_socket = socket;
        socket->setReadBufferSize(kReadBuffer);
        connect(socket, &QLocalSocket::connected, this, &EngineConnection::onReady);
        connect(socket, &QLocalSocket::readyRead, this, &EngineConnection::onRead);
        connect(socket, &QLocalSocket::errorOccurred, this, [this, socket](QLocalSocket::LocalSocketError code) {
            // Qt calls a socket of somebody else "access", but a missing permission on some kernels "unknown".
            const QFileInfo file(m_endpoint.path);
            const bool denied = file.exists() && !(file.isReadable() && file.isWritable());
            onClosed(socket->errorString(), denied ? ErrorCode::PermissionDenied : codeOf(code));
        });
        socket->connectToServer(m_endpoint.path);
        return;
    }
    auto* socket = m_endpoint.transport == EngineEndpoint::Transport::Tls ? new QSslSocket(this) : new QTcpSocket(this);
    m_socket = socket;
    socket->setProxy(proxyOf(m_endpoint).proxy);
    socket->setReadBufferSize(kReadBuffer);
    connect(socket, &QAbstractSocket::readyRead, this, &EngineConnection::onRead);
    connect(socket, &QAbstractSocket::errorOccurred, this,
            [this, socket](QAbstractSocket::SocketError code) { onClosed(socket->errorString(), codeOf(code)); });
    if (auto* tls = qobject_cast<QSslSocket*>(socket)) {
        openTls(*tls);
    } else {
        connect(socket, &QAbstractSocket::connected, this, &EngineConnection::onReady);
        socket->connectToHost(m_endpoint.host, m_endpoint.port);
    }
}

void EngineConnection::openTls(QSslSocket& socket)
{
    const TlsTrust& trust = m_endpoint.trust;
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    if (!trust.caFile.isEmpty()) {
        configuration.setCaCertificates(QSslCertificate::fromPath(trust.caFile));
    }
    if (!trust.clientCertFile.isEmpty()) {
        const QList<QSslCertificate> chain = QSslCertificate::fromPath(trust.clientCertFile);
        QFile keyFile(trust.clientKeyFile);
        if (chain.isEmpty() || !keyFile.open(QIODevice::ReadOnly)) {
            QMetaObject::invokeMethod(
                this,
                [this] {
                    onClosed(QStringLiteral("the client certificate or its key cannot be read"),
                             ErrorCode::InvalidArgument);
                },
                Qt::QueuedConnection);
            return;
        }
        const QByteArray pem = keyFile.readAll();
        configuration.setLocalCertificateChain(chain);
        const QSslKey key(pem, QSsl::Rsa);
        configuration.setPrivateKey(key.isNull() ? QSslKey(pem, QSsl::Ec) : key);
    }
    socket.setSslConfiguration(configuration);
    QSslSocket* tls = &socket;
    const auto isPinned = [this, tls] {
        return sameFingerprint(m_endpoint.trust.fingerprint, certificateFingerprint(tls->peerCertificate().toDer()));
    };
    connect(tls, &QSslSocket::sslErrors, this, [tls, isPinned](const QList<QSslError>& errors) {
        if (isPinned()) {
            tls->ignoreSslErrors(errors);
        }
    });
    connect(tls, &QSslSocket::encrypted, this, [this, isPinned] {
        // A certificate that is valid but not the pinned one stops the connection too.
        if (!m_endpoint.trust.fingerprint.isEmpty() && !isPinned()) {
            onClosed(QStringLiteral("the certificate is not the pinned one"), ErrorCode::PermissionDenied);
        } else {
            onReady();
        }
    });
    socket.connectToHostEncrypted(m_endpoint.host, m_endpoint.port);
}

void EngineConnection::onReady()
{
    m_connected = true;
    if (m_busy) {
        m_socket->write(std::exchange(m_request, {}));
    }
}

void EngineConnection::setReading(bool on)
{
    m_reading = on;
    if (on && m_socket != nullptr && m_socket->bytesAvailable() > 0) {
        QMetaObject::invokeMethod(this, &EngineConnection::onRead, Qt::QueuedConnection);
    }
}

void EngineConnection::onRead()
{
    if (!m_reading || m_socket == nullptr) {
        return;
    }
    const QByteArray bytes = m_socket->read(kSlice);
    if (!m_busy || bytes.isEmpty()) {
        return;
    }
    m_sawBytes = true;
    if (m_silenceMs > 0) {
        m_silence.start(m_silenceMs);
    }
    // Copies: whoever is told may abort, which takes m_events away while one of them runs.
    const auto onHead = m_events.head;
    const auto onBody = m_events.body;
    const auto tellHead = [this, &onHead] {
        if (!m_headTold && m_reader.head().status >= 200) {
            m_headTold = true;
            if (onHead) {
                onHead(m_reader.head());
            }
        }
    };
    const auto state = m_reader.feed(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())),
                                     [&](std::string_view part) {
                                         tellHead();
                                         if (m_busy && onBody) {
                                             onBody(part);
                                         }
                                     });
    if (!m_busy) {
        return; // aborted by whoever was told
    }
    tellHead();
    if (!m_busy) {
        return; // aborted over the head
    }
    if (state == HttpResponseReader::State::Done) {
        finish({});
    } else if (state == HttpResponseReader::State::Failed) {
        finish(error(ErrorCode::Malformed, QString::fromStdString(m_reader.problem())));
    } else if (m_socket->bytesAvailable() > 0) {
        QMetaObject::invokeMethod(this, &EngineConnection::onRead, Qt::QueuedConnection);
    }
}

void EngineConnection::onClosed(const QString& reason, ErrorCode code)
{
    m_connected = false;
    if (!m_busy || m_socket == nullptr) {
        return;
    }
    // What arrived before the end still counts.
    while (m_busy && m_reading && m_socket->bytesAvailable() > 0) {
        onRead();
    }
    if (!m_busy) {
        return;
    }
    if (m_sawBytes && m_reader.end() == HttpResponseReader::State::Done) {
        finish({});
        return;
    }
    const bool cutShort = m_sawBytes && code == ErrorCode::Unreachable;
    finish(error(code, cutShort ? QString::fromStdString(m_reader.problem()) : reason));
}

void EngineConnection::finish(Result<void> result)
{
    m_silence.stop();
    m_busy = false;
    m_connected = m_connected && result.ok() && m_reader.canReuse();
    const EngineRequestEvents events = std::exchange(m_events, {});
    if (events.end) {
        events.end(std::move(result));
    }
}

void EngineConnection::abort()
{
    m_busy = false;
    m_connected = false;
    m_events = {};
    m_silence.stop();
    if (QIODevice* socket = std::exchange(m_socket, nullptr)) {
        socket->disconnect(this);
        socket->close();
        socket->deleteLater();
    }
}

} // namespace tracedeck
