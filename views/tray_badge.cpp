// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/tray_badge.h"

#include "models/plural_text.h"
#include "views/theme.h"

#include <QPainter>
#include <QPixmap>
#include <QSystemTrayIcon>
#include <utility>

namespace tracedeck {

QIcon badgedIcon(const QIcon& icon, int count)
{
    if (count <= 0) {
        return icon;
    }
    QIcon badged;
    for (const int size : {16, 22, 24, 32, 48, 64}) {
        QPixmap picture(size, size);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        painter.setRenderHint(QPainter::Antialiasing);
        icon.paint(&painter, picture.rect());
        const QRectF mark(size * 0.4, size * 0.4, size * 0.6, size * 0.6);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().colors.bad);
        painter.drawEllipse(mark);
        QFont font = theme().uiFont(theme().type.base, QFont::Bold);
        font.setPixelSize(static_cast<int>(size * 0.42));
        painter.setFont(font);
        painter.setPen(theme().colors.panel);
        painter.drawText(mark, Qt::AlignCenter, count > 9 ? QStringLiteral("9+") : QString::number(count));
        painter.end();
        badged.addPixmap(picture);
    }
    return badged;
}

TrayBadge::TrayBadge(QIcon icon, QObject* parent)
    : QObject(parent), m_icon(std::move(icon)), m_tray(new QSystemTrayIcon(m_icon, this))
{
    connect(m_tray, &QSystemTrayIcon::activated, this, &TrayBadge::activated);
    setCount(0);
}

void TrayBadge::setShown(bool shown)
{
    m_tray->setVisible(shown && QSystemTrayIcon::isSystemTrayAvailable());
}

void TrayBadge::setCount(int count)
{
    m_tray->setIcon(badgedIcon(m_icon, count));
    m_tray->setToolTip(count <= 0
                           ? tr("Tracedeck")
                           : tr("Tracedeck: %1 not looked at")
                                 .arg(pluralText(static_cast<std::uint64_t>(count), tr("failure"), tr("failures"))));
}

QString TrayBadge::toolTip() const
{
    return m_tray->toolTip();
}

} // namespace tracedeck
