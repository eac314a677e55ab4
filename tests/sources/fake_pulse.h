// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <QTcpServer>
#include <QWebSocketServer>

#include <functional>
#include <map>
#include <set>

class QWebSocket;

namespace tracedeck::test {

/// A Pulse server of the tests' own: pages of at most 100, a token, a socket on the same port, and faults.
class FakePulse : public QObject {
    Q_OBJECT

public:
    explicit FakePulse(int resources);
    ~FakePulse() override;

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] QStringList targets() const { return m_targets; }
    [[nodiscard]] qsizetype sockets() const { return m_sockets.size(); }
    void send(const QString& text);
    void dropSockets();
    /// Texts that came over sockets.
    [[nodiscard]] QStringList frames() const { return m_frames; }

    int resources; ///< how many there are now
    int growOnFirstPage = 0; ///< resources that appear once page 1 was read
    QString prefix = QStringLiteral("r"); ///< of ids; another organisation has another one
    QByteArray machineId; ///< of the host; empty = not told
    QByteArray token; ///< empty = none is asked for
    bool knowsTypes = true; ///< false: an older server that refuses the type list
    std::set<int> hangingPages;
    std::set<int> vanishedPages; ///< 404
    std::set<int> brokenPages; ///< 500
    std::map<QString, QByteArray> records; ///< answers below /api/charts and /api/metrics-store by path; others 404
    bool recordsHang = false;

private:
    void serve(QTcpSocket* socket);
    void answer(QTcpSocket* socket, const QByteArray& head);
    [[nodiscard]] QByteArray page(int number) const;

    QTcpServer m_server;
    QWebSocketServer m_socketServer;
    QList<QWebSocket*> m_sockets;
    QStringList m_targets;
    QStringList m_frames;
};

} // namespace tracedeck::test
