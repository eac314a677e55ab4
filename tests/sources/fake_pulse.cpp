// SPDX-License-Identifier: GPL-3.0-or-later
#include "fake_pulse.h"

#include <QTcpSocket>
#include <QUrl>
#include <QUrlQuery>
#include <QWebSocket>

#include <algorithm>

namespace tracedeck::test {

namespace {
constexpr int kPageSize = 100;
} // namespace

FakePulse::FakePulse(int count)
    : resources(count), m_socketServer(QStringLiteral("pulse"), QWebSocketServer::NonSecureMode)
{
    m_server.listen(QHostAddress::LocalHost);
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket* socket = m_server.nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { serve(socket); });
        }
    });
    connect(&m_socketServer, &QWebSocketServer::newConnection, this, [this] {
        while (QWebSocket* socket = m_socketServer.nextPendingConnection()) {
            m_sockets.append(socket);
            connect(socket, &QWebSocket::textMessageReceived, this,
                    [this](const QString& text) { m_frames.append(text); });
            connect(socket, &QWebSocket::disconnected, this, [this, socket] {
                m_sockets.removeAll(socket);
                socket->deleteLater();
            });
        }
    });
}

FakePulse::~FakePulse()
{
    for (QWebSocket* socket : std::exchange(m_sockets, {})) {
        socket->disconnect(this);
        delete socket;
    }
}

void FakePulse::send(const QString& text)
{
    for (QWebSocket* socket : m_sockets) {
        socket->sendTextMessage(text);
    }
}

void FakePulse::dropSockets()
{
    for (QWebSocket* socket : QList<QWebSocket*>(m_sockets)) {
        socket->abort();
    }
}

void FakePulse::serve(QTcpSocket* socket)
{
    const QByteArray seen = socket->peek(64 << 10);
    const qsizetype end = seen.indexOf("\r\n\r\n");
    if (end < 0) {
        return;
    }
    if (seen.toLower().contains("upgrade: websocket")) {
        socket->disconnect(this);
        m_socketServer.handleConnection(socket);
        Q_EMIT socket->readyRead();
        return;
    }
    socket->read(end + 4);
    answer(socket, seen.left(end));
}

QByteArray FakePulse::page(int number) const
{
    QByteArray data;
    for (int i = (number - 1) * kPageSize; i < std::min(resources, number * kPageSize); ++i) {
        const QByteArray id = prefix.toUtf8() + QByteArray::number(i);
        data += (data.isEmpty() ? "" : ",");
        data += "{\"id\":\"" + id;
        if (i == 0) {
            if (!machineId.isEmpty()) {
                data += "\",\"identity\":{\"machineId\":\"" + machineId + "\"},\"x\":\"";
            }
            data += "\",\"type\":\"agent\",\"status\":\"online\",\"name\":\"host\",\"metricsTarget\":{\"resourceType\":"
                    "\"agent\","
                    "\"resourceId\":\"agent 1\"}}";
        } else {
            data += "\",\"type\":\"vm\",\"status\":\"online\",\"parentId\":\"" + prefix.toUtf8() + "0\",\"name\":\"vm"
                + QByteArray::number(i) + "\",\"metrics\":{\"cpu\":{\"percent\":5}}}";
        }
    }
    const int pages = std::max(1, (resources + kPageSize - 1) / kPageSize);
    return "{\"data\":[" + data + "],\"meta\":{\"page\":" + QByteArray::number(number) + ",\"limit\":100,\"total\":"
        + QByteArray::number(resources) + ",\"totalPages\":" + QByteArray::number(pages) + "}}";
}

void FakePulse::answer(QTcpSocket* socket, const QByteArray& head)
{
    const QString target = QString::fromUtf8(head.split(' ').value(1));
    m_targets.append(target);
    const QUrlQuery query(QUrl(target).query());
    const int number = query.queryItemValue(QStringLiteral("page")).toInt();
    const bool isRecord =
        target.startsWith(QStringLiteral("/api/charts")) || target.startsWith(QStringLiteral("/api/metrics"));
    if (hangingPages.count(number) > 0 || (isRecord && recordsHang)) {
        return;
    }
    int status = 200;
    QByteArray body;
    if (!token.isEmpty() && !head.contains(QByteArray("X-API-Token: " + token))) {
        status = 401;
    } else if (const auto record = records.find(QUrl(target).path()); record != records.end()) {
        body = record->second;
    } else if (!target.startsWith(QStringLiteral("/api/resources"))) {
        status = 404;
    } else if (!knowsTypes && query.hasQueryItem(QStringLiteral("type"))) {
        status = 400;
    } else if (vanishedPages.count(number) > 0) {
        status = 404;
    } else if (brokenPages.count(number) > 0) {
        status = 500;
    } else {
        body = page(number);
        resources += number == 1 ? std::exchange(growOnFirstPage, 0) : 0;
    }
    socket->write("HTTP/1.1 " + QByteArray::number(status) + " X\r\nContent-Length: " + QByteArray::number(body.size())
                  + "\r\n\r\n" + body);
}

} // namespace tracedeck::test
