// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet_domain.h"
#include "app/fleet_summary.h"
#include "app/prepared_table.h"
#include "models/table_changes.h"
#include "selectors/emphasis_digest.h"
#include "selectors/infrastructure_filter.h"
#include "selectors/infrastructure_plan.h"
#include "selectors/query_match.h"
#include "selectors/row_severity.h"

#include <QHash>

namespace tracedeck {

namespace {

InfrastructureSortKey hostSortKeyOf(const QString& id)
{
    static const QHash<QString, InfrastructureSortKey> keys{
        {QStringLiteral("name"), InfrastructureSortKey::Name},
        {QStringLiteral("status"), InfrastructureSortKey::Status},
        {QStringLiteral("source"), InfrastructureSortKey::Source},
        {QStringLiteral("type"), InfrastructureSortKey::Type},
        {QStringLiteral("cluster"), InfrastructureSortKey::Cluster},
        {QStringLiteral("cpu"), InfrastructureSortKey::Cpu},
        {QStringLiteral("memory"), InfrastructureSortKey::Memory},
        {QStringLiteral("disk"), InfrastructureSortKey::Disk},
        {QStringLiteral("netIo"), InfrastructureSortKey::Network},
        {QStringLiteral("diskIo"), InfrastructureSortKey::DiskIo},
        {QStringLiteral("uptime"), InfrastructureSortKey::Uptime},
        {QStringLiteral("temp"), InfrastructureSortKey::Temperature},
        {QStringLiteral("load"), InfrastructureSortKey::Load}};
    return keys.value(id, InfrastructureSortKey::Name);
}

InfrastructureGrouping hostGroupingOf(const QString& id)
{
    static const QHash<QString, InfrastructureGrouping> groupings{
        {QStringLiteral("cluster"), InfrastructureGrouping::Cluster},
        {QStringLiteral("type"), InfrastructureGrouping::Type},
        {QStringLiteral("platform"), InfrastructureGrouping::Platform},
        {QStringLiteral("status"), InfrastructureGrouping::Status},
        {QStringLiteral("tag"), InfrastructureGrouping::Tag}};
    return groupings.value(id, InfrastructureGrouping::None);
}

InfrastructureStatusSet hostStatusesOf(const QString& id)
{
    using Status = InfrastructureStatus;
    if (id == QStringLiteral("running")) {
        return statusBit(Status::Online) | statusBit(Status::Running);
    }
    if (id == QStringLiteral("degraded")) {
        return statusBit(Status::Degraded) | statusBit(Status::Paused);
    }
    return id == QStringLiteral("stopped") ? statusBit(Status::Offline) | statusBit(Status::Stopped) : 0;
}

InfrastructureQuery hostQueryOf(const TableChoice& choice, bool resort)
{
    InfrastructureQuery query;
    // Services have a table of their own.
    query.part = choice.view == QStringLiteral("services") ? InfrastructurePart::Services : InfrastructurePart::Primary;
    query.filter.statuses = hostStatusesOf(choice.status);
    query.filter.problemsOnly = choice.problemsOnly;
    const Platform platform = platformFromKey(choice.source.toStdString());
    query.filter.sources = choice.source.isEmpty() || platform == Platform::Count ? 0 : platformBit(platform);
    query.text = choice.text.toStdString();
    query.sort = hostSortKeyOf(choice.sortKey);
    query.direction = choice.descending ? SortDirection::Descending : SortDirection::Ascending;
    if (!choice.thenSortKey.isEmpty()) {
        query.thenBy = hostSortKeyOf(choice.thenSortKey);
        query.thenDirection = choice.thenDescending ? SortDirection::Descending : SortDirection::Ascending;
    }
    query.quantised = resort;
    query.grouping = hostGroupingOf(choice.grouping);
    query.thenGrouping = hostGroupingOf(choice.thenGrouping);
    query.groupOrder = choice.worstGroupsFirst ? GroupOrder::Worst : GroupOrder::Label;
    query.collapsed = choice.collapsed;
    return query;
}

TableSummary hostSummaryOf(const InfrastructureTable& table, const RowPlan& plan, std::size_t present, bool services)
{
    TableSummary summary;
    summary.shown = plan.shown;
    summary.total = plan.total;
    for (std::size_t row = present; row < table.rows(); ++row) {
        summary.total -= isServiceType(table.type[row]) == services ? 1 : 0;
    }
    for (std::size_t row = 0; row < present; ++row) { // rows that went are listed, not counted
        const RowSeverity severity = severityOf(table.status[row]);
        summary.running += severity == RowSeverity::Ok ? 1 : 0;
        summary.degraded += severity == RowSeverity::Warning ? 1 : 0;
        summary.stopped += severity == RowSeverity::Critical ? 1 : 0;
    }
    summary.cpuPercent = meanOf(table.cpuPercent);
    summary.memoryPercent = meanOf(table.memoryPercent);
    summary.networkBytesPerSec = sumOf({&table.rxBytesPerSec, &table.txBytesPerSec});
    summary.diskBytesPerSec = sumOf({&table.readBytesPerSec, &table.writeBytesPerSec});
    summary.sources = sourceOptions(table.sources, table.platform);
    return summary;
}

DerivedTable hostDerive(const PreparedTable& prepared, const TableChoice& choice, std::int64_t nowNs, bool resort)
{
    const auto& table = *prepared.snapshot.table<InfrastructureTable>();
    std::vector<std::uint8_t> matches;
    const QueryOutcome outcome = compileQuery(choice.text.toStdString(), QueryTable::Infrastructure);
    if (outcome.ok() && !outcome.query.matchesAll()) {
        matches = matchRows(outcome.query, table, nowNs);
    }
    const bool searching = keepChanged(matches, prepared, choice.changedMinutes != 0);
    InfrastructureListing listing =
        deriveInfrastructure(table, hostQueryOf(choice, resort), {prepared.ranks, searching ? &matches : nullptr});
    addEmphasisToDigests(listing.plan, table, listing.io);
    addLevelsToDigests(listing.plan, *prepared.snapshot.levels());
    if (const TableChanges* const changes = prepared.snapshot.changes().get()) {
        addChangesToDigests(listing.plan, changes->ofRow);
    }
    DerivedTable derived;
    derived.summary = hostSummaryOf(table, listing.plan, prepared.rows, choice.view == QStringLiteral("services"));
    derived.summary.sampledAtNs = prepared.sampledAtNs;
    derived.summary.changes = changeNoteOf(prepared);
    if (mayFoldPins(listing.plan, choice)) {
        TableChoice open = choice;
        open.collapsed.clear();
        addFoldedPins(listing.plan, *hostDerive(prepared, open, nowNs, resort).plan, choice.pinned);
    }
    derived.plan = std::make_shared<const RowPlan>(withPinnedRows(std::move(listing.plan), choice.pinned));
    derived.io = listing.io;
    return derived;
}

} // namespace

FleetDomain infrastructureDomain()
{
    return {preparedTable<InfrastructureTable>, hostDerive, preparedCrossings<InfrastructureTable>};
}

} // namespace tracedeck
