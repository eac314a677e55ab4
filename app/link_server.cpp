// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/link_server.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QTimer>

namespace tracedeck {

namespace {
constexpr int kMostWaiting = 8;
constexpr int kSilenceMs = 2'000; ///< a peer that says nothing is let go
} // namespace

LinkServer::LinkServer(QObject* parent) : QObject(parent)
{ }

LinkServer::~LinkServer() = default;

bool LinkServer::listen(const QString& dataDir)
{
    m_path = linkSocketPath(dataDir);
    if (isLinkSocketServed(m_path)) {
        return false;
    }
    QLocalServer::removeServer(m_path);
    m_server = new QLocalServer(this);
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    m_server->setMaxPendingConnections(kMostWaiting);
    connect(m_server, &QLocalServer::newConnection, this, &LinkServer::accept);
    return m_server->listen(m_path);
}

void LinkServer::accept()
{
    while (QLocalSocket* socket = m_server->nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(socket); });
        QTimer::singleShot(kSilenceMs, socket, [socket] { socket->abort(); });
        read(socket);
    }
}

void LinkServer::read(QLocalSocket* socket)
{
    const QByteArray bytes = socket->peek(kLongestLinkMessage + 1);
    if (!bytes.endsWith("\n\n") && bytes.size() <= kLongestLinkMessage) {
        return; // more comes, or the timer ends it
    }
    const std::optional<LinkMessage> message = decodeLinkMessage(bytes);
    socket->skip(bytes.size());
    socket->write(message ? "ok\n" : "no\n");
    socket->flush();
    socket->disconnectFromServer();
    if (message) {
        Q_EMIT received(*message);
    }
}

} // namespace tracedeck
