// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/key_overlay.h"

#include "views/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QSet>
#include <QWheelEvent>
#include <algorithm>
#include <array>
#include <utility>

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
    m_offset = 0;
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

QRect KeyOverlay::listArea() const
{
    return rect().adjusted(kOverlayMargin + 20, kOverlayMargin + 52, -kOverlayMargin - 20, -kOverlayMargin - 12);
}

KeyOverlay::Layout KeyOverlay::layOut() const
{
    const QFont titleFont = theme().smallFont();
    const QRect area = listArea();
    Layout all;
    all.keysWidth = widestText(m_commands, theme().monoFont(11), spelledKeys) + 16;
    const int widest = all.keysWidth + kColumnGap + 4 // widths are rounded
        + widestText(m_commands, titleFont, [](const CommandItem& item) { return item.title; });
    // Many lines in a small window: they move together first, then they are scrolled. Texts are never cut for it.
    const int fitting = std::max((area.width() + kColumnGap) / widest, 1);
    const int least = QFontMetrics(titleFont).height();
    all.lineHeight = theme().scaled(22);
    int columnHeight = std::max(area.height(), 2 * least);
    all.placed = places(all.lineHeight, columnHeight);
    const auto isTooWide = [&all, fitting] { return !all.placed.empty() && all.placed.back().column >= fitting; };
    while (isTooWide() && all.lineHeight > least) {
        all.placed = places(--all.lineHeight, columnHeight);
    }
    if (isTooWide()) { // what is scrolled need not be squeezed
        all.lineHeight = theme().scaled(22);
    }
    while (isTooWide()) {
        columnHeight += all.lineHeight;
        all.placed = places(all.lineHeight, columnHeight);
    }
    const int columns = all.placed.empty() ? 1 : all.placed.back().column + 1;
    all.columnWidth = std::min(widest, (area.width() + kColumnGap) / columns);
    for (const Place& place : all.placed) {
        all.height = std::max(all.height, place.top + all.lineHeight);
    }
    return all;
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
    const Layout all = layOut();
    const QRect area = listArea();
    const QString closes = tr("Esc closes");
    painter.drawText(card.adjusted(20, 16, -20, 0), Qt::AlignTop | Qt::AlignRight,
                     all.height > area.height() ? tr("\u2191 \u2193 scroll") + QStringLiteral(" \u00b7 ") + closes
                                                : closes);
    if (all.height > area.height()) { // where in the list we are
        const int track = area.height();
        const int thumb = std::max(track * track / all.height, 16);
        const int top = area.top() + (track - thumb) * m_offset / (all.height - track);
        painter.fillRect(QRect(card.right() - 8, top, 3, thumb), colors.text3);
    }
    painter.setClipRect(area);
    painter.translate(area.left(), area.top() - m_offset);
    paintLines(painter, all);
}

void KeyOverlay::paintLines(QPainter& painter, const Layout& all) const
{
    const ThemeColors& colors = theme().colors;
    const QFont keysFont = theme().monoFont(11);
    const QFont titleFont = theme().smallFont();
    for (std::size_t i = 0; i < all.placed.size(); ++i) {
        const CommandItem& item = m_commands[i];
        const int x = all.placed[i].column * all.columnWidth;
        const int y = all.placed[i].top;
        if (all.placed[i].heads) {
            painter.setFont(theme().uiFont(theme().type.small, QFont::DemiBold));
            painter.setPen(colors.accent);
            painter.drawText(QRect(x, y - all.lineHeight, all.columnWidth, all.lineHeight), Qt::AlignVCenter,
                             item.section);
        }
        painter.setFont(keysFont);
        painter.setPen(colors.text2);
        painter.drawText(QRect(x, y, all.keysWidth, all.lineHeight), Qt::AlignVCenter, spelledKeys(item));
        painter.setFont(titleFont);
        painter.setPen(colors.text);
        const QRect titleRect(x + all.keysWidth, y, all.columnWidth - all.keysWidth - kColumnGap, all.lineHeight);
        painter.drawText(titleRect, Qt::AlignVCenter,
                         QFontMetrics(titleFont).elidedText(item.title, Qt::ElideRight, titleRect.width()));
    }
}

void KeyOverlay::scrollBy(int pixels)
{
    m_offset = std::clamp(m_offset + pixels, 0, std::max(layOut().height - listArea().height(), 0));
    update();
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

void KeyOverlay::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    scrollBy(0);
}

void KeyOverlay::wheelEvent(QWheelEvent* event)
{
    scrollBy(-event->angleDelta().y() / 2);
    event->accept(); // nothing below the veil moves
}

void KeyOverlay::keyPressEvent(QKeyEvent* event)
{
    const int page = listArea().height();
    const int line = layOut().lineHeight;
    const std::array<std::pair<int, int>, 8> steps{{{Qt::Key_Down, line},
                                                    {Qt::Key_J, line},
                                                    {Qt::Key_Up, -line},
                                                    {Qt::Key_K, -line},
                                                    {Qt::Key_PageDown, page},
                                                    {Qt::Key_PageUp, -page},
                                                    {Qt::Key_Home, -m_offset},
                                                    {Qt::Key_End, layOut().height}}};
    const auto* const step =
        std::find_if(steps.begin(), steps.end(), [&](const auto& known) { return known.first == event->key(); });
    if (step != steps.end() && isScrolled()) {
        scrollBy(step->second);
        return;
    }
    hide();
}

void KeyOverlay::mousePressEvent(QMouseEvent*)
{
    hide();
}

} // namespace tracedeck
