// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_columns.h"

#include "selectors/query_enum_bit.h"

#include <algorithm>

namespace tracedeck {
namespace {

using Id = QueryFieldId;
using Words = EnumColumn::Kind;

FieldColumns texts(std::initializer_list<const TextColumn*> columns)
{
    FieldColumns out;
    out.texts = columns;
    return out;
}

FieldColumns list(const ListColumn& column)
{
    FieldColumns out;
    out.lists = {&column};
    return out;
}

FieldColumns numbers(std::initializer_list<NumberColumn> columns)
{
    FieldColumns out;
    out.numbers = columns;
    return out;
}

FieldColumns since(NumberColumn moments)
{
    FieldColumns out = numbers({moments});
    out.sinceMoment = true;
    return out;
}

FieldColumns words(Words kind)
{
    FieldColumns out;
    out.words = {kind};
    return out;
}

/// Metrics both fleet tables name alike.
template <class Table> FieldColumns metricColumns(const Table& t, Id id, bool bytes)
{
    switch (id) {
    case Id::Cpu:
        return numbers({&t.cpuPercent});
    case Id::Cpus:
        return numbers({&t.cpuCount});
    case Id::Memory:
        return bytes ? numbers({&t.memoryUsedBytes}) : numbers({&t.memoryPercent});
    case Id::Disk:
        return bytes ? numbers({&t.diskUsedBytes}) : numbers({&t.diskPercent});
    case Id::Net:
        return numbers({&t.rxBytesPerSec, &t.txBytesPerSec});
    case Id::Rx:
        return numbers({&t.rxBytesPerSec});
    case Id::Tx:
        return numbers({&t.txBytesPerSec});
    case Id::Io:
        return numbers({&t.readBytesPerSec, &t.writeBytesPerSec});
    case Id::Read:
        return numbers({&t.readBytesPerSec});
    case Id::Write:
        return numbers({&t.writeBytesPerSec});
    case Id::Uptime:
        return since(&t.startedAtNs);
    case Id::Tag:
        return list(t.tags);
    case Id::Ip:
        return list(t.ipAddresses);
    case Id::Name:
        return texts({&t.name});
    case Id::Cluster:
        return texts({&t.cluster});
    default:
        return {};
    }
}

FieldColumns columnsOf(const InfrastructureTable& t, Id id, bool bytes)
{
    switch (id) {
    case Id::Id:
        return texts({&t.id, &t.platformId, &t.machineId});
    case Id::Host:
        return texts({&t.hostname});
    case Id::State:
        return texts({&t.statusText});
    case Id::Os:
        return texts({&t.osName, &t.kernelVersion});
    case Id::Load:
        return numbers({&t.loadAverage1});
    case Id::Temperature:
        return numbers({&t.temperatureCelsius});
    case Id::Status:
        return words(Words::HostStatus);
    case Id::Type:
        return words(Words::HostType);
    case Id::Source:
        return words(Words::HostSource);
    default:
        return metricColumns(t, id, bytes);
    }
}

FieldColumns columnsOf(const WorkloadTable& t, Id id, bool bytes)
{
    switch (id) {
    case Id::Id:
        return texts({&t.id, &t.displayId});
    case Id::Host:
        return texts({&t.dockerHostName, &t.node});
    case Id::Node:
        return texts({&t.node});
    case Id::State:
        return texts({&t.status, &t.resourceStatus});
    case Id::Namespace:
        return texts({&t.nameSpace});
    case Id::Image:
        return texts({&t.image});
    case Id::Runtime:
        return texts({&t.containerRuntime});
    case Id::Container:
        return texts({&t.containerId});
    case Id::Project:
        return texts({&t.composeProject});
    case Id::Unit:
        return texts({&t.unitPath});
    case Id::Os:
        return texts({&t.osName});
    case Id::Vmid:
        return numbers({&t.vmid});
    case Id::Restarts:
        return numbers({&t.restartCount});
    case Id::Processes:
        return numbers({&t.processCount});
    case Id::Backup:
        return since(&t.lastBackupNs);
    case Id::Status:
        return words(Words::Bucket);
    case Id::Type:
        return words(Words::WorkloadType);
    case Id::Source:
        return words(Words::WorkloadSource);
    default:
        return metricColumns(t, id, bytes);
    }
}

FieldColumns resources(const TraceListTable& t, std::initializer_list<ResourceKey> keys)
{
    FieldColumns out;
    for (const ResourceKey key : keys) {
        out.lists.push_back(&t.resources[static_cast<std::size_t>(key)]);
    }
    return out;
}

FieldColumns columnsOf(const TraceListTable& t, Id id, bool)
{
    switch (id) {
    case Id::Service: {
        FieldColumns out = list(t.services);
        out.texts = {&t.rootService};
        return out;
    }
    case Id::Host:
        return resources(t, {ResourceKey::HostName, ResourceKey::HostId});
    case Id::Container:
        return resources(t, {ResourceKey::ContainerId, ResourceKey::ContainerName});
    case Id::Pod:
        return resources(t, {ResourceKey::PodName, ResourceKey::PodUid});
    case Id::Namespace:
        return resources(t, {ResourceKey::Namespace});
    case Id::Node:
        return resources(t, {ResourceKey::Node});
    case Id::Instance:
        return resources(t, {ResourceKey::Instance});
    case Id::Pid:
        return resources(t, {ResourceKey::ProcessId});
    case Id::Peer:
        return resources(
            t, {ResourceKey::PeerContainer, ResourceKey::PeerUnit, ResourceKey::PeerProcess, ResourceKey::PeerAddress});
    case Id::Name:
        return texts({&t.rootName});
    case Id::Root:
        return texts({&t.rootService, &t.rootName});
    case Id::Duration:
        return numbers({&t.durationNs});
    case Id::Spans:
        return numbers({&t.spanCount});
    case Id::Errors:
        return numbers({&t.errorCount});
    case Id::Start:
        return numbers({&t.startNs});
    case Id::Age:
        return since(&t.startNs);
    case Id::Status:
        return words(Words::TraceStatus);
    case Id::Own:
        return words(Words::TraceOwn);
    case Id::Id: {
        FieldColumns out;
        out.traceIds = &t.traceId;
        return out;
    }
    default:
        return {};
    }
}

std::uint64_t platformBits(Platform platform)
{
    return platform < Platform::Count ? std::uint64_t{platformBit(platform)} : 0;
}

} // namespace

NumberColumn::NumberColumn(const OptionalColumn<double>* column) : m_source(column)
{ }
NumberColumn::NumberColumn(const OptionalColumn<std::int64_t>* column) : m_source(column)
{ }
NumberColumn::NumberColumn(const std::vector<std::uint32_t>* column) : m_source(column)
{ }
NumberColumn::NumberColumn(const std::vector<std::int64_t>* column) : m_source(column)
{ }

std::optional<double> NumberColumn::get(std::size_t row) const
{
    return std::visit(
        [row](const auto* source) -> std::optional<double> {
            if constexpr (requires { source->has(row); }) {
                return source->has(row) ? std::optional(static_cast<double>(source->raw(row))) : std::nullopt;
            } else {
                return static_cast<double>((*source)[row]);
            }
        },
        m_source);
}

void NumberColumn::addTo(std::span<double> values, std::span<std::uint8_t> present) const
{
    std::visit(
        [&](const auto* source) {
            if constexpr (requires { source->presentBits(); }) {
                const auto raw = source->values();
                const auto bits = source->presentBits();
                for (std::size_t row = 0; row < values.size(); ++row) {
                    values[row] += static_cast<double>(raw[row]); // a missing row holds 0
                    present[row] |= static_cast<std::uint8_t>((bits[row / 64] >> (row % 64)) & 1U);
                }
            } else {
                for (std::size_t row = 0; row < values.size(); ++row) {
                    values[row] += static_cast<double>((*source)[row]);
                    present[row] = 1;
                }
            }
        },
        m_source);
}

QueryTableView::QueryTableView(const InfrastructureTable& table)
    : m_table(&table),
      m_strings(&table.strings),
      m_search(&table.search),
      m_rows(table.rows()),
      m_kind(QueryTable::Infrastructure)
{ }

QueryTableView::QueryTableView(const WorkloadTable& table)
    : m_table(&table),
      m_strings(&table.strings),
      m_search(&table.search),
      m_rows(table.rows()),
      m_kind(QueryTable::Workloads)
{ }

QueryTableView::QueryTableView(const TraceListTable& table)
    : m_table(&table),
      m_strings(&table.strings),
      m_search(&table.search),
      m_rows(table.rows()),
      m_kind(QueryTable::Traces)
{ }

FieldColumns QueryTableView::columns(const QueryField& field, Dimension dimension) const
{
    const bool bytes = dimension == Dimension::Bytes;
    return std::visit([&](const auto* table) { return columnsOf(*table, field.id, bytes); }, m_table);
}

std::uint64_t QueryTableView::enumBits(EnumColumn column, std::size_t row) const
{
    const auto* const* hosts = std::get_if<const InfrastructureTable*>(&m_table);
    const auto* const* workloads = std::get_if<const WorkloadTable*>(&m_table);
    const auto* const* traces = std::get_if<const TraceListTable*>(&m_table);
    switch (column.kind) {
    case Words::None:
        return 0;
    case Words::HostStatus:
        return queryEnumBit((*hosts)->status[row]);
    case Words::HostType:
        return queryEnumBit((*hosts)->type[row]);
    case Words::HostSource:
        return (*hosts)->sources[row] | platformBits((*hosts)->platform[row]);
    case Words::Bucket:
        return queryEnumBit((*workloads)->bucket[row]);
    case Words::WorkloadType:
        return queryEnumBit((*workloads)->type[row]);
    case Words::WorkloadSource:
        return (*workloads)->platformScopes[row] | platformBits((*workloads)->platform[row]);
    case Words::TraceStatus:
        return (*traces)->errorCount[row] > 0 ? 2 : 1;
    case Words::TraceOwn:
        return (*traces)->own[row] != 0 ? 2 : 1;
    }
    return 0;
}

bool hasQueryValue(const QueryTableView& view, const FieldColumns& columns, std::size_t row)
{
    if (columns.words.kind != Words::None) {
        return view.enumBits(columns.words, row) != 0;
    }
    const bool number = std::any_of(columns.numbers.begin(), columns.numbers.end(),
                                    [row](const NumberColumn& column) { return column.get(row).has_value(); });
    return number || anyQueryText(view, columns, row, [](std::string_view) { return true; });
}

} // namespace tracedeck
