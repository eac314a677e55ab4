// SPDX-License-Identifier: GPL-3.0-or-later
#include "connect_proxy.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QTcpSocket>

namespace tracedeck::test {

ConnectProxy::ConnectProxy()
{
    m_server.listen(QHostAddress::LocalHost);
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket* client = m_server.nextPendingConnection()) {
            client->setParent(this);
            connect(client, &QTcpSocket::readyRead, this, [this, client] { serve(client); });
        }
    });
}

void ConnectProxy::serve(QTcpSocket* client)
{
    const QByteArray seen = client->peek(4096);
    const qsizetype end = seen.indexOf("\r\n\r\n");
    if (end >= 0) {
        client->disconnect(this);
        open(client, client->read(end + 4));
    }
}

void ConnectProxy::open(QTcpSocket* client, const QByteArray& head)
{
    const QList<QByteArray> words = head.left(head.indexOf("\r\n")).split(' ');
    m_wanted.append(QString::fromUtf8(words.value(1)));
    if (!refusal.isEmpty() || words.value(0) != "CONNECT") {
        client->write(refusal.isEmpty() ? QByteArray("HTTP/1.1 405 Method Not Allowed\r\n\r\n") : refusal);
        client->disconnectFromHost();
        return;
    }
    auto* server = new QTcpSocket(client);
    server->setProxy(QNetworkProxy::NoProxy);
    connect(server, &QTcpSocket::connected, client, [client, server] {
        client->write("HTTP/1.1 200 Connection established\r\n\r\n");
        server->write(client->readAll());
    });
    connect(client, &QTcpSocket::readyRead, server, [client, server] {
        if (server->state() == QAbstractSocket::ConnectedState) {
            server->write(client->readAll());
        }
    });
    connect(server, &QTcpSocket::readyRead, client, [client, server] { client->write(server->readAll()); });
    connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    connect(client, &QTcpSocket::disconnected, server, &QTcpSocket::disconnectFromHost);
    server->connectToHost(QHostAddress::LocalHost, words.value(1).split(':').last().toUShort());
}

} // namespace tracedeck::test
