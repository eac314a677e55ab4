// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/status_shape.h"

#include "views/paint_ink.h"
#include "views/theme.h"

#include <QPainter>
#include <array>

namespace tracedeck {

QColor severityColor(Severity severity)
{
    const ThemeColors& colors = theme().colors;
    switch (severity) {
    case Severity::Ok:
        return colors.ok;
    case Severity::Warning:
        return colors.warn;
    case Severity::Critical:
        return colors.bad;
    case Severity::Unknown:
        return colors.text3;
    case Severity::None:
        break;
    }
    return colors.text;
}

void paintStatusShape(QPainter& painter, QPointF center, Severity severity, qreal size)
{
    if (severity == Severity::None) {
        return;
    }
    const QColor color = severityColor(severity);
    const qreal half = size / 2;
    // By hand, because save() copies the whole state: sharing a pen and a brush costs nothing.
    const QPen penBefore = painter.pen();
    const QBrush brushBefore = painter.brush();
    const bool smoothBefore = painter.testRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(inkBrush(color));
    switch (severity) {
    case Severity::Warning: {
        const qreal reach = half + 1;
        const std::array corners{center + QPointF(0, -reach), center + QPointF(reach, 0), center + QPointF(0, reach),
                                 center + QPointF(-reach, 0)};
        painter.drawConvexPolygon(corners.data(), static_cast<int>(corners.size()));
        break;
    }
    case Severity::Critical:
        painter.drawRoundedRect(QRectF(center.x() - half, center.y() - half, size, size), 1.5, 1.5);
        break;
    case Severity::Unknown:
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, 1.5));
        painter.drawEllipse(center, half - 0.75, half - 0.75);
        break;
    default:
        painter.drawEllipse(center, half, half);
    }
    painter.setRenderHint(QPainter::Antialiasing, smoothBefore);
    painter.setBrush(brushBefore);
    painter.setPen(penBefore);
}

} // namespace tracedeck
