// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/fleet_page.h"

#include <QCoreApplication>

namespace tracedeck {

namespace {

QString pageWord(const char* text)
{
    return QCoreApplication::translate("FleetPage", text);
}

std::vector<Segment> statusSegments(const QString& running, const QString& stopped)
{
    return {{QString(), pageWord("Any status")},
            {QStringLiteral("running"), running, Severity::Ok},
            {QStringLiteral("degraded"), pageWord("Degraded"), Severity::Warning},
            {QStringLiteral("stopped"), stopped, Severity::Critical}};
}

template <class Table> SelectionTotals totalsOf(const TableSnapshot& snapshot, const RowIndexes& rows)
{
    const auto* table = snapshot.table<Table>();
    return table != nullptr ? selectionTotals(*table, rows) : SelectionTotals();
}

} // namespace

FleetPageSetup infrastructurePageSetup(std::function<std::int64_t()> clock)
{
    FleetPageSetup setup;
    setup.id = QStringLiteral("infrastructure");
    setup.title = pageWord("Infrastructure");
    setup.searchHint = pageWord("Filter hosts: words, cpu>80, name:web, status:degraded");
    setup.waitingText = pageWord("Reading this machine");
    setup.nothingText = pageWord("No host is reported by any source");
    setup.queryTable = QueryTable::Infrastructure;
    setup.words = {pageWord("offline"), pageWord("degraded"), pageWord("online")};
    setup.filters.statuses = statusSegments(pageWord("Online"), pageWord("Offline"));
    setup.filters.groupings = {
        {QStringLiteral("none"), pageWord("Not grouped")}, {QStringLiteral("cluster"), pageWord("Cluster")},
        {QStringLiteral("type"), pageWord("Type")},        {QStringLiteral("platform"), pageWord("Source")},
        {QStringLiteral("tag"), pageWord("Tag")},          {QStringLiteral("status"), pageWord("Status")}};
    setup.defaults.grouping = QStringLiteral("cluster");
    setup.totals = totalsOf<InfrastructureTable>;
    setup.opensWorkloads = true;
    setup.facts = [](const TableSnapshot& snapshot, std::size_t row, std::int64_t nowNs) {
        const auto* table = snapshot.table<InfrastructureTable>();
        return table != nullptr && row < table->rows() ? infrastructureFacts(*table, row, nowNs) : RowFacts();
    };
    setup.clock = std::move(clock);
    return setup;
}

FleetPageSetup workloadsPageSetup(std::function<std::int64_t()> clock)
{
    FleetPageSetup setup;
    setup.id = QStringLiteral("workloads");
    setup.title = pageWord("Workloads");
    setup.searchHint = pageWord("Filter workloads: words, cpu>80, tag:prod, status:running");
    setup.waitingText = pageWord("Reading this machine");
    setup.nothingText = pageWord("No workload is reported by any source");
    setup.queryTable = QueryTable::Workloads;
    setup.words = {pageWord("stopped"), pageWord("degraded"), pageWord("running")};
    setup.filters.views = {{QString(), pageWord("All")},
                           {QStringLiteral("vm"), pageWord("VMs")},
                           {QStringLiteral("container"), pageWord("Containers")},
                           {QStringLiteral("pod"), pageWord("Pods")},
                           {QStringLiteral("unit"), pageWord("Units")}};
    setup.filters.statuses = statusSegments(pageWord("Running"), pageWord("Stopped"));
    setup.filters.groupings = {{QStringLiteral("none"), pageWord("Not grouped")},
                               {QStringLiteral("node"), pageWord("Node")},
                               {QStringLiteral("type"), pageWord("Type")},
                               {QStringLiteral("status"), pageWord("Status")},
                               {QStringLiteral("namespace"), pageWord("Namespace")},
                               {QStringLiteral("composeProject"), pageWord("Project")},
                               {QStringLiteral("cluster"), pageWord("Cluster")},
                               {QStringLiteral("platform"), pageWord("Source")},
                               {QStringLiteral("tag"), pageWord("Tag")}};
    setup.defaults.grouping = QStringLiteral("node");
    setup.totals = totalsOf<WorkloadTable>;
    setup.facts = [](const TableSnapshot& snapshot, std::size_t row, std::int64_t nowNs) {
        const auto* table = snapshot.table<WorkloadTable>();
        return table != nullptr && row < table->rows() ? workloadFacts(*table, row, nowNs) : RowFacts();
    };
    setup.clock = std::move(clock);
    return setup;
}

} // namespace tracedeck
