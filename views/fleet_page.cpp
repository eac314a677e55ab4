// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/fleet_page.h"

#include "core/number_format.h"
#include "models/grouped_table_model.h"
#include "views/detail_drawer.h"
#include "views/empty_state.h"
#include "views/grouped_table_view.h"
#include "views/query_feedback.h"
#include "views/snapshot_query.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QVBoxLayout>
#include <algorithm>

namespace tracedeck {

FleetPage::FleetPage(FleetPageSetup setup, GroupedTableModel* model, QWidget* parent)
    : Page(parent),
      m_setup(std::move(setup)),
      m_model(model),
      m_choice(m_setup.defaults),
      m_summaryLine(new SummaryLine(m_setup.words, this)),
      m_filterLine(new FilterLine(m_setup.filters, this)),
      m_table(new GroupedTableView(this)),
      m_drawer(new DetailDrawer(this)),
      m_empty(new EmptyState(m_table))
{
    m_table->setTableModel(m_model);
    m_table->setAccessibleName(m_setup.title);
    m_drawer->hide();
    auto* body = new QHBoxLayout;
    body->setSpacing(0);
    body->addWidget(m_table, 1);
    body->addWidget(m_drawer);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_summaryLine);
    layout->addWidget(m_filterLine);
    layout->addLayout(body, 1);
    connect(m_summaryLine, &SummaryLine::statusActivated, this, [this](const QString& status) {
        TableChoice next = m_choice;
        next.status = status;
        takeChoice(std::move(next));
    });
    connect(m_filterLine, &FilterLine::choiceEdited, this, &FleetPage::takeChoice);
    connect(m_filterLine, &FilterLine::resortRequested, this, &FleetPage::resortRequested);
    connect(m_drawer, &DetailDrawer::closeRequested, this, &FleetPage::closeDrawer);
    connect(m_drawer, &DetailDrawer::linkActivated, this, &Page::linkActivated);
    connect(m_empty, &EmptyState::actionRequested, this, [this] { runCommand(QStringLiteral("table.clear")); });
    connect(m_empty, &EmptyState::offerTaken, this, [this] { Q_EMIT commandRequested(QStringLiteral("table.why")); });
    connectTable();
    m_filterLine->setChoice(m_choice);
    refreshEmptyState();
}

void FleetPage::connectTable()
{
    connect(m_table, &GroupedTableView::sortRequested, this, [this](const QString& column, SortDirection direction) {
        TableChoice next = m_choice;
        const int index = m_model->columnOf(column);
        next.sortKey = index < 0 ? column : m_model->columns()[static_cast<std::size_t>(index)].sortKey;
        next.descending = direction == SortDirection::Descending;
        takeChoice(std::move(next));
    });
    connect(m_table, &GroupedTableView::groupToggled, this, &FleetPage::toggleGroup);
    connect(m_table, &GroupedTableView::rowActivated, this, &FleetPage::activateRow);
    connect(m_table, &GroupedTableView::pinToggled, this, [this](RowKey key) {
        TableChoice next = m_choice;
        const auto found = std::find(next.pinned.begin(), next.pinned.end(), key);
        if (found == next.pinned.end()) {
            next.pinned.push_back(key);
        } else {
            next.pinned.erase(found);
        }
        takeChoice(std::move(next));
    });
    connect(m_table, &GroupedTableView::currentKeyChanged, this, [this](RowKey key) {
        if (isDrawerOpen() && key != 0 && m_model->group(m_model->rowOfKey(key)) == nullptr) {
            openDrawer(key);
        }
    });
    connect(m_table, &GroupedTableView::rowMenuRequested, this, &FleetPage::showRowMenu);
    connect(m_table, &GroupedTableView::layoutStateChanged, this, &FleetPage::layoutStateChanged);
    connect(m_table, &GroupedTableView::selectionCapped, this,
            [this](int selected, int rows) { Q_EMIT noticed(tr("%1 of %2 rows selected").arg(selected).arg(rows)); });
    connect(m_model, &GroupedTableModel::applied, this, [this] {
        refreshDrawer();
        refreshEmptyState();
    });
    connect(m_filterLine->columnsMenu(), &QMenu::aboutToShow, this, [this] {
        QMenu* shown = m_filterLine->columnsMenu();
        shown->clear();
        QMenu* columns = m_table->createColumnMenu(shown);
        shown->addActions(columns->actions());
    });
}

QString FleetPage::countText() const
{
    return m_hasSummary ? QString::fromStdString(formatCount(m_summary.total)) : QString();
}

QueryFeedback FleetPage::setQueryText(const QString& text)
{
    m_queryText = text;
    QueryFeedback feedback = queryFeedback(text, m_setup.queryTable);
    if (!feedback.error.isEmpty()) {
        return feedback;
    }
    if (text != m_choice.text) {
        TableChoice next = m_choice;
        next.text = text;
        takeChoice(std::move(next));
    }
    return feedback;
}

QueryCompletions FleetPage::completions(const QString& text, int cursor) const
{
    return snapshotCompletions(m_model->snapshot(), m_setup.queryTable, text, cursor);
}

void FleetPage::setChoice(const TableChoice& choice)
{
    m_queryText = choice.text;
    takeChoice(choice);
}

