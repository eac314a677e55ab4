// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/metric_cell_delegate.h"

#include "models/grouped_table_model.h"
#include "models/roles.h"
#include "views/cell_painter.h"
#include "views/cell_tints.h"
#include "views/theme.h"

#include <QPainter>
#include <algorithm>
#include <array>

namespace tracedeck {
namespace {

/// A corner turned down; it leaves text and the edge of the selection alone.
void paintPinMark(QPainter& painter, const QRect& cell)
{
    const int size = theme().scaled(9);
    const std::array<QPoint, 3> corner{cell.topLeft(), cell.topLeft() + QPoint(size, 0),
                                       cell.topLeft() + QPoint(0, size)};
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().colors.accent);
    painter.drawPolygon(corner.data(), static_cast<int>(corner.size()));
    painter.setBrush(Qt::NoBrush);
}

} // namespace

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
    const auto* model = static_cast<const GroupedTableModel*>(index.model());
    if (index.column() == 0 && !m_pinned.empty()
        && std::find(m_pinned.begin(), m_pinned.end(), model->rowKey(index.row())) != m_pinned.end()) {
        paintPinMark(*painter, cell);
    }
    CellCourse course;
    if (m_courses != nullptr && m_courses->isShown() && content->kind == CellKind::Metric
        && content->column != nullptr) {
        course = m_courses->courseOf(model->rowKey(index.row()), *content->column);
    }
    paintCell(*painter, QRectF(cell), *content, course);
}

QSize MetricCellDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {}; // rows and columns have set sizes; nothing may ask cells for theirs
}

} // namespace tracedeck
