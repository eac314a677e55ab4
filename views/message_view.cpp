// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/message_view.h"

#include "views/theme.h"

#include <QPainter>

namespace tracedeck {

void MessageView::setText(const QString& text)
{
    m_text = text;
    setAccessibleName(text);
    update();
}

void MessageView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().colors.panel);
    painter.setFont(theme().baseFont());
    painter.setPen(theme().colors.text2);
    painter.drawText(rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, m_text);
}

} // namespace tracedeck
