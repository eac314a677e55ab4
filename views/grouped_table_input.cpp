// SPDX-License-Identifier: GPL-3.0-or-later
// Hands on a GroupedTableView: keys, mouse, selection.
#include "views/grouped_table_view.h"
#include "views/metric_cell_delegate.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QStringList>
#include <algorithm>

namespace tracedeck {

RowKey GroupedTableView::currentKey() const
{
    return m_model ? m_model->rowKey(currentIndex().row()) : 0;
}

bool GroupedTableView::setCurrentKey(RowKey key)
{
    const int row = m_model ? m_model->rowOfKey(key) : -1;
    if (row < 0) {
        return false;
    }
    moveTo(row);
    return true;
}

std::vector<RowKey> GroupedTableView::selectedKeys() const
{
    std::vector<RowKey> keys;
    if (!m_model) {
        return keys;
    }
    std::vector<int> rows;
    for (const QItemSelectionRange& range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            rows.push_back(row);
        }
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    for (const int row : rows) {
        if (!m_model->isGroup(row)) {
            keys.push_back(m_model->rowKey(row));
        }
    }
    return keys;
}

void GroupedTableView::pointAt(RowKey key)
{
    const auto [first, last] = visibleRows();
    for (int row = first; m_model != nullptr && row <= last; ++row) {
        if (key != 0 && m_model->rowKey(row) == key) {
            setHoverRow(row);
            return;
        }
    }
    setHoverRow(-1);
}

RowKey GroupedTableView::hoverKey() const
{
    return m_model && m_hover.isValid() ? m_model->rowKey(m_hover.row()) : 0;
}

QString GroupedTableView::selectionText() const
{
    QStringList lines;
    for (const RowKey key : selectedKeys()) {
        const int row = m_model->rowOfKey(key);
        QStringList cells;
        for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
            const int column = horizontalHeader()->logicalIndex(visual);
            if (!isColumnHidden(column)) {
                cells += m_model->index(row, column).data(CopyTextRole).toString();
            }
        }
        lines += cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n'));
}

void GroupedTableView::selectAll()
{
    const int rows = m_model ? m_model->rowCount() : 0;
    if (rows == 0) {
        return;
    }
    selectRows(0, rows - 1);
}

void GroupedTableView::selectRows(int first, int last)
{
    const int wanted = last - first + 1;
    const int chosen = std::min(wanted, kSelectionCap);
    const QItemSelection selection(m_model->index(first, 0),
                                   m_model->index(first + chosen - 1, m_model->columnCount() - 1));
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    if (chosen < wanted) {
        const auto rowsIn = [this, first](int lines) { // headers of groups are no rows
            int rows = 0;
            for (int row = first; row < first + lines; ++row) {
                rows += m_model->group(row) == nullptr ? 1 : 0;
            }
            return rows;
        };
        Q_EMIT selectionCapped(rowsIn(chosen), rowsIn(wanted));
    }
}

void GroupedTableView::selectGroup(int row)
{
    const int header = m_model ? groupRowOf(std::min(row, m_model->rowCount() - 1)) : -1;
    int last = header;
    const auto isInside = [this, header](int at) { // rows, and groups inside the group
        const PlanGroup* group = m_model->group(at);
        return group == nullptr || group->depth > m_model->group(header)->depth;
    };
    while (header >= 0 && last + 1 < m_model->rowCount() && isInside(last + 1)) {
        ++last;
    }
    if (last > header) {
        selectRows(header + 1, last);
    }
}

void GroupedTableView::keyboardSearch(const QString&)
{
    // Letters act; finding is for the search field.
}

void GroupedTableView::moveTo(int row)
{
    if (m_model && m_model->rowCount() > 0) {
        const QModelIndex target = m_model->index(std::clamp(row, 0, m_model->rowCount() - 1), 0);
        selectionModel()->setCurrentIndex(target, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        scrollTo(target);
    }
}

int GroupedTableView::groupRowOf(int row) const
{
    while (row >= 0 && !m_model->isGroup(row)) {
        --row;
    }
    return row;
}

int GroupedTableView::outerGroupRowOf(int row) const
{
    const PlanGroup* inner = m_model->group(row);
    while (inner != nullptr && inner->depth > 0 && row >= 0
           && (m_model->group(row) == nullptr || m_model->group(row)->depth >= inner->depth)) {
        --row;
    }
    return row;
}

void GroupedTableView::foldOrStep(bool collapse)
{
    const int row = currentIndex().row();
    const PlanGroup* group = m_model ? m_model->group(row) : nullptr;
    if (group && group->collapsed != collapse) {
        Q_EMIT groupToggled(group->key);
    } else if (!group && collapse && m_model && groupRowOf(row) >= 0) {
        moveTo(groupRowOf(row));
    } else if (group && collapse) {
        moveTo(outerGroupRowOf(row));
    }
}

void GroupedTableView::activate(int row)
{
    if (const PlanGroup* group = m_model->group(row)) {
        Q_EMIT groupToggled(group->key);
    } else if (const RowKey key = m_model->rowKey(row); key != 0) {
        Q_EMIT rowActivated(key);
    }
}

void GroupedTableView::keyPressEvent(QKeyEvent* event)
{
    if (!m_model) {
        QTableView::keyPressEvent(event);
        return;
    }
    Q_EMIT keyUsed();
    if (event->matches(QKeySequence::Copy)) {
        QGuiApplication::clipboard()->setText(selectionText());
        return;
    }
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const int row = currentIndex().row();
    const bool plain = modifiers == Qt::NoModifier;
    if (modifiers == Qt::ShiftModifier && event->key() == Qt::Key_G) {
        moveTo(m_model->rowCount() - 1);
    } else if (modifiers == Qt::ShiftModifier && event->key() == Qt::Key_J) {
        QKeyEvent down(QEvent::KeyPress, Qt::Key_Down, Qt::ShiftModifier);
        QTableView::keyPressEvent(&down);
    } else if (modifiers == Qt::ShiftModifier && event->key() == Qt::Key_K) {
        QKeyEvent up(QEvent::KeyPress, Qt::Key_Up, Qt::ShiftModifier);
        QTableView::keyPressEvent(&up);
    } else if (!plain) {
        QTableView::keyPressEvent(event);
    } else if (event->key() == Qt::Key_J) {
        moveTo(row + 1);
    } else if (event->key() == Qt::Key_K) {
        moveTo(row - 1);
    } else if (event->key() == Qt::Key_G || event->key() == Qt::Key_Home) {
        moveTo(0);
    } else if (event->key() == Qt::Key_End) {
        moveTo(m_model->rowCount() - 1);
    } else if (event->key() == Qt::Key_H || event->key() == Qt::Key_Left) {
        foldOrStep(true);
    } else if (event->key() == Qt::Key_L && row >= 0 && !m_model->isGroup(row)) {
        Q_EMIT logRequested();
    } else if (event->key() == Qt::Key_L || event->key() == Qt::Key_Right) {
        foldOrStep(false);
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        activate(row);
    } else if (event->key() == Qt::Key_Space) {
        if (row >= 0 && !m_model->isGroup(row)) {
            Q_EMIT pinToggled(m_model->rowKey(row));
        }
    } else if (!event->text().isEmpty() && event->text().at(0).isPrint()) {
        event->ignore(); // letters belong to the key map of the window
    } else {
        QTableView::keyPressEvent(event);
    }
}

void GroupedTableView::mousePressEvent(QMouseEvent* event)
{
    const int row = m_model ? rowAt(event->position().toPoint().y()) : -1;
    QTableView::mousePressEvent(event);
    if (event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier && m_model && m_model->isGroup(row)) {
        selectionModel()->setCurrentIndex(m_model->index(row, 0), QItemSelectionModel::NoUpdate);
        activate(row);
    }
}

void GroupedTableView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const int row = m_model ? rowAt(event->position().toPoint().y()) : -1;
    if (event->button() == Qt::LeftButton && row >= 0) {
        activate(row); // on a group header the second press folds it back
    }
}

void GroupedTableView::setHoverRow(int row)
{
    if (row == (m_hover.isValid() ? m_hover.row() : -1)) {
        return;
    }
    updateRow(m_hover.row());
    m_hover = row >= 0 ? QPersistentModelIndex(m_model->index(row, 0)) : QPersistentModelIndex();
    m_delegate->setHoverRow(row);
    updateRow(row);
}

void GroupedTableView::mouseMoveEvent(QMouseEvent* event)
{
    if (m_model) {
        setHoverRow(rowAt(event->position().toPoint().y()));
        Q_EMIT pointerMoved();
    }
    if (event->buttons() != Qt::NoButton) {
        QTableView::mouseMoveEvent(event);
    }
}

void GroupedTableView::leaveEvent(QEvent* event)
{
    setHoverRow(-1);
    QTableView::leaveEvent(event);
}

void GroupedTableView::wheelEvent(QWheelEvent* event)
{
    QTableView::wheelEvent(event);
    if (m_model) {
        setHoverRow(rowAt(viewport()->mapFromGlobal(event->globalPosition()).toPoint().y()));
        Q_EMIT pointerMoved();
    }
}

void GroupedTableView::contextMenuEvent(QContextMenuEvent* event)
{
    const int row = event->reason() == QContextMenuEvent::Mouse ? rowAt(event->pos().y()) : currentIndex().row();
    if (m_model && row >= 0) {
        Q_EMIT rowMenuRequested(m_model->rowKey(row), event->globalPos());
    }
}

void GroupedTableView::focusInEvent(QFocusEvent* event)
{
    QTableView::focusInEvent(event);
    updateRow(currentIndex().row());
}

void GroupedTableView::focusOutEvent(QFocusEvent* event)
{
    QTableView::focusOutEvent(event);
    updateRow(currentIndex().row());
}

} // namespace tracedeck
