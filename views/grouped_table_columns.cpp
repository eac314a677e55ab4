// SPDX-License-Identifier: GPL-3.0-or-later
// Column side of GroupedTableView: widths, order, choice, sorting by header.
#include "views/column_fit.h"
#include "views/grouped_table_view.h"
#include "views/table_header_view.h"
#include "views/theme.h"

#include <QAction>
#include <QCoreApplication>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <algorithm>

namespace tracedeck {

GroupedTableView::ColumnWish& GroupedTableView::wish(int column)
{
    return m_wishes[static_cast<std::size_t>(column)];
}

void GroupedTableView::fitColumnsToWidth()
{
    if (!m_model || m_fitting) {
        return;
    }
    m_fitting = true;
    std::vector<FitColumn> columns;
    columns.reserve(m_wishes.size());
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int logical = m_header->logicalIndex(visual);
        const TableColumn& column = m_model->columns()[static_cast<std::size_t>(logical)];
        const ColumnWish& wanted = wish(logical);
        columns.push_back({wanted.width > 0 ? wanted.width : theme().scaled(column.width),
                           theme().scaled(column.minWidth), column.stretch, wanted.kept ? 0 : column.givesWay,
                           wanted.hidden || (wanted.empty && !wanted.kept), wanted.width > 0});
    }
    const std::vector<int> widths = fitColumns(columns, viewport()->width());
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int logical = m_header->logicalIndex(visual);
        const int width = widths[static_cast<std::size_t>(visual)];
        m_header->setSectionHidden(logical, width == 0);
        if (width > 0) {
            m_header->resizeSection(logical, width);
        }
    }
    m_fitting = false;
}

/// After the hand let go of the header: what differs from the fitted widths is the user's choice.
void GroupedTableView::keepUserWidths()
{
    if (!m_model || !m_resizedByHand) {
        return;
    }
    wish(*m_resizedByHand).width = m_header->sectionSize(*m_resizedByHand);
    m_resizedByHand.reset();
    fitColumnsToWidth();
    Q_EMIT layoutStateChanged();
}

void GroupedTableView::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumnsToWidth();
}

void GroupedTableView::requestSort(int column)
{
    const TableColumn& clicked = m_model->columns()[static_cast<std::size_t>(column)];
    if (clicked.sortKey.isEmpty()) {
        return;
    }
    if (m_header->clickModifiers().testFlag(Qt::ShiftModifier) && m_header->sortedColumn() >= 0) {
        Q_EMIT thenSortRequested(clicked.id);
        return;
    }
    SortDirection direction = clicked.descendingFirst ? SortDirection::Descending : SortDirection::Ascending;
    if (m_header->sortedColumn() == column) {
        direction = m_header->sortedDirection() == SortDirection::Ascending ? SortDirection::Descending
                                                                            : SortDirection::Ascending;
    }
    m_header->markSorted(column, direction);
    Q_EMIT sortRequested(clicked.id, direction);
    Q_EMIT layoutStateChanged();
}

void GroupedTableView::setSortMark(const QString& columnId, SortDirection direction)
{
    m_header->markSorted(m_model ? m_model->columnOf(columnId) : -1, direction);
}

void GroupedTableView::setThenMark(const QString& columnId, SortDirection direction)
{
    m_header->markThen(m_model ? m_model->columnOf(columnId) : -1, direction);
}

TableLayoutState GroupedTableView::layoutState() const
{
    TableLayoutState state;
    if (!m_model) {
        return state;
    }
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const auto logical = static_cast<std::size_t>(m_header->logicalIndex(visual));
        state.columns.push_back({m_model->columns()[logical].id, m_wishes[logical].width, m_wishes[logical].hidden,
                                 m_wishes[logical].kept});
    }
    if (m_header->sortedColumn() >= 0) {
        state.sortColumn = m_model->columns()[static_cast<std::size_t>(m_header->sortedColumn())].id;
        state.sortDirection = m_header->sortedDirection();
    }
    return state;
}

