// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/snapshot_query.h"

#include "selectors/trace_listing.h"

namespace tracedeck {

namespace {

QueryTableView emptyView(QueryTable kind)
{
    static const InfrastructureTable hosts;
    static const WorkloadTable workloads;
    static const TraceListTable traces;
    switch (kind) {
    case QueryTable::Infrastructure:
        return hosts;
    case QueryTable::Workloads:
        return workloads;
    case QueryTable::Traces:
        break;
    }
    return traces;
}

} // namespace

std::optional<QueryTableView> queryViewOf(const TableSnapshot& snapshot)
{
    if (const auto* hosts = snapshot.table<InfrastructureTable>()) {
        return QueryTableView(*hosts);
    }
    if (const auto* workloads = snapshot.table<WorkloadTable>()) {
        return QueryTableView(*workloads);
    }
    if (const auto* listing = snapshot.table<TraceListing>()) {
        return QueryTableView(listing->table);
    }
    return std::nullopt;
}

QueryCompletions snapshotCompletions(const TableSnapshot& snapshot, QueryTable kind, const QString& text, int cursor)
{
    const std::string utf8 = text.toStdString();
    const auto at = static_cast<std::size_t>(text.left(cursor).toUtf8().size());
    return completeQuery(utf8, at, queryViewOf(snapshot).value_or(emptyView(kind)));
}

} // namespace tracedeck
