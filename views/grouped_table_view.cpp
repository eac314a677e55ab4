// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/grouped_table_view.h"

#include "views/cell_tints.h"
#include "views/group_header_painter.h"
#include "views/metric_cell_delegate.h"
#include "views/table_header_view.h"
#include "views/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QHash>
#include <QMenu>
#include <QScrollBar>
#include <algorithm>
#include <utility>

namespace tracedeck {

GroupedTableView::GroupedTableView(QWidget* parent)
    : QTableView(parent),
      m_header(new TableHeaderView(this)),
      m_delegate(new MetricCellDelegate(this)),
      m_headerPainter(std::make_unique<GroupHeaderPainter>())
{
    setHorizontalHeader(m_header);
    m_tints = new CellTints(this);
    m_delegate->setTints(m_tints);
    setItemDelegate(m_delegate);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setTabKeyNavigation(false);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover, false); // rows are hovered as a whole, by this class
    connect(m_header, &QHeaderView::sectionClicked, this, [this](int column) { requestSort(column); });
    connect(m_header, &TableHeaderView::arranged, this, [this] { keepUserWidths(); });
    connect(m_header, &QHeaderView::sectionMoved, this, [this] {
        if (!m_fitting) {
            Q_EMIT layoutStateChanged();
        }
    });
    m_header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_header, &QWidget::customContextMenuRequested, this,
            [this](const QPoint& at) { Q_EMIT chooserRequested(m_header->mapToGlobal(at)); });
    connect(m_header, &QHeaderView::sectionResized, this, [this](int column) {
        if (!m_fitting) {
            m_resizedByHand = column;
        }
    });
    applyTheme();
}

GroupedTableView::~GroupedTableView() = default;

void GroupedTableView::setTableModel(GroupedTableModel* model)
{
    m_model = model;
    m_wishes.assign(static_cast<std::size_t>(model->columnCount()), {});
    for (std::size_t i = 0; i < m_wishes.size(); ++i) {
        m_wishes[i].hidden = model->columns()[i].hiddenByDefault;
    }
    setModel(model);
    connect(model, &GroupedTableModel::aboutToApply, this, [this] { rememberAnchor(); });
    connect(model, &GroupedTableModel::applied, this, [this] {
        restoreAnchor();
        Q_EMIT selectionEdited(); // selected rows may show other values now, or be gone
    });
    connect(model, &GroupedTableModel::crossed, m_tints, &CellTints::add);
    fitColumnsToWidth();
}

void GroupedTableView::setDensity(RowDensity density)
{
    m_density = density;
    applyTheme();
}

void GroupedTableView::applyTheme()
{
    const Theme& look = theme();
    const int row = m_density == RowDensity::Compact ? look.space.rowCompact
        : m_density == RowDensity::Normal            ? look.space.row
                                                     : look.space.rowRelaxed;
    verticalHeader()->setMinimumSectionSize(look.scaled(row));
    verticalHeader()->setDefaultSectionSize(look.scaled(row));
    verticalScrollBar()->setSingleStep(look.scaled(row));
    fitColumnsToWidth();
    viewport()->update();
}

void GroupedTableView::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        applyTheme();
    }
}

std::pair<int, int> GroupedTableView::visibleRows() const
{
    const int rows = m_model ? m_model->rowCount() : 0;
    const int height = verticalHeader()->defaultSectionSize();
    if (rows == 0 || height <= 0) {
        return {0, -1};
    }
    const int top = verticalHeader()->offset();
    const int first = std::clamp(top / height, 0, rows - 1);
    const int last = std::clamp((top + viewport()->height() - 1) / height, 0, rows - 1);
    return {first, last};
}

QRect GroupedTableView::rowRect(int row) const
{
    const auto [first, last] = visibleRows();
    if (row < first || row > last) {
        return {};
    }
    // Rows are of one height: asking the header would make it add up those of all rows first.
    const int height = verticalHeader()->defaultSectionSize();
    return {0, row * height - verticalHeader()->offset(), viewport()->width(), height};
}

QRect GroupedTableView::cellRect(int row, int column) const
{
    const QRect whole = rowRect(row);
    if (whole.isEmpty() || column < 0 || isColumnHidden(column)) {
        return {};
    }
    return QRect(columnViewportPosition(column), whole.top(), columnWidth(column), whole.height())
        .intersected(viewport()->rect());
}

