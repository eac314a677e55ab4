// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/metric_cell_delegate.h"

#include "models/grouped_table_model.h"
#include "models/roles.h"
#include "views/cell_painter.h"
#include "views/cell_tints.h"
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
    if (const double strength = m_tints ? m_tints->strengthAt(index) : 0; strength > 0) {
        constexpr double kStrongest = 0.3; // text on top stays readable
        QColor tint = colors.accent;
        tint.setAlphaF(static_cast<float>(kStrongest * strength));
        painter->fillRect(cell, tint);
    }
    painter->fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), colors.line);
    CellCourse course;
    if (m_courses != nullptr && m_courses->isShown() && content->kind == CellKind::Metric
        && content->column != nullptr) {
        course = m_courses->courseOf(static_cast<const GroupedTableModel*>(index.model())->rowKey(index.row()),
                                     *content->column);
    }
    paintCell(*painter, QRectF(cell), *content, course);
}

QSize MetricCellDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {}; // rows and columns have set sizes; nothing may ask cells for theirs
}

} // namespace tracedeck
