// SPDX-License-Identifier: GPL-3.0-or-later
// What a FleetPage does when a command or a row is activated.
#include "models/grouped_table_model.h"
#include "views/detail_drawer.h"
#include "views/fleet_page.h"
#include "views/grouped_table_view.h"
#include "views/log_panel.h"
#include "views/selected_rows.h"
#include "views/selection_line.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QMenu>
#include <algorithm>

namespace tracedeck {

void FleetPage::toggleGroup(RowKey group)
{
    TableChoice next = m_choice;
    const auto place = std::lower_bound(next.collapsed.begin(), next.collapsed.end(), group);
    if (place != next.collapsed.end() && *place == group) {
        next.collapsed.erase(place);
    } else {
        next.collapsed.insert(place, group);
    }
    takeChoice(std::move(next));
}

void FleetPage::activateRow(RowKey key)
{
    const RowFacts facts = factsOf(key);
    if (m_setup.opensWorkloads && !facts.workloadsLink.isEmpty()) {
        Q_EMIT linkActivated(facts.workloadsLink);
        return;
    }
    openDrawer(key);
}

void FleetPage::sortBy(const QString& columnId, bool toggle)
{
    const int index = m_model->columnOf(columnId);
    if (index < 0) {
        return;
    }
    const TableColumn& column = m_model->columns()[static_cast<std::size_t>(index)];
    TableChoice next = m_choice;
    const bool same = next.sortKey == column.sortKey;
    if (!same) {
        next.thenSortKey.clear();
        next.thenDescending = false;
    }
    next.sortKey = column.sortKey;
    next.descending = same && toggle ? !next.descending : column.descendingFirst;
    takeChoice(std::move(next));
}

bool FleetPage::runRowCommand(const QString& commandId)
{
    const RowKey key = m_table->currentKey();
    const RowFacts facts = factsOf(key);
    if (facts.key == 0) {
        Q_EMIT noticed(tr("Select a row first"));
        return true;
    }
    QClipboard* clipboard = QGuiApplication::clipboard();
    if (commandId == QStringLiteral("row.details")) {
        isDrawerOpen() && !m_drawer->isJsonShown() ? closeDrawer() : openDrawer(key);
        m_drawer->showJson(false);
    } else if (commandId == QStringLiteral("row.json")) {
        openDrawer(key);
        m_drawer->showJson(true);
    } else if (commandId == QStringLiteral("row.thresholds")) {
        Q_EMIT thresholdsRequested(key, facts.title);
    } else if (commandId == QStringLiteral("row.history")) {
        openDrawer(key);
        m_drawer->showTab(QStringLiteral("history"));
    } else if (commandId == QStringLiteral("row.traces")) {
        if (facts.tracesLink.isEmpty()) {
            Q_EMIT noticed(tr("Nothing about this row could stand in a trace: it has no id and no name"));
        } else {
            Q_EMIT linkActivated(facts.tracesLink);
        }
    } else if (commandId == QStringLiteral("row.logs")) {
        Q_EMIT logRequested(facts.json.value(u"containerId").toString(), facts.title);
    } else if (commandId == QStringLiteral("row.inspect")) {
        Q_EMIT inspectRequested(facts.json.value(u"containerId").toString(), facts.title);
    } else if (commandId == QStringLiteral("row.browse")) {
        Q_EMIT openRequested(facts.json, sourceLabelOf(key));
    } else if (commandId == QStringLiteral("row.workloads")) {
        Q_EMIT linkActivated(facts.workloadsLink);
    } else if (commandId == QStringLiteral("row.shell")) {
        if (facts.shellCommand.isEmpty()) {
            Q_EMIT noticed(tr("There is no shell command for this row"));
        } else {
            clipboard->setText(facts.shellCommand);
            Q_EMIT noticed(tr("Copied: %1").arg(facts.shellCommand));
        }
    } else if (commandId == QStringLiteral("copy.json")) {
        clipboard->setText(QString::fromUtf8(QJsonDocument(facts.json).toJson(QJsonDocument::Indented)));
        Q_EMIT noticed(tr("Row copied as JSON"));
    }
    return true;
}

QString FleetPage::sourceLabelOf(RowKey key) const
{
    const qint64 row = m_model->sourceRow(m_model->rowOfKey(key));
    const SourceRows* source = row < 0 ? nullptr : m_model->snapshot().sourceOf(static_cast<std::size_t>(row));
    return source == nullptr ? QString() : QString::fromStdString(source->label);
}

bool FleetPage::runCommand(const QString& commandId)
{
    // One row as JSON is all that is known about it; several are what the table shows of them.
    const bool wholeRow = commandId == QStringLiteral("copy.json") && m_table->selectedKeys().size() < 2;
    if (wholeRow || commandId.startsWith(QStringLiteral("row."))) {
        return runRowCommand(commandId);
    }
    if (runCopyCommand(m_table, commandId, [this](const QString& text) { Q_EMIT noticed(text); })) {
        return true;
    }
    if (commandId.startsWith(QStringLiteral("sort."))) {
        sortBy(commandId.mid(5), true);
        return true;
    }
    if (commandId.startsWith(QStringLiteral("then."))) {
        thenSortBy(commandId.mid(5));
        return true;
    }
    if (runGroupCommand(commandId)) {
        return true;
    }
    if (commandId == QStringLiteral("table.problems")) {
        TableChoice next = m_choice;
        next.problemsOnly = !next.problemsOnly;
        takeChoice(std::move(next));
    } else if (commandId == QStringLiteral("table.resort")) {
        Q_EMIT resortRequested();
    } else if (commandId == QStringLiteral("table.columns")) {
        m_filterLine->openColumns();
    } else if (commandId == QStringLiteral("columns.reset")) {
        m_table->resetColumns();
    } else if (commandId == QStringLiteral("table.group")) {
        m_filterLine->openGroupMenu();
    } else if (commandId == QStringLiteral("table.clear")) {
        TableChoice next = m_choice;
        next.clearFilter();
        setChoice(next);
        Q_EMIT pageChanged();
    } else {
        return false;
    }
    return true;
}

void FleetPage::showLog(bool shown)
{
    if (shown != m_log->isVisibleTo(this)) {
        m_log->setVisible(shown);
        if (!shown) {
            focusContent();
            Q_EMIT logClosed();
        }
    }
}

void FleetPage::showInspect(const QString& text)
{
    openDrawer(m_table->currentKey());
    m_drawer->showInspect(text);
}

bool FleetPage::peel()
{
    if (m_log->isVisibleTo(this)) {
        showLog(false);
        return true;
    }
    if (isComparing()) {
        closeComparison();
        return true;
    }
    if (isDrawerOpen()) {
        closeDrawer();
        return true;
    }
    if (m_selection->isVisibleTo(this)) {
        if (!m_table->setCurrentKey(m_table->currentKey())) { // one row is no selection to peel
            m_table->clearSelection();
        }
        return true;
    }
    if (m_choice.hasFilter() || !m_queryText.isEmpty()) {
        runCommand(QStringLiteral("table.clear"));
        return true;
    }
    return false;
}

void FleetPage::showRowMenu(RowKey key, const QPoint& at)
{
    if (const PlanGroup* group = m_model->group(m_model->rowOfKey(key))) {
        showGroupMenu(*group, at);
        return;
    }
    const RowFacts facts = factsOf(key);
    if (facts.key == 0) {
        return;
    }
    m_table->setCurrentKey(key);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [this, menu](const QString& text, const QString& command, bool possible) {
        QAction* action = menu->addAction(text);
        action->setEnabled(possible);
        connect(action, &QAction::triggered, this, [this, command] { runRowCommand(command); });
    };
    add(tr("Details") + QStringLiteral("\td"), QStringLiteral("row.details"), true);
    if (m_setup.opensWorkloads) {
        add(tr("Workloads"), QStringLiteral("row.workloads"), !facts.workloadsLink.isEmpty());
    }
    add(tr("Traces") + QStringLiteral("\tt"), QStringLiteral("row.traces"), !facts.tracesLink.isEmpty());
    const bool isContainer = facts.json.contains(u"containerId");
    add(tr("Log") + QStringLiteral("\tl"), QStringLiteral("row.logs"), isContainer);
    add(tr("Inspect"), QStringLiteral("row.inspect"), isContainer);
    add(tr("JSON") + QStringLiteral("\ty"), QStringLiteral("row.json"), true);
    add(tr("Open elsewhere"), QStringLiteral("row.browse"), true);
    menu->addSeparator();
    const bool isPinned = std::find(m_choice.pinned.begin(), m_choice.pinned.end(), key) != m_choice.pinned.end();
    menu->addAction((isPinned ? tr("Unpin") : tr("Pin to the top")) + QStringLiteral("\tSpace"), this,
                    [this, key] { togglePin(key); });
    menu->addAction(tr("Compare pinned rows") + QStringLiteral("\tc"), this, &FleetPage::toggleComparison)
        ->setEnabled(rowsToCompare().second != 0);
    menu->addAction(tr("Thresholds of this row"), this,
                    [this, key, name = facts.title] { Q_EMIT thresholdsRequested(key, name); });
    menu->addSeparator();
    add(tr("Copy shell command") + QStringLiteral("\ts"), QStringLiteral("row.shell"), !facts.shellCommand.isEmpty());
    menu->addSeparator();
    const auto copy = [this, menu](const QString& text, const QString& command) {
        connect(menu->addAction(text), &QAction::triggered, this, [this, command] { runCommand(command); });
    };
    copy(tr("Copy") + QStringLiteral("\tCtrl+C"), QStringLiteral("copy"));
    copy(tr("Copy as JSON"), QStringLiteral("copy.json"));
    copy(tr("Copy as Markdown table"), QStringLiteral("copy.markdown"));
    menu->popup(at);
}

PageDump FleetPage::dump() const
{
    PageDump out;
    const TableColumns& columns = m_model->columns();
    std::vector<int> shown;
    for (int i = 0; i < static_cast<int>(columns.size()); ++i) {
        if (!m_table->isColumnHidden(i)) {
            shown.push_back(i);
            out.columns.append(columns[static_cast<std::size_t>(i)].id);
        }
    }
    for (int row = 0; row < m_model->rowCount(); ++row) {
        DumpRow line;
        line.key = m_model->rowKey(row);
        if (const PlanGroup* group = m_model->group(row)) {
            line.group = true;
            line.cells.push_back({QStringLiteral("name"), QString::fromStdString(group->label), {}, {}});
            line.cells.push_back({QStringLiteral("shown"), QString::number(group->shown), group->shown, {}});
            line.cells.push_back({QStringLiteral("total"), QString::number(group->total), group->total, {}});
        } else {
            for (const int column : shown) {
                const CellContent* cell = m_model->cell(row, column);
                line.cells.push_back({columns[static_cast<std::size_t>(column)].id, cell->joinedText(),
                                      cell->hasValue ? QVariant(cell->value) : QVariant(), cell->unit});
            }
        }
        out.rows.push_back(std::move(line));
    }
    out.shown = m_summary.shown;
    out.total = m_summary.total;
    return out;
}

} // namespace tracedeck
