// SPDX-License-Identifier: GPL-3.0-or-later
// Painting of GroupedTableView. QTableView copies a style option, and with it fonts and palettes, for every
// cell of a frame; here one option goes through all of them.
#include "views/group_header_painter.h"
#include "views/grouped_table_view.h"
#include "views/metric_cell_delegate.h"
#include "views/table_header_view.h"
#include "views/theme.h"

#include <QPaintEvent>
#include <QPainter>

namespace tracedeck {

/// One frame: where to, what of it is asked for, and the option every cell is painted with.
struct GroupedTableView::RowPaint {
    QPainter& painter;
    const QRegion& asked;
    QStyleOptionViewItem option;
    int hovered = -1;
    int current = -1;
};

void GroupedTableView::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    const auto [first, last] = visibleRows();
    const int bottom = first <= last ? rowRect(last).bottom() + 1 : 0;
    painter.fillRect(QRect(0, bottom, viewport()->width(), viewport()->height() - bottom), theme().colors.window);
    RowPaint paint{painter, event->region(), {}, m_hover.row(), currentIndex().row()};
    m_rowsPainted = 0;
    for (int row = first; row <= last; ++row) {
        const QRect rect = rowRect(row);
        if (paint.asked.intersects(rect)) {
            paintRow(paint, row, rect);
            ++m_rowsPainted;
        }
    }
}

void GroupedTableView::paintRow(RowPaint& paint, int row, const QRect& rect)
{
    const ThemeColors& colors = theme().colors;
    const bool selected = selectionModel()->isSelected(m_model->index(row, 0));
    paint.option.state.setFlag(QStyle::State_Selected, selected);
    const int pinned = m_header->pinnedWidth();
    if (const PlanGroup* group = m_model->group(row)) {
        m_headerPainter->paint(paint.painter, rect, row, *group, row == paint.hovered);
    } else {
        for (int column = 0; column < m_header->count(); ++column) {
            const int width = m_header->sectionSize(column); // 0 = hidden
            const QRect cell(m_header->sectionViewportPosition(column), rect.top(), width, rect.height());
            if (width > 0 && cell.right() >= pinned && paint.asked.intersects(cell)) {
                paintCellAt(paint, row, column, cell);
            }
        }
        if (pinned > 0) {
            paintCellAt(paint, row, 0, QRect(0, rect.top(), pinned, rect.height()));
            paint.painter.fillRect(QRect(pinned - 1, rect.top(), 1, rect.height()), colors.line);
        }
    }
    if (selected || row == paint.current) {
        paint.painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height() - 1), colors.accent);
    }
    if (row == paint.current && hasFocus()) {
        paint.painter.setPen(colors.accent);
        paint.painter.drawRect(rect.adjusted(0, 0, -1, -2));
    }
}

void GroupedTableView::paintCellAt(RowPaint& paint, int row, int column, const QRect& cell)
{
    paint.option.rect = cell;
    m_delegate->paint(&paint.painter, paint.option, m_model->index(row, column));
}

} // namespace tracedeck
