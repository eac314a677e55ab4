// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QObject>

class QSystemTrayIcon;

namespace tracedeck {

/// The icon in the desktop's tray while notifications are on, with the number of failures nobody looked at.
/// Where there is no tray, nothing is shown.
class TrayBadge : public QObject {
    Q_OBJECT

public:
    explicit TrayBadge(QIcon icon, QObject* parent = nullptr);

    void setShown(bool shown);
    /// 0 = the plain icon.
    void setCount(int count);
    [[nodiscard]] QString toolTip() const;

Q_SIGNALS:
    void activated();

private:
    QIcon m_icon;
    QSystemTrayIcon* m_tray;
};

/// `icon` with a red mark and the count in its corner ("9+" above nine), in the sizes trays ask for.
[[nodiscard]] QIcon badgedIcon(const QIcon& icon, int count);

} // namespace tracedeck