void FleetPage::takeChoice(TableChoice choice)
{
    const bool queryChanged = choice.text != m_choice.text;
    const bool changed = !(choice == m_choice);
    m_choice = std::move(choice);
    if (queryChanged) {
        m_queryText = m_choice.text;
    }
    m_filterLine->setChoice(m_choice);
    m_summaryLine->setStatus(m_choice.status);
    QString column = m_choice.sortKey;
    for (const TableColumn& candidate : m_model->columns()) {
        column = candidate.sortKey == m_choice.sortKey ? candidate.id : column;
    }
    m_table->setSortMark(column, m_choice.descending ? SortDirection::Descending : SortDirection::Ascending);
    if (changed) {
        Q_EMIT choiceChanged(m_choice);
        refreshEmptyState();
        Q_EMIT pageChanged();
    }
}

void FleetPage::setSummary(const TableSummary& summary)
{
    const bool recount = !m_hasSummary || summary.total != m_summary.total;
    m_hasSummary = true;
    m_summary = summary;
    m_summaryLine->setSummary(summary);
    m_filterLine->setSummary(summary);
    refreshEmptyState();
    if (recount) {
        Q_EMIT pageChanged();
    }
}

void FleetPage::setHeldText(const QString& text)
{
    m_filterLine->setHeldText(text);
}

void FleetPage::setSourceProblem(const QString& text)
{
    if (text != m_sourceProblem) {
        m_sourceProblem = text;
        refreshEmptyState();
    }
}

void FleetPage::refreshEmptyState()
{
    const bool empty = m_model->rowCount() == 0;
    m_empty->setVisible(empty);
    if (!empty) {
        return;
    }
    if (!m_hasSummary) {
        m_empty->say(m_sourceProblem.isEmpty() ? m_setup.waitingText : tr("No data yet"), m_sourceProblem, {});
    } else if (m_choice.hasFilter() && m_summary.total > 0) {
        m_empty->say(tr("No row matches"),
                     tr("%1 rows are hidden by the filter. Esc takes the filter away.")
                         .arg(QString::fromStdString(formatCount(m_summary.total))),
                     tr("Clear all filters"));
        m_empty->offer(tr("Why is a row not shown?"));
    } else {
        m_empty->say(m_setup.nothingText, m_sourceProblem, {});
    }
}

void FleetPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    m_empty->setGeometry(0, m_table->height() / 8, m_table->width(), m_table->height() * 3 / 4);
}

bool FleetPage::isDrawerOpen() const
{
    return m_drawer->isVisibleTo(this);
}

RowFacts FleetPage::factsOf(RowKey key) const
{
    const qint64 row = m_model->sourceRow(m_model->rowOfKey(key));
    return row < 0 ? RowFacts() : m_setup.facts(m_model->snapshot(), static_cast<std::size_t>(row), m_setup.clock());
}

void FleetPage::openDrawer(RowKey key)
{
    const RowFacts facts = factsOf(key);
    if (facts.key == 0) {
        return;
    }
    const bool opened = !isDrawerOpen();
    m_drawerKey = key;
    m_drawer->showRow(facts);
    m_drawer->show();
    if (opened) {
        Q_EMIT drawerToggled(true);
        Q_EMIT routeChanged();
    }
}

bool FleetPage::revealRow(RowKey key)
{
    if (key == 0 || !m_table->setCurrentKey(key)) {
        return false;
    }
    openDrawer(key);
    focusContent();
    return true;
}

void FleetPage::closeDrawer()
{
    if (isDrawerOpen()) {
        m_drawer->hide();
        m_drawerKey = 0;
        focusContent();
        Q_EMIT drawerToggled(false);
    }
}

void FleetPage::refreshDrawer()
{
    if (!isDrawerOpen() || m_drawerKey == 0) {
        return;
    }
    const RowFacts facts = factsOf(m_drawerKey);
    if (facts.key != 0) {
        m_drawer->showRow(facts);
    } else {
        m_drawer->showRow(RowFacts(m_drawer->facts()),
                          tr("Not in the table any more, or filtered out: last values shown"));
    }
}

void FleetPage::focusContent()
{
    m_table->setFocus(Qt::OtherFocusReason);
    // Taking the focus makes the first line current, which may be a group header; hands want a row.
    if (m_model->sourceRow(m_table->currentIndex().row()) < 0) {
        for (int row = 0; row < m_model->rowCount(); ++row) {
            if (!m_model->isGroup(row)) {
                m_table->setCurrentKey(m_model->rowKey(row));
                break;
            }
        }
    }
}

QStringList FleetPage::missing() const
{
    return m_hasSummary ? QStringList() : QStringList{tr("rows of %1").arg(m_setup.title)};
}

QUrlQuery FleetPage::routeState() const
{
    QUrlQuery state = m_choice.toQuery();
    if (m_drawerKey != 0) {
        state.addQueryItem(QStringLiteral("row"), QString::number(m_drawerKey, 16));
    }
    return state;
}

void FleetPage::restoreRouteState(const QUrlQuery& state)
{
    TableChoice next = m_choice;
    next.readQuery(state);
    setChoice(next);
    const RowKey key = state.queryItemValue(QStringLiteral("row")).toULongLong(nullptr, 16);
    if (key != 0 && m_table->setCurrentKey(key)) {
        openDrawer(key);
    } else if (key == 0) {
        closeDrawer();
    }
}

} // namespace tracedeck
