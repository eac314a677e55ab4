// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <QTcpServer>

namespace tracedeck::test {

/// An HTTP proxy that knows CONNECT only: remembers what it was asked for and passes bytes both ways. Every
/// wanted host is taken for this machine, so that names that exist nowhere else can be used.
class ConnectProxy : public QObject {
    Q_OBJECT

public:
    ConnectProxy();
    [[nodiscard]] QString text() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort()); }
    [[nodiscard]] QStringList wanted() const { return m_wanted; }

    QByteArray refusal; ///< sent in place of a tunnel when not empty

private:
    void serve(QTcpSocket* client);
    void open(QTcpSocket* client, const QByteArray& head);

    QTcpServer m_server;
    QStringList m_wanted;
};

} // namespace tracedeck::test
