// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/workload_sort.h"

#include "core/platform.h"
#include "selectors/sort_columns.h"

#include <algorithm>
#include <utility>

namespace tracedeck {
namespace {

using Key = WorkloadSortKey;

const TextColumn* textColumnOf(const WorkloadTable& table, Key key)
{
    switch (key) {
    case Key::Name:
        return &table.name;
    case Key::Node:
        return &table.node;
    case Key::Cluster:
        return &table.cluster;
    case Key::Namespace:
        return &table.nameSpace;
    case Key::Image:
        return &table.image;
    case Key::Os:
        return &table.osName;
    case Key::ComposeProject:
        return &table.composeProject;
    default:
        return nullptr;
    }
}

RowIndexes sortByStatus(const WorkloadTable& table, RowIndexes rows, SortDirection direction,
                        const CollationRanks& ranks)
{
    return orderBy(std::move(rows), direction, [&](std::uint32_t row) {
        return SortKey{(static_cast<std::uint64_t>(table.bucket[row]) << 32U) | ranks[table.status[row]], true};
    });
}

RowIndexes sortByType(const WorkloadTable& table, RowIndexes rows, SortDirection direction)
{
    const auto places = labelPlaces<static_cast<std::size_t>(WorkloadType::Count)>(
        [](std::size_t i) { return workloadTypeKey(static_cast<WorkloadType>(i)); });
    return orderBy(std::move(rows), direction, [&](std::uint32_t row) {
        return SortKey{places[static_cast<std::size_t>(table.type[row])], true};
    });
}

RowIndexes sortByPlatform(const WorkloadTable& table, RowIndexes rows, SortDirection direction)
{
    const auto places = labelPlaces<static_cast<std::size_t>(Platform::Count)>(
        [](std::size_t i) { return platformLabel(static_cast<Platform>(i)); });
    return orderBy(std::move(rows), direction, [&](std::uint32_t row) {
        const auto platform = static_cast<std::size_t>(table.platform[row]);
        return platform < places.size() ? SortKey{places[platform], true} : SortKey{};
    });
}

RowIndexes sortByNumber(const WorkloadTable& t, RowIndexes rows, const WorkloadSort& sort)
{
    const bool steps = sort.quantised;
    switch (sort.key) {
    case Key::Cpu:
        return orderBy(std::move(rows), sort.direction, percentKey(t.cpuPercent, steps));
    case Key::Memory:
        return orderBy(std::move(rows), sort.direction, percentKey(t.memoryPercent, steps));
    case Key::Disk:
        return orderBy(std::move(rows), sort.direction, percentKey(t.diskPercent, steps));
    case Key::NetIo:
        return orderBy(std::move(rows), sort.direction, rateKey(t.rxBytesPerSec, t.txBytesPerSec, steps));
    case Key::DiskIo:
        return orderBy(std::move(rows), sort.direction, rateKey(t.readBytesPerSec, t.writeBytesPerSec, steps));
    case Key::Uptime:
        return orderBy(std::move(rows), sort.direction, uptimeKey(t.startedAtNs));
    case Key::Vmid:
        return orderBy(std::move(rows), sort.direction, numberKey(t.vmid));
    case Key::Processes:
        return orderBy(std::move(rows), sort.direction, numberKey(t.processCount));
    case Key::Restarts:
        return orderBy(std::move(rows), sort.direction, numberKey(t.restartCount));
    case Key::LastBackup:
        return orderBy(std::move(rows), sort.direction, numberKey(t.lastBackupNs));
    default:
        return rows;
    }
}

/// `rows` by one key; equal values stay in the order they come in.
RowIndexes sortByOneKey(const WorkloadTable& table, RowIndexes rows, const WorkloadSort& sort,
                        const CollationRanks& ranks)
{
    if (const TextColumn* const column = textColumnOf(table, sort.key)) {
        return orderBy(std::move(rows), sort.direction, textKey(*column, ranks));
    }
    switch (sort.key) {
    case Key::Status:
        return sortByStatus(table, std::move(rows), sort.direction, ranks);
    case Key::Type:
        return sortByType(table, std::move(rows), sort.direction);
    case Key::Platform:
        return sortByPlatform(table, std::move(rows), sort.direction);
    default:
        return sortByNumber(table, std::move(rows), sort);
    }
}

} // namespace

RowIndexes sortWorkloads(const WorkloadTable& table, RowIndexes rows, const WorkloadSort& sort,
                         const CollationRanks& ranks)
{
    rows = orderByNameThenId(std::move(rows), table.name, table.id, ranks);
    const bool hasSecond = sort.thenBy && *sort.thenBy != sort.key;
    if (hasSecond) {
        rows = sortByOneKey(table, std::move(rows), {*sort.thenBy, sort.thenDirection, sort.quantised, {}}, ranks);
    }
    if (sort.key == Key::Name && sort.direction == SortDirection::Ascending && !hasSecond) {
        // In this order already, but for the rows without a name: theirs ranks first and they go last.
        const auto named =
            std::find_if(rows.begin(), rows.end(), [&](std::uint32_t row) { return table.name[row] != 0; });
        std::rotate(rows.begin(), named, rows.end());
        return rows;
    }
    return sortByOneKey(table, std::move(rows), sort, ranks);
}

SortDirection firstDirection(WorkloadSortKey key)
{
    switch (key) {
    case Key::Cpu:
    case Key::Memory:
    case Key::Disk:
    case Key::NetIo:
    case Key::DiskIo:
    case Key::Uptime:
    case Key::Processes:
    case Key::Restarts:
    case Key::Status:
        return SortDirection::Descending;
    default:
        return SortDirection::Ascending;
    }
}

} // namespace tracedeck
