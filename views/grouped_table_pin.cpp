// SPDX-License-Identifier: GPL-3.0-or-later
// The first column of GroupedTableView stays in sight while the others scroll sideways.
#include "views/grouped_table_view.h"
#include "views/table_header_view.h"

namespace tracedeck {

void GroupedTableView::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    m_keepInSight = m_keepInSight && m_applying; // whoever scrolls looks for something else
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

} // namespace tracedeck
