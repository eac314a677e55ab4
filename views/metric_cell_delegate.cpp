// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/metric_cell_delegate.h"

#include "models/roles.h"
#include "views/cell_painter.h"
#include "views/theme.h"

#include <QPainter>

namespace tracedeck {

void MetricCellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* content = index.data(CellRole).value<const CellContent*>();
    if (!content || content->kind == CellKind::Group) {
        return;
    }
    const ThemeColors& colors = theme().colors;
    const QRect& cell = option.rect;
    const bool selected = (option.state & QStyle::State_Selected) != 0;
    const bool hovered = index.row() == m_hoverRow;
    painter->fillRect(cell, selected ? colors.selection : hovered ? colors.hover : colors.panel);
    painter->fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), colors.line);
    paintCell(*painter, QRectF(cell), *content);
}

QSize MetricCellDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {}; // rows and columns have set sizes; nothing may ask cells for theirs
}

} // namespace tracedeck
