// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/suggestion_delegate.h"

#include "views/theme.h"

#include <QPainter>
#include <algorithm>

namespace tracedeck {

void SuggestionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ThemeColors& colors = theme().colors;
    if ((option.state & QStyle::State_Selected) != 0) {
        painter->fillRect(option.rect, colors.accentBg);
        painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), colors.accent);
    } else if ((option.state & QStyle::State_MouseOver) != 0) {
        painter->fillRect(option.rect, colors.hover);
    }
    const QRect inside = option.rect.adjusted(12, 0, -12, 0);
    const QString text = index.data(Qt::DisplayRole).toString();
    painter->setFont(m_mono ? theme().monoFont(12) : theme().baseFont());
    const bool taken = (index.flags() & Qt::ItemIsEnabled) != 0;
    painter->setPen(taken ? colors.text : colors.text3);
    const QFontMetrics mono(painter->font());
    const int textWidth = std::min(mono.horizontalAdvance(text) + 1, inside.width() * 2 / 3);
    painter->drawText(QRect(inside.left(), inside.top(), textWidth, inside.height()), Qt::AlignVCenter,
                      mono.elidedText(text, Qt::ElideMiddle, textWidth));
    const QRect rest = inside.adjusted(textWidth + 16, 0, 0, 0);
    painter->setFont(theme().smallFont());
    painter->setPen(colors.text2);
    painter->drawText(
        rest, Qt::AlignVCenter | Qt::AlignRight,
        QFontMetrics(painter->font()).elidedText(index.data(kDetailRole).toString(), Qt::ElideRight, rest.width()));
}
QSize SuggestionDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {100, theme().scaled(kLineHeight)};
}

} // namespace tracedeck
