// SPDX-License-Identifier: GPL-3.0-or-later
// How a FleetPage is arranged by hand: second sort key, groups, columns, selection.
#include "models/grouped_table_model.h"
#include "views/column_chooser.h"
#include "views/fleet_page.h"
#include "views/group_header_painter.h"
#include "views/grouped_table_view.h"
#include "views/selection_line.h"
#include "views/service_section.h"
#include "views/view_export.h"

#include <QMenu>
#include <QVBoxLayout>
#include <algorithm>

namespace tracedeck {

void FleetPage::addSection(ServiceSection* section)
{
    m_section = section;
    m_rowsLayout->addWidget(section);
    connect(section->table(), &GroupedTableView::rowActivated, this, &FleetPage::openDrawer);
    connect(section->table(), &GroupedTableView::currentKeyChanged, this, [this](RowKey key) {
        if (isDrawerOpen() && key != 0) {
            openDrawer(key);
        }
    });
    connect(section->model(), &GroupedTableModel::applied, this, &FleetPage::refreshDrawer);
}

GroupedTableView* FleetPage::tableWithCurrent(RowKey key)
{
    if (m_table->setCurrentKey(key)) {
        return m_table;
    }
    return m_section != nullptr && m_section->table()->setCurrentKey(key) ? m_section->table() : nullptr;
}

void FleetPage::thenSortBy(const QString& columnId)
{
    const int index = m_model->columnOf(columnId);
    const TableColumn* column = index < 0 ? nullptr : &m_model->columns()[static_cast<std::size_t>(index)];
    if (column == nullptr || column->sortKey.isEmpty()) {
        return;
    }
    TableChoice next = m_choice;
    next.thenSortBy(column->sortKey, column->descendingFirst);
    takeChoice(std::move(next));
}

void FleetPage::collapseAll(bool collapse)
{
    TableChoice next = m_choice;
    if (collapse) {
        for (const PlanGroup& group : m_model->plan()->groups) {
            next.collapsed.push_back(group.key);
        }
        std::sort(next.collapsed.begin(), next.collapsed.end());
        next.collapsed.erase(std::unique(next.collapsed.begin(), next.collapsed.end()), next.collapsed.end());
    } else {
        next.collapsed.clear();
    }
    takeChoice(std::move(next));
}

void FleetPage::showChanges(int minutes)
{
    TableChoice next = m_choice;
    next.changedMinutes = minutes;
    takeChoice(std::move(next));
}

bool FleetPage::runGroupCommand(const QString& commandId)
{
    if (commandId == QStringLiteral("group.collapseAll")) {
        collapseAll(true);
    } else if (commandId == QStringLiteral("group.expandAll")) {
        collapseAll(false);
    } else if (commandId == QStringLiteral("group.select")) {
        m_table->selectGroup(m_table->currentIndex().row());
    } else if (commandId.startsWith(QStringLiteral("export."))) {
        exportView(m_table, commandId == QStringLiteral("export.json"),
                   [this](const QString& text) { Q_EMIT noticed(text); });
    } else if (commandId == QStringLiteral("table.compare")) {
        toggleComparison();
    } else if (commandId == QStringLiteral("table.changed")) {
        TableChoice next = m_choice;
        next.nextChangeWindow();
        showChanges(next.changedMinutes);
    } else if (commandId.startsWith(QStringLiteral("changed."))) {
        showChanges(changeWindowOf(commandId.mid(8).toInt()));
    } else if (commandId == QStringLiteral("table.worstGroups")) {
        TableChoice next = m_choice;
        next.worstGroupsFirst = !next.worstGroupsFirst;
        takeChoice(std::move(next));
    } else {
        return false;
    }
    return true;
}

void FleetPage::showGroupMenu(const PlanGroup& group, const QPoint& at)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const RowKey key = group.key;
    menu->addAction(group.collapsed ? tr("Expand %1").arg(groupHeaderLabel(group))
                                    : tr("Collapse %1").arg(groupHeaderLabel(group)),
                    this, [this, key] { toggleGroup(key); });
    menu->addAction(tr("Collapse all"), this, [this] { collapseAll(true); });
    menu->addAction(tr("Expand all"), this, [this] { collapseAll(false); });
    menu->addSeparator();
    QAction* select = menu->addAction(tr("Select all rows of the group"), this,
                                      [this, key] { m_table->selectGroup(m_model->rowOfKey(key)); });
    select->setEnabled(!group.collapsed);
    menu->popup(at);
}

ProblemLevels FleetPage::levelsOf(const RowFacts& facts) const
{
    const ThresholdRules& rules = m_model->thresholds();
    const RowThresholds* own = rules.ownOf(facts.key, facts.title.toStdString());
    return {rules.of(ThresholdMetric::Cpu, own).critical, rules.of(ThresholdMetric::Memory, own).critical,
            rules.of(ThresholdMetric::Disk, own).critical};
}

void FleetPage::openColumnChooser(const QPoint& at)
{
    auto* chooser = new ColumnChooser(m_table, this);
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->openAt(at);
}

void FleetPage::refreshSelection()
{
    RowIndexes rows;
    for (const QItemSelectionRange& range : m_table->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            if (const qint64 source = m_model->sourceRow(row); source >= 0) {
                rows.push_back(static_cast<std::uint32_t>(source));
            }
        }
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    m_selection->showTotals(rows.size() < 2 || !m_setup.totals ? SelectionTotals()
                                                               : m_setup.totals(m_model->snapshot(), rows));
}

} // namespace tracedeck