void GroupedTableView::setLayoutState(const TableLayoutState& state)
{
    if (!m_model) {
        return;
    }
    m_fitting = true; // moving sections by program is not the user's doing
    int visual = 0;
    for (const TableLayoutState::Column& column : state.columns) {
        const int logical = m_model->columnOf(column.id);
        if (logical < 0) {
            continue;
        }
        constexpr int kWidest = 2000;
        wish(logical) = {std::clamp(column.width, 0, kWidest), column.hidden && logical != 0, column.kept,
                         wish(logical).empty};
        m_header->moveSection(m_header->visualIndex(logical), visual++);
    }
    m_header->moveSection(m_header->visualIndex(0), 0); // names the row, whatever a file says
    m_fitting = false;
    if (!state.sortColumn.isEmpty()) { // kept layouts leave the order to the choice of rows
        setSortMark(state.sortColumn, state.sortDirection);
    }
    fitColumnsToWidth();
}

bool GroupedTableView::isColumnWanted(const QString& columnId) const
{
    const int column = m_model ? m_model->columnOf(columnId) : -1;
    return column >= 0 && !m_wishes[static_cast<std::size_t>(column)].hidden;
}

void GroupedTableView::setColumnWanted(const QString& columnId, bool wanted)
{
    const int column = m_model ? m_model->columnOf(columnId) : -1;
    if (column <= 0 || wish(column).hidden == !wanted) {
        return; // the first column names the row and always shows
    }
    wish(column).hidden = !wanted;
    wish(column).kept = wanted; // asked for, so it must show, even when the table has to scroll for it
    fitColumnsToWidth();
    Q_EMIT layoutStateChanged();
}

void GroupedTableView::setColumnEmpty(const QString& columnId, bool empty)
{
    const int column = m_model ? m_model->columnOf(columnId) : -1;
    if (column > 0 && wish(column).empty != empty) {
        wish(column).empty = empty;
        fitColumnsToWidth();
    }
}

QMenu* GroupedTableView::createColumnMenu(QWidget* parent)
{
    auto* menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const ColumnEntry& column : columnEntries()) {
        QAction* action = menu->addAction(column.title);
        action->setCheckable(true);
        action->setChecked(column.wanted);
        connect(action, &QAction::toggled, this, [this, id = column.id](bool wanted) { setColumnWanted(id, wanted); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Automatic widths")), &QAction::triggered, this, &GroupedTableView::resetColumnWidths);
    connect(menu->addAction(tr("Reset columns")), &QAction::triggered, this, &GroupedTableView::resetColumns);
    return menu;
}

std::vector<GroupedTableView::ColumnEntry> GroupedTableView::columnEntries() const
{
    std::vector<ColumnEntry> entries;
    for (int visual = 1; m_model && visual < m_header->count(); ++visual) {
        const auto logical = static_cast<std::size_t>(m_header->logicalIndex(visual));
        const TableColumn& column = m_model->columns()[logical];
        entries.push_back(
            {column.id, QCoreApplication::translate("TableColumn", column.title), !m_wishes[logical].hidden});
    }
    return entries;
}

void GroupedTableView::setColumnPlace(const QString& columnId, int place)
{
    const int column = m_model ? m_model->columnOf(columnId) : -1;
    if (column <= 0) {
        return;
    }
    m_header->moveSection(m_header->visualIndex(column), std::clamp(place + 1, 1, m_header->count() - 1));
}

void GroupedTableView::resetColumnWidths()
{
    for (ColumnWish& column : m_wishes) {
        column.width = 0;
    }
    fitColumnsToWidth();
    Q_EMIT layoutStateChanged();
}

void GroupedTableView::resetColumns()
{
    if (!m_model) {
        return;
    }
    m_fitting = true; // one change for whoever listens, not one per column
    for (int logical = 0; logical < m_header->count(); ++logical) {
        m_header->moveSection(m_header->visualIndex(logical), logical);
        wish(logical) = {0, m_model->columns()[static_cast<std::size_t>(logical)].hiddenByDefault, false,
                         wish(logical).empty};
    }
    m_fitting = false;
    fitColumnsToWidth();
    Q_EMIT layoutStateChanged();
}

} // namespace tracedeck
