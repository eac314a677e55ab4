// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/table_header_view.h"

#include "models/grouped_table_model.h"
#include "views/cell_faces.h"

#include <QCoreApplication>
#include <QMouseEvent>
#include <QPainter>

namespace tracedeck {
namespace {

constexpr qreal kHeaderPad = 8;
constexpr qreal kArrowRoom = 12;

void paintArrow(QPainter& painter, QPointF center, SortDirection direction)
{
    const qreal sign = direction == SortDirection::Ascending ? -1 : 1;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme().colors.text, 1.3));
    const QPointF tip = center + QPointF(0, sign * 4);
    painter.drawLine(center - QPointF(0, sign * 4), tip);
    painter.drawLine(tip, tip + QPointF(-3, -sign * 3));
    painter.drawLine(tip, tip + QPointF(3, -sign * 3));
    painter.restore();
}

} // namespace

TableHeaderView::TableHeaderView(QWidget* parent) : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsClickable(true);
    setSectionsMovable(true);
    setHighlightSections(false);
    setSectionResizeMode(QHeaderView::Interactive);
    setMinimumSectionSize(40);
}

void TableHeaderView::markSorted(int column, SortDirection direction)
{
    if (m_sorted != column || m_direction != direction) {
        m_sorted = column;
        m_direction = direction;
        viewport()->update();
    }
}

QSize TableHeaderView::sizeHint() const
{
    return {0, theme().scaled(theme().space.header)};
}

void TableHeaderView::mouseReleaseEvent(QMouseEvent* event)
{
    QHeaderView::mouseReleaseEvent(event);
    Q_EMIT arranged();
}

void TableHeaderView::paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const
{
    const ThemeColors& colors = theme().colors;
    painter->fillRect(rect, colors.panel);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colors.line);
    const auto* table = qobject_cast<const GroupedTableModel*>(model());
    if (!table || logicalIndex < 0 || logicalIndex >= table->columnCount()) {
        return;
    }
    const TableColumn& column = table->columns()[static_cast<std::size_t>(logicalIndex)];
    const QString title = QCoreApplication::translate("TableColumn", column.title);
    const bool sorted = logicalIndex == m_sorted;
    const CellFaces& faces = CellFaces::current();
    const GlyphFace& face = sorted ? faces.strong : faces.base;
    const QColor& color = sorted ? colors.text : colors.text2;
    const qreal baseline = rect.top() + face.baselineIn(rect.height());
    const qreal room = rect.width() - 2 * kHeaderPad - (sorted ? kArrowRoom : 0);
    const qreal width = std::min(face.width(title), room);
    const bool right = column.align == ColumnAlign::Right;
    const qreal left =
        right ? rect.right() + 1 - kHeaderPad - width - (sorted ? kArrowRoom : 0) : rect.left() + kHeaderPad;
    face.draw(*painter, left, baseline, title, color, room);
    if (sorted) {
        paintArrow(*painter, QPointF(left + width + 8, rect.center().y()), m_direction);
    }
}

} // namespace tracedeck