void GroupedTableView::updateRow(int row)
{
    const QRect rect = rowRect(row);
    if (!rect.isEmpty()) {
        viewport()->update(rect);
    }
}

void GroupedTableView::dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles)
{
    if (QAccessible::isActive()) {
        QTableView::dataChanged(topLeft, bottomRight, roles);
        return;
    }
    // The base class repaints everything for any change of more than one cell, visible or not.
    const auto [first, last] = visibleRows();
    for (int row = std::max(first, topLeft.row()); row <= std::min(last, bottomRight.row()); ++row) {
        updateRow(row);
    }
}

void GroupedTableView::updateAges()
{
    if (!m_model || !isVisible()) {
        return;
    }
    const auto [first, last] = visibleRows();
    std::unordered_map<std::uint64_t, std::size_t> texts;
    for (int column = 0; column < m_model->columnCount(); ++column) {
        if (!m_model->columns()[static_cast<std::size_t>(column)].ages || isColumnHidden(column)) {
            continue;
        }
        for (int row = first; row <= last; ++row) {
            const CellContent& cell = *m_model->cell(row, column);
            const std::uint64_t place = m_model->rowKey(row) + static_cast<std::uint64_t>(column);
            const std::size_t reads = qHashMulti(0, cell.text, cell.unit, cell.secondary);
            const auto before = m_ageTexts.find(place);
            if (before == m_ageTexts.end() || before->second != reads) {
                viewport()->update(cellRect(row, column));
            }
            texts.emplace(place, reads);
        }
    }
    m_ageTexts.swap(texts);
}

void GroupedTableView::rememberAnchor()
{
    m_applying = true;
    m_currentRow = currentIndex().row();
    m_anchor = QPersistentModelIndex();
    m_wasInSight = std::exchange(m_keepInSight, false) && !rowRect(m_currentRow).isEmpty();
    if (verticalScrollBar()->value() == 0) {
        return; // whoever reads from the top keeps reading from the top
    }
    const auto [first, last] = visibleRows();
    const int row = m_currentRow >= first && m_currentRow <= last ? m_currentRow : first;
    m_anchor = m_model->index(row, 0);
    m_anchorTop = rowRect(row).top();
}

void GroupedTableView::restoreAnchor()
{
    if (!m_applying) {
        return;
    }
    executeDelayedItemsLayout(); // else the scroll bar still ends where the rows before ended
    if (m_anchor.isValid()) {
        const int position = m_anchor.row() * verticalHeader()->defaultSectionSize();
        verticalScrollBar()->setValue(position - m_anchorTop);
    }
    if (!currentIndex().isValid() && m_currentRow >= 0 && m_model->rowCount() > 0) {
        // The current row has gone: keep the place without selecting another row for the user.
        const int row = std::min(m_currentRow, m_model->rowCount() - 1);
        selectionModel()->setCurrentIndex(m_model->index(row, 0), QItemSelectionModel::NoUpdate);
    }
    if (m_wasInSight && currentIndex().isValid() && rowRect(currentIndex().row()).isEmpty()) {
        scrollTo(currentIndex());
    }
    m_delegate->setHoverRow(m_hover.isValid() ? m_hover.row() : -1);
    m_anchor = QPersistentModelIndex();
    m_applying = false;
}

void GroupedTableView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    if (!m_applying) {
        QTableView::currentChanged(current, previous);
        Q_EMIT currentKeyChanged(m_model ? m_model->rowKey(current.row()) : 0);
    }
    updateRow(previous.row());
    updateRow(current.row());
}

void GroupedTableView::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QTableView::selectionChanged(selected, deselected);
    if (!m_applying) {
        Q_EMIT selectionEdited();
    }
    for (const QItemSelection* part : {&selected, &deselected}) {
        for (const QItemSelectionRange& range : *part) {
            const auto [first, last] = visibleRows();
            for (int row = std::max(first, range.top()); row <= std::min(last, range.bottom()); ++row) {
                updateRow(row);
            }
        }
    }
}

} // namespace tracedeck
