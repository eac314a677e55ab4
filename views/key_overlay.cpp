// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/key_overlay.h"

#include "views/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QSet>
#include <algorithm>

namespace tracedeck {

namespace {
constexpr int kOverlayMargin = 28;
constexpr int kColumnGap = 28;
constexpr int kSectionGap = 8;

QString spelledKeys(const CommandItem& item)
{
    return item.keys.join(QStringLiteral("  "));
}

int widestText(const std::vector<CommandItem>& commands, const QFont& font, QString (*text)(const CommandItem&))
{
    const QFontMetrics metrics(font);
    int widest = 0;
    for (const CommandItem& item : commands) {
        widest = std::max(widest, metrics.horizontalAdvance(text(item)));
    }
    return widest;
}
} // namespace

KeyOverlay::KeyOverlay(QWidget* window) : QWidget(window)
{
    setAccessibleName(tr("Keys"));
    setFocusPolicy(Qt::StrongFocus);
    hide();
}

void KeyOverlay::open(std::vector<CommandItem> commands)
{
    QSet<QString> taken; // keys that mean something else here than everywhere
    for (const CommandItem& item : commands) {
        if (!item.scope.isEmpty()) {
            taken.unite(QSet<QString>(item.keys.begin(), item.keys.end()));
        }
    }
    m_commands.clear();
    for (CommandItem& item : commands) {
        if (item.scope.isEmpty()) {
            item.keys.removeIf([&](const QString& key) { return taken.contains(key); });
        }
        if (!item.keys.isEmpty()) {
            m_commands.push_back(std::move(item));
        }
    }
    if (!isVisible()) {
        m_before = QApplication::focusWidget();
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
        lines.append(spelledKeys(item) + u'\t' + item.title);
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
    const QFont keysFont = theme().monoFont(11);
    const QFont titleFont = theme().smallFont();
    const QRect area = card.adjusted(20, 52, -20, -12);
    const int keysWidth = widestText(m_commands, keysFont, spelledKeys) + 16;
    const int widest = keysWidth + kColumnGap + 4 // widths are rounded
        + widestText(m_commands, titleFont, [](const CommandItem& item) { return item.title; });
    // Many lines in a small window: they move together before texts are cut.
    const int fitting = std::max((area.width() + kColumnGap) / widest, 1);
    int lineHeight = theme().scaled(22);
    const int least = QFontMetrics(titleFont).height();
    std::vector<Place> placed = places(lineHeight, area.height());
    while (!placed.empty() && placed.back().column >= fitting && lineHeight > least) {
        placed = places(--lineHeight, area.height());
    }
    const int columns = placed.empty() ? 1 : placed.back().column + 1;
    const int columnWidth = std::min(widest, (area.width() + kColumnGap) / columns);
    for (std::size_t i = 0; i < placed.size(); ++i) {
        const CommandItem& item = m_commands[i];
        const int x = area.left() + placed[i].column * columnWidth;
        const int y = area.top() + placed[i].top;
        if (placed[i].heads) {
            painter.setFont(theme().uiFont(theme().type.small, QFont::DemiBold));
            painter.setPen(colors.accent);
            painter.drawText(QRect(x, y - lineHeight, columnWidth, lineHeight), Qt::AlignVCenter, item.section);
        }
        painter.setFont(keysFont);
        painter.setPen(colors.text2);
        painter.drawText(QRect(x, y, keysWidth, lineHeight), Qt::AlignVCenter, spelledKeys(item));
        painter.setFont(titleFont);
        painter.setPen(colors.text);
        const QRect titleRect(x + keysWidth, y, columnWidth - keysWidth - kColumnGap, lineHeight);
        painter.drawText(titleRect, Qt::AlignVCenter,
                         QFontMetrics(titleFont).elidedText(item.title, Qt::ElideRight, titleRect.width()));
    }
}

std::vector<KeyOverlay::Place> KeyOverlay::places(int lineHeight, int columnHeight) const
{
    std::vector<Place> placed;
    Place next;
    QString section;
    for (const CommandItem& item : m_commands) {
        next.heads = item.section != section;
        section = item.section;
        const int needed = next.heads ? 2 * lineHeight + kSectionGap : lineHeight;
        if (next.top + needed > columnHeight && next.top > 0) {
            ++next.column;
            next.top = 0;
        }
        if (next.heads) {
            next.top += lineHeight + (next.top > 0 ? kSectionGap : 0);
        }
        placed.push_back(next);
        next.top += lineHeight;
    }
    return placed;
}

void KeyOverlay::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    if (m_before != nullptr && m_before->isVisible()) {
        m_before->setFocus(Qt::PopupFocusReason);
    } else {
        parentWidget()->setFocus(Qt::PopupFocusReason);
    }
}

void KeyOverlay::keyPressEvent(QKeyEvent*)
{
    hide();
}

void KeyOverlay::mousePressEvent(QMouseEvent*)
{
    hide();
}

} // namespace tracedeck
