// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet_domain.h"
#include "app/fleet_summary.h"
#include "app/prepared_table.h"
#include "models/table_changes.h"
#include "selectors/emphasis_digest.h"
#include "selectors/query_match.h"
#include "selectors/workload_plan.h"

#include <QHash>

namespace tracedeck {

namespace {

WorkloadSortKey workloadSortKeyOf(const QString& id)
{
    static const QHash<QString, WorkloadSortKey> keys{{QStringLiteral("name"), WorkloadSortKey::Name},
                                                      {QStringLiteral("status"), WorkloadSortKey::Status},
                                                      {QStringLiteral("type"), WorkloadSortKey::Type},
                                                      {QStringLiteral("node"), WorkloadSortKey::Node},
                                                      {QStringLiteral("cluster"), WorkloadSortKey::Cluster},
                                                      {QStringLiteral("namespace"), WorkloadSortKey::Namespace},
                                                      {QStringLiteral("image"), WorkloadSortKey::Image},
                                                      {QStringLiteral("os"), WorkloadSortKey::Os},
                                                      {QStringLiteral("project"), WorkloadSortKey::ComposeProject},
                                                      {QStringLiteral("vmid"), WorkloadSortKey::Vmid},
                                                      {QStringLiteral("platform"), WorkloadSortKey::Platform},
                                                      {QStringLiteral("cpu"), WorkloadSortKey::Cpu},
                                                      {QStringLiteral("memory"), WorkloadSortKey::Memory},
                                                      {QStringLiteral("disk"), WorkloadSortKey::Disk},
                                                      {QStringLiteral("netIo"), WorkloadSortKey::NetIo},
                                                      {QStringLiteral("diskIo"), WorkloadSortKey::DiskIo},
                                                      {QStringLiteral("uptime"), WorkloadSortKey::Uptime},
                                                      {QStringLiteral("procs"), WorkloadSortKey::Processes},
                                                      {QStringLiteral("restarts"), WorkloadSortKey::Restarts},
                                                      {QStringLiteral("backup"), WorkloadSortKey::LastBackup}};
    return keys.value(id, WorkloadSortKey::Name);
}

WorkloadGrouping workloadGroupingOf(const QString& id)
{
    static const QHash<QString, WorkloadGrouping> groupings{
        {QStringLiteral("node"), WorkloadGrouping::Node},
        {QStringLiteral("type"), WorkloadGrouping::Type},
        {QStringLiteral("status"), WorkloadGrouping::Status},
        {QStringLiteral("namespace"), WorkloadGrouping::Namespace},
        {QStringLiteral("composeProject"), WorkloadGrouping::ComposeProject},
        {QStringLiteral("cluster"), WorkloadGrouping::Cluster},
        {QStringLiteral("platform"), WorkloadGrouping::Platform},
        {QStringLiteral("tag"), WorkloadGrouping::Tag}};
    return groupings.value(id, WorkloadGrouping::None);
}

WorkloadView workloadViewOf(const QString& id)
{
    static const QHash<QString, WorkloadView> views{{QStringLiteral("vm"), WorkloadView::Vm},
                                                    {QStringLiteral("container"), WorkloadView::Container},
                                                    {QStringLiteral("pod"), WorkloadView::Pod},
                                                    {QStringLiteral("unit"), WorkloadView::Unit}};
    return views.value(id, WorkloadView::All);
}

StatusBucketSet workloadBucketsOf(const QString& id)
{
    if (id == QStringLiteral("running")) {
        return bucketBit(StatusBucket::Running);
    }
    if (id == QStringLiteral("degraded")) {
        return bucketBit(StatusBucket::Degraded);
    }
    return id == QStringLiteral("stopped") ? bucketBit(StatusBucket::Stopped) : StatusBucketSet{0};
}

WorkloadQuery workloadQueryOf(const TableChoice& choice, bool resort)
{
    WorkloadQuery query;
    query.filter.view = workloadViewOf(choice.view);
    query.filter.buckets = workloadBucketsOf(choice.status);
    query.filter.problemsOnly = choice.problemsOnly;
    query.filter.host = choice.host;
    const Platform platform = platformFromKey(choice.source.toStdString());
    query.filter.platforms = choice.source.isEmpty() || platform == Platform::Count ? 0 : platformBit(platform);
    query.text = choice.text.toStdString();
    query.sort = workloadSortKeyOf(choice.sortKey);
    query.direction = choice.descending ? SortDirection::Descending : SortDirection::Ascending;
    if (!choice.thenSortKey.isEmpty()) {
        query.thenBy = workloadSortKeyOf(choice.thenSortKey);
        query.thenDirection = choice.thenDescending ? SortDirection::Descending : SortDirection::Ascending;
    }
    query.quantised = resort;
    query.grouping = workloadGroupingOf(choice.grouping);
    query.thenGrouping = workloadGroupingOf(choice.thenGrouping);
    query.groupOrder = choice.worstGroupsFirst ? GroupOrder::Worst : GroupOrder::Label;
    query.collapsed = choice.collapsed;
    return query;
}

TableSummary workloadSummaryOf(const WorkloadTable& table, const RowPlan& plan, std::size_t present)
{
    TableSummary summary;
    summary.shown = plan.shown;
    summary.total = present;
    for (std::size_t row = 0; row < present; ++row) { // rows that went are listed, not counted
        const StatusBucket bucket = table.bucket[row];
        summary.running += bucket == StatusBucket::Running ? 1 : 0;
        summary.degraded += bucket == StatusBucket::Degraded ? 1 : 0;
        summary.stopped += bucket == StatusBucket::Stopped ? 1 : 0;
    }
    summary.cpuPercent = meanOf(table.cpuPercent);
    summary.memoryPercent = meanOf(table.memoryPercent);
    summary.networkBytesPerSec = sumOf({&table.rxBytesPerSec, &table.txBytesPerSec});
    summary.diskBytesPerSec = sumOf({&table.readBytesPerSec, &table.writeBytesPerSec});
    summary.sources = sourceOptions(table.platformScopes, table.platform);
    return summary;
}

DerivedTable workloadDerive(const PreparedTable& prepared, const TableChoice& choice, std::int64_t nowNs, bool resort)
{
    const auto& table = *prepared.snapshot.table<WorkloadTable>();
    std::vector<std::uint8_t> matches;
    const QueryOutcome outcome = compileQuery(choice.text.toStdString(), QueryTable::Workloads);
    if (outcome.ok() && !outcome.query.matchesAll()) {
        matches = matchRows(outcome.query, table, nowNs);
    }
    const bool searching = keepChanged(matches, prepared, choice.changedMinutes != 0);
    WorkloadListing listing =
        deriveWorkloads(table, workloadQueryOf(choice, resort), {prepared.ranks, searching ? &matches : nullptr});
    addEmphasisToDigests(listing.plan, table, listing.io);
    addLevelsToDigests(listing.plan, *prepared.snapshot.levels());
    if (const TableChanges* const changes = prepared.snapshot.changes().get()) {
        addChangesToDigests(listing.plan, changes->ofRow);
    }
    DerivedTable derived;
    derived.summary = workloadSummaryOf(table, listing.plan, prepared.rows);
    derived.summary.sampledAtNs = prepared.sampledAtNs;
    derived.summary.changes = changeNoteOf(prepared);
    if (mayFoldPins(listing.plan, choice)) {
        TableChoice open = choice;
        open.collapsed.clear();
        addFoldedPins(listing.plan, *workloadDerive(prepared, open, nowNs, resort).plan, choice.pinned);
    }
    derived.plan = std::make_shared<const RowPlan>(withPinnedRows(std::move(listing.plan), choice.pinned));
    derived.io = listing.io;
    return derived;
}

} // namespace

FleetDomain workloadDomain()
{
    return {preparedTable<WorkloadTable>, workloadDerive, preparedCrossings<WorkloadTable>};
}

} // namespace tracedeck
