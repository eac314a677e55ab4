// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/query_error_strip.h"

#include "views/status_shape.h"
#include "views/theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace tracedeck {

QueryErrorStrip::QueryErrorStrip(QWidget* window) : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void QueryErrorStrip::showError(const QString& text, const QWidget* anchor)
{
    m_text = text.isEmpty() ? QString() : text + tr(" · showing the last good result");
    if (m_text.isEmpty()) {
        hide();
        return;
    }
    const QPoint at = anchor->mapTo(parentWidget(), QPoint(0, anchor->height() + 4));
    const int wanted = QFontMetrics(theme().smallFont()).horizontalAdvance(m_text) + 44;
    setGeometry(at.x(), at.y(), std::min(wanted, parentWidget()->width() - at.x() - 8), theme().scaled(28));
    setAccessibleName(m_text);
    show();
    raise();
    update();
}

void QueryErrorStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme().colors.bad);
    painter.setBrush(theme().colors.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme().space.radius, theme().space.radius);
    paintStatusShape(painter, QPointF(16, height() / 2.0), Severity::Critical);
    painter.setPen(theme().colors.text);
    painter.setFont(theme().smallFont());
    painter.drawText(rect().adjusted(30, 0, -8, 0), Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetrics(painter.font()).elidedText(m_text, Qt::ElideRight, width() - 38));
}

} // namespace tracedeck
