// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/link_socket.h"

#include <QObject>
#include <QString>

class QLocalServer;
class QLocalSocket;

namespace tracedeck {

/// Takes links from further starts of the program on the same data directory. The first window serves; a
/// socket left behind by a killed one is replaced.
class LinkServer : public QObject {
    Q_OBJECT

public:
    explicit LinkServer(QObject* parent = nullptr);
    ~LinkServer() override;

    /// False when another window serves already or the socket cannot be made.
    bool listen(const QString& dataDir);
    [[nodiscard]] QString path() const { return m_path; }

Q_SIGNALS:
    void received(const tracedeck::LinkMessage& message);

private:
    void accept();
    void read(QLocalSocket* socket);

    QLocalServer* m_server = nullptr;
    QString m_path;
};

} // namespace tracedeck
