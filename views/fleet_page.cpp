// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/fleet_page.h"

#include "core/number_format.h"
#include "models/grouped_table_model.h"
#include "views/change_strip.h"
#include "views/column_chooser.h"
#include "views/detail_drawer.h"
#include "views/grouped_table_view.h"
#include "views/log_panel.h"
#include "views/query_feedback.h"
#include "views/selection_line.h"
#include "views/service_section.h"
#include "views/snapshot_query.h"

#include <QHBoxLayout>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <chrono>

namespace tracedeck {

namespace {
constexpr std::chrono::milliseconds kPatience{250}; ///< without rows, before the page says that it waits
}

FleetPage::FleetPage(FleetPageSetup setup, GroupedTableModel* model, QWidget* parent)
    : Page(parent),
      m_setup(std::move(setup)),
      m_model(model),
      m_choice(m_setup.defaults),
      m_summaryLine(new SummaryLine(m_setup.words, this)),
      m_filterLine(new FilterLine(m_setup.filters, this)),
      m_changes(new ChangeStrip(this)),
      m_table(new GroupedTableView(this)),
      m_drawer(new DetailDrawer(this)),
      m_log(new LogPanel(this)),
      m_selection(new SelectionLine(this)),
      m_patience(new QTimer(this)),
      m_bodyLayout(new QHBoxLayout),
      m_rowsLayout(new QVBoxLayout)
{
    m_table->setTableModel(m_model);
    m_table->setAccessibleName(m_setup.title);
    m_drawer->hide();
    m_bodyLayout->setSpacing(0);
    m_rowsLayout->setSpacing(0);
    m_rowsLayout->addWidget(m_table, 1);
    m_rowsLayout->addWidget(m_selection);
    m_bodyLayout->addLayout(m_rowsLayout, 1);
    m_bodyLayout->addWidget(m_drawer);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_summaryLine);
    layout->addWidget(m_filterLine);
    layout->addWidget(m_changes);
    layout->addLayout(m_bodyLayout, 1);
    layout->addWidget(m_log);
    m_log->hide();
    connectParts();
    connectTable();
    m_filterLine->setChoice(m_choice);
    refreshEmptyState();
}

void FleetPage::connectParts()
{
    connect(m_log, &LogPanel::closeRequested, this, [this] { showLog(false); });
    connect(m_log, &LogPanel::noticed, this, &Page::noticed);
    connect(m_summaryLine, &SummaryLine::statusActivated, this, [this](const QString& status) {
        TableChoice next = m_choice;
        next.status = status;
        takeChoice(std::move(next));
    });
    connect(m_filterLine, &FilterLine::choiceEdited, this, &FleetPage::takeChoice);
    connect(m_changes, &ChangeStrip::minutesChosen, this, &FleetPage::showChanges);
    connect(m_filterLine, &FilterLine::resortRequested, this, &FleetPage::resortRequested);
    connect(m_filterLine, &FilterLine::columnsRequested, this, &FleetPage::openColumnChooser);
    connect(m_filterLine, &FilterLine::collapseAllRequested, this, [this] { collapseAll(true); });
    connect(m_filterLine, &FilterLine::expandAllRequested, this, [this] { collapseAll(false); });
    connect(m_selection, &SelectionLine::clearRequested, m_table, &QAbstractItemView::clearSelection);
    connect(m_drawer, &DetailDrawer::closeRequested, this, &FleetPage::closeDrawer);
    connect(m_drawer, &DetailDrawer::inspectRequested, this, [this] { runCommand(QStringLiteral("row.inspect")); });
    connect(m_drawer, &DetailDrawer::linkActivated, this, &Page::linkActivated);
    m_patience->setSingleShot(true);
    m_patience->setInterval(kPatience);
    connect(m_patience, &QTimer::timeout, this, [this] {
        m_waitedLong = true;
        refreshEmptyState();
    });
}

void FleetPage::connectTable()
{
    connect(m_table, &GroupedTableView::sortRequested, this, [this](const QString& column, SortDirection direction) {
        TableChoice next = m_choice;
        const int index = m_model->columnOf(column);
        const QString key = index < 0 ? column : m_model->columns()[static_cast<std::size_t>(index)].sortKey;
        if (key != next.sortKey) { // a click on another column starts over; one on the same only turns it
            next.thenSortKey.clear();
            next.thenDescending = false;
        }
        next.sortKey = key;
        next.descending = direction == SortDirection::Descending;
        takeChoice(std::move(next));
    });
    connect(m_table, &GroupedTableView::thenSortRequested, this, &FleetPage::thenSortBy);
    connect(m_table, &GroupedTableView::selectionEdited, this, &FleetPage::refreshSelection);
    connect(m_table, &GroupedTableView::chooserRequested, this, &FleetPage::openColumnChooser);
    connect(m_table, &GroupedTableView::groupToggled, this, &FleetPage::toggleGroup);
    connect(m_table, &GroupedTableView::logRequested, this, [this] { runCommand(QStringLiteral("row.logs")); });
    connect(m_table, &GroupedTableView::rowActivated, this, &FleetPage::activateRow);
    connect(m_table, &GroupedTableView::pinToggled, this, &FleetPage::togglePin);
    connect(m_table, &GroupedTableView::currentKeyChanged, this, &FleetPage::followComparison);
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
        if (isComparing()) {
            refreshComparison();
        }
        refreshEmptyState();
    });
}

