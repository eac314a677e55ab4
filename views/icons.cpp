// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/icons.h"

#include <QFile>
#include <QHash>
#include <QPainter>
#include <QSvgRenderer>

namespace tracedeck {

namespace {

QPixmap renderIcon(const QString& path, const QColor& color, int size, qreal ratio)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QByteArray svg = file.readAll();
    svg.replace(QByteArrayLiteral("currentColor"), color.name().toLatin1());
    QSvgRenderer renderer(svg);
    QPixmap pixmap(QSize(size, size) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter, QRectF(0, 0, size, size));
    return pixmap;
}

} // namespace

QPixmap iconPixmap(QStringView name, const QColor& color, int size, qreal devicePixelRatio)
{
    static QHash<QString, QPixmap> cache;
    const QString key =
        name + u'|' + color.name() + u'|' + QString::number(size) + u'|' + QString::number(devicePixelRatio);
    auto found = cache.constFind(key);
    if (found == cache.constEnd()) {
        found = cache.insert(
            key, renderIcon(QStringLiteral(":/icons/") + name + QStringLiteral(".svg"), color, size, devicePixelRatio));
    }
    return *found;
}

QIcon applicationIcon()
{
    QIcon icon;
    for (const int size : {16, 32, 48, 128}) {
        icon.addPixmap(iconPixmap(u"tracedeck", Qt::black, size, 1.0));
    }
    return icon;
}

} // namespace tracedeck
