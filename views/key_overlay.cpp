// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/key_overlay.h"

#include "views/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

namespace tracedeck {

namespace {
constexpr int kColumn = 380;
constexpr int kKeysWidth = 130;
constexpr int kOverlayMargin = 28;
} // namespace

KeyOverlay::KeyOverlay(QWidget* window) : QWidget(window)
{
    setAccessibleName(tr("Keys"));
    setFocusPolicy(Qt::StrongFocus);
    hide();
}

void KeyOverlay::open(std::vector<CommandItem> commands)
{
    m_commands.clear();
    for (CommandItem& item : commands) {
        if (!item.keys.isEmpty()) {
            m_commands.push_back(std::move(item));
        }
    }
    setAccessibleDescription(lines().join(u'\n'));
    setGeometry(parentWidget()->rect());
    show();
    raise();
    setFocus(Qt::PopupFocusReason);
}

QStringList KeyOverlay::lines() const
{
    QStringList lines;
    for (const CommandItem& item : m_commands) {
        lines.append(item.keys.join(QStringLiteral("  ")) + u'\t' + item.title);
    }
    return lines;
}

void KeyOverlay::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = theme().colors;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = colors.window;
    veil.setAlpha(200);
    painter.fillRect(rect(), veil);
    const QRect card = rect().adjusted(kOverlayMargin, kOverlayMargin, -kOverlayMargin, -kOverlayMargin);
    painter.setPen(colors.line);
    painter.setBrush(colors.panel);
    painter.drawRoundedRect(card, theme().space.radius, theme().space.radius);
    painter.setFont(theme().titleFont());
    painter.setPen(colors.text);
    painter.drawText(card.adjusted(20, 14, -20, 0), Qt::AlignTop | Qt::AlignLeft, tr("Keys"));
    painter.setFont(theme().smallFont());
    painter.setPen(colors.text3);
    painter.drawText(card.adjusted(20, 16, -20, 0), Qt::AlignTop | Qt::AlignRight, tr("Esc closes"));
    const int lineHeight = theme().scaled(22);
    const int columnWidth = std::min(kColumn, (card.width() - 40) / 3);
    const int top = card.top() + 52;
    int x = card.left() + 20;
    int y = top;
    QString section;
    for (const CommandItem& item : m_commands) {
        const int needed = item.section != section ? 2 * lineHeight + 8 : lineHeight;
        if (y + needed > card.bottom() - 12 && y > top) {
            x += columnWidth;
            y = top;
        }
        if (item.section != section) {
            section = item.section;
            y += y > top ? 8 : 0;
            painter.setFont(theme().uiFont(theme().type.small, QFont::DemiBold));
            painter.setPen(colors.accent);
            painter.drawText(QRect(x, y, columnWidth, lineHeight), Qt::AlignVCenter, section);
            y += lineHeight;
        }
        painter.setFont(theme().monoFont(11));
        painter.setPen(colors.text2);
        painter.drawText(QRect(x, y, kKeysWidth, lineHeight), Qt::AlignVCenter, item.keys.join(QStringLiteral("  ")));
        painter.setFont(theme().smallFont());
        painter.setPen(colors.text);
        painter.drawText(QRect(x + kKeysWidth, y, columnWidth - kKeysWidth - 12, lineHeight), Qt::AlignVCenter,
                         item.title);
        y += lineHeight;
    }
}

void KeyOverlay::keyPressEvent(QKeyEvent*)
{
    hide();
    parentWidget()->setFocus(Qt::PopupFocusReason);
}

void KeyOverlay::mousePressEvent(QMouseEvent*)
{
    hide();
    parentWidget()->setFocus(Qt::PopupFocusReason);
}

} // namespace tracedeck
