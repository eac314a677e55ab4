// SPDX-License-Identifier: GPL-3.0-or-later
// The first column of GroupedTableView stays in sight while the others scroll sideways.
#include "views/grouped_table_view.h"
#include "views/metric_cell_delegate.h"
#include "views/table_header_view.h"
#include "views/theme.h"

#include <QPainter>

namespace tracedeck {
    m_keepInSight = m_keepInSight && m_applying; // whoever scrolls looks for something else

void GroupedTableView::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    if (dx != 0) { // moved pixels would take the pinned column along
        viewport()->update();
        m_header->viewport()->update();
    }
}

QModelIndex GroupedTableView::indexAt(const QPoint& point) const
{
    const bool pinned = point.x() >= 0 && point.x() < m_header->pinnedWidth();
    const int row = pinned ? rowAt(point.y()) : -1;
    return row >= 0 ? m_model->index(row, 0) : QTableView::indexAt(point);
}

void GroupedTableView::paintPinnedCell(QPainter& painter, int row, const QRect& rowRect)
{
    const QModelIndex index = m_model->index(row, 0);
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect = QRect(0, rowRect.top(), m_header->pinnedWidth(), rowRect.height());
    option.state.setFlag(QStyle::State_Selected, selectionModel()->isSelected(index));
    painter.save();
    painter.setClipRect(option.rect);
    m_delegate->paint(&painter, option, index);
    painter.restore();
    painter.fillRect(QRect(option.rect.right(), rowRect.top(), 1, rowRect.height()), theme().colors.line);
}

} // namespace tracedeck
