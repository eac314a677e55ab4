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
constexpr qreal kPlaceRoom = 10; ///< for the 1 or 2 behind the arrow

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
    setFirstSectionMovable(false);
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

void TableHeaderView::markThen(int column, SortDirection direction)
{
    if (m_then != column || m_thenDirection != direction) {
        m_then = column;
        m_thenDirection = direction;
        viewport()->update();
    }
}

int TableHeaderView::pinnedWidth() const
{
    return offset() > 0 && count() > 0 ? sectionSize(logicalIndex(0)) : 0;
}

void TableHeaderView::paintEvent(QPaintEvent* event)
{
    QHeaderView::paintEvent(event);
    if (const int width = pinnedWidth(); width > 0) {
        QPainter painter(viewport());
        paintSection(&painter, QRect(0, 0, width, height()), logicalIndex(0));
        painter.fillRect(QRect(width - 1, 0, 1, height()), theme().colors.line);
    }
}

void TableHeaderView::mousePressEvent(QMouseEvent* event)
{
    m_pinnedPressed = event->position().x() < pinnedWidth();
    if (!m_pinnedPressed) { // what lies below the pinned section must not answer
        QHeaderView::mousePressEvent(event);
    }
}

QSize TableHeaderView::sizeHint() const
{
    return {0, theme().scaled(theme().space.header)};
}

void TableHeaderView::mouseReleaseEvent(QMouseEvent* event)
{
    m_modifiers = event->modifiers();
    if (m_pinnedPressed) {
        m_pinnedPressed = false;
        if (event->position().x() < pinnedWidth()) {
            Q_EMIT sectionClicked(logicalIndex(0));
        }
        return;
    }
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
    const bool first = logicalIndex == m_sorted;
    const bool sorted = first || (logicalIndex == m_then && m_sorted >= 0);
    const bool numbered = sorted && m_then >= 0;
    const CellFaces& faces = CellFaces::current();
    const GlyphFace& face = sorted ? faces.strong : faces.base;
    const QColor& color = sorted ? colors.text : colors.text2;
    const qreal baseline = rect.top() + face.baselineIn(rect.height());
    const qreal marks = (sorted ? kArrowRoom : 0) + (numbered ? kPlaceRoom : 0);
    const qreal room = rect.width() - 2 * kHeaderPad - marks;
    const qreal width = std::min(face.width(title), room);
    const bool right = column.align == ColumnAlign::Right;
    const qreal left = right ? rect.right() + 1 - kHeaderPad - width - marks : rect.left() + kHeaderPad;
    face.draw(*painter, left, baseline, title, color, room);
    if (sorted) {
        paintArrow(*painter, QPointF(left + width + 8, rect.center().y()), first ? m_direction : m_thenDirection);
    }
    if (numbered) {
        faces.tiny.draw(*painter, left + width + kArrowRoom + 3, rect.top() + faces.tiny.baselineIn(rect.height()),
                        first ? u"1" : u"2", colors.text2);
    }
}

} // namespace tracedeck