void FleetPage::addBelowSummary(QWidget* widget)
{
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->insertWidget(column->indexOf(m_summaryLine) + 1, widget);
}

void FleetPage::addAboveTable(QWidget* widget)
{
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->insertWidget(column->indexOf(m_filterLine) + 1, widget);
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
    // Whoever asks for another order looks for what comes first by it, unless the drawer holds on to a row.
    const bool keepsRow = m_choice.hasOrderOf(choice) || m_drawer->isVisible();
    m_choice = std::move(choice);
    if (queryChanged) {
        m_queryText = m_choice.text;
    }
    m_filterLine->setChoice(m_choice);
    m_summaryLine->setStatus(m_choice.status);
    m_changes->setMinutes(m_choice.changedMinutes);
    markPins();
    if (const QString column = QStringLiteral("change");
        m_table->isColumnWanted(column) != (m_choice.changedMinutes != 0)) {
        m_table->setColumnWanted(column, m_choice.changedMinutes != 0);
        m_table->setColumnPlace(column, 0); // beside the name
    }
    const auto columnOfKey = [this](const QString& key) {
        for (const TableColumn& candidate : m_model->columns()) {
            if (!key.isEmpty() && candidate.sortKey == key) {
                return candidate.id;
            }
        }
        return key;
    };
    const auto directionOf = [](bool down) { return down ? SortDirection::Descending : SortDirection::Ascending; };
    m_table->setSortMark(columnOfKey(m_choice.sortKey), directionOf(m_choice.descending));
    m_table->setThenMark(columnOfKey(m_choice.thenSortKey), directionOf(m_choice.thenDescending));
    if (changed) {
        if (keepsRow) {
            m_table->keepCurrentInSight(); // a filter that goes brings rows in above the one in hand
        }
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
    m_changes->setNote(summary.changes);
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

void FleetPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    constexpr int kSmallestLog = 160;
    m_log->setFixedHeight(std::max(kSmallestLog, height() * 2 / 5));
    placeEmptyState();
}

bool FleetPage::isDrawerOpen() const
{
    return m_drawer->isVisibleTo(this);
}

RowFacts FleetPage::factsOf(RowKey key) const
{
    const GroupedTableModel* model = m_model;
    qint64 row = model->sourceRow(model->rowOfKey(key));
    if (row < 0 && m_section != nullptr) {
        model = m_section->model();
        row = model->sourceRow(model->rowOfKey(key));
    }
    return row < 0 ? RowFacts() : m_setup.facts(model->snapshot(), static_cast<std::size_t>(row), m_setup.clock());
}

void FleetPage::openDrawer(RowKey key)
{
    const RowFacts facts = factsOf(key);
    if (facts.key == 0) {
        return;
    }
    const bool opened = !isDrawerOpen();
    if (opened) {
        Q_EMIT routeChanged(); // the table as it is now is what Back comes back to
    }
    closeComparison(); // there is room for one of them
    if (m_section != nullptr) { // of two tables one holds the row in hand
        (m_model->rowOfKey(key) < 0 ? m_table : m_section->table())->clearSelection();
    }
    m_drawerKey = key;
    m_drawer->setProblemLevels(levelsOf(facts));
    m_drawer->showRow(facts);
    m_drawer->show();
    if (opened) {
        Q_EMIT drawerToggled(true);
        Q_EMIT routeChanged();
    }
}

bool FleetPage::revealRow(RowKey key)
{
    GroupedTableView* holder = key == 0 ? nullptr : tableWithCurrent(key);
    if (holder == nullptr) {
        return false;
    }
    openDrawer(key);
    holder->setFocus(Qt::OtherFocusReason);
    return true;
}

void FleetPage::closeDrawer()
{
    if (isDrawerOpen()) {
        m_drawer->hide();
        m_drawerKey = 0;
        focusContent();
        Q_EMIT drawerToggled(false);
        Q_EMIT routeChanged();
    }
}

void FleetPage::refreshDrawer()
{
    if (!isDrawerOpen() || m_drawerKey == 0) {
        return;
    }
    const RowFacts facts = factsOf(m_drawerKey);
    if (facts.key != 0) {
        m_drawer->setProblemLevels(levelsOf(facts));
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
    // A source that failed with nothing to show has settled too: the page says so in place of rows.
    return m_hasSummary || !m_sourceProblem.isEmpty() ? QStringList()
                                                      : QStringList{tr("rows of %1").arg(m_setup.title)};
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
    if (key != 0 && tableWithCurrent(key) != nullptr) {
        openDrawer(key);
    } else if (key == 0) {
        closeDrawer();
    }
}

} // namespace tracedeck
