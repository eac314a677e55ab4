// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service_wiring.h"

#include "app/settings_store.h"
#include "app/table_feed.h"
#include "app/table_settings.h"
#include "models/grouped_table_model.h"
#include "models/service_columns.h"
#include "views/age_ticker.h"
#include "views/fleet_page.h"
#include "views/service_section.h"

namespace tracedeck {

TableChoice serviceChoice(const TableChoice& page, const TableChoice& own)
{
    TableChoice choice = own;
    choice.view = QStringLiteral("services");
    choice.grouping = QStringLiteral("none");
    choice.text = page.text;
    choice.status = page.status;
    choice.source = page.source;
    choice.problemsOnly = page.problemsOnly;
    choice.changedMinutes = page.changedMinutes;
    return choice;
}

ServiceWiring::ServiceWiring(FleetPage& page, QThreadPool* workers, const std::function<std::int64_t()>& clock,
                             QObject* parent)
    : QObject(parent),
      m_model(new GroupedTableModel(serviceColumns(), this)),
      m_feed(new TableFeed(infrastructureDomain(), m_model, workers, clock, this)),
      m_section(new ServiceSection(m_model, &page))
{
    m_model->setNow(clock());
    page.addSection(m_section);
    new AgeTicker(m_section->table(), clock, this);
    connect(&page, &FleetPage::choiceChanged, this, &ServiceWiring::followPage);
    connect(m_section->table(), &GroupedTableView::sortRequested, this,
            [this](const QString& column, SortDirection direction) {
                sortBy(column, direction == SortDirection::Descending);
            });
    connect(m_feed, &TableFeed::summaryChanged, m_section,
            [this](const TableSummary& summary) { m_section->setTotal(summary.total); });
    m_section->table()->setSortMark(QStringLiteral("name"), SortDirection::Ascending);
    followPage(page.choice());
}

void ServiceWiring::followPage(const TableChoice& page)
{
    m_choice = serviceChoice(page, m_choice);
    m_feed->setChoice(m_choice);
    showChangeColumn();
}

/// It comes and goes with the comparison, as in the table of the page.
void ServiceWiring::showChangeColumn()
{
    GroupedTableView* table = m_section->table();
    const QString column = QStringLiteral("change");
    const bool isComparing = m_choice.changedMinutes != 0;
    if (table->isColumnWanted(column) != isComparing) {
        table->setColumnWanted(column, isComparing);
        table->setColumnPlace(column, 0); // beside the name
    }
}

void ServiceWiring::sortBy(const QString& columnId, bool descending)
{
    const int column = m_model->columnOf(columnId);
    if (column < 0) {
        return;
    }
    m_choice.sortKey = m_model->columns()[static_cast<std::size_t>(column)].sortKey;
    m_choice.descending = descending;
    m_feed->setChoice(m_choice);
}

void ServiceWiring::keepIn(SettingsStore& settings)
{
    static const QString path = QStringLiteral("tables.services");
    GroupedTableView* table = m_section->table();
    const QJsonObject kept = settings.value(path).toObject();
    if (kept.contains(u"layout")) {
        table->setLayoutState(layoutFromJson(kept.value(u"layout").toObject()));
        showChangeColumn(); // a layout kept during a comparison has it
    }
    const QString column = kept.value(u"sort").toString(QStringLiteral("name"));
    const bool isDown = kept.value(u"descending").toBool();
    sortBy(column, isDown);
    table->setSortMark(column, isDown ? SortDirection::Descending : SortDirection::Ascending);
    connect(table, &GroupedTableView::layoutStateChanged, this, [&settings, table] {
        settings.setValue(path + QStringLiteral(".layout"), layoutToJson(table->layoutState()));
    });
    connect(table, &GroupedTableView::sortRequested, this, [&settings](const QString& sorted, SortDirection direction) {
        settings.setValue(path + QStringLiteral(".sort"), sorted);
        settings.setValue(path + QStringLiteral(".descending"), direction == SortDirection::Descending);
    });
}

void ServiceWiring::setSnapshot(const TableSnapshot& snapshot, std::int64_t sampledAtNs)
{
    m_feed->setSnapshot(snapshot, sampledAtNs);
}

} // namespace tracedeck
