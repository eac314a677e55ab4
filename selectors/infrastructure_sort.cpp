// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/infrastructure_sort.h"

#include "core/platform.h"
#include "selectors/row_severity.h"
#include "selectors/sort_columns.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace tracedeck {
namespace {

using Key = InfrastructureSortKey;

bool isDown(InfrastructureStatus status)
{
    return status == InfrastructureStatus::Offline || status == InfrastructureStatus::Stopped;
}

/// Rows that are offline or stopped after the others, order kept otherwise.
RowIndexes downLast(const InfrastructureTable& table, RowIndexes rows)
{
    RowIndexes ordered(rows.size());
    std::size_t up = 0;
    std::size_t down = 0;
    for (const std::uint32_t row : rows) {
        ordered[up] = row;
        rows[down] = row; // never ahead of the reading place
        const bool isUp = !isDown(table.status[row]);
        up += isUp ? 1U : 0U;
        down += isUp ? 0U : 1U;
    }
    std::copy_n(rows.begin(), down, ordered.begin() + static_cast<std::ptrdiff_t>(up));
    return ordered;
}

RowIndexes sortBySource(const InfrastructureTable& table, RowIndexes rows, SortDirection direction)
{
    const auto places = labelPlaces<static_cast<std::size_t>(Platform::Count)>(
        [](std::size_t i) { return platformLabel(static_cast<Platform>(i)); });
    return orderBy(std::move(rows), direction, [&](std::uint32_t row) {
        const auto platform = static_cast<std::size_t>(table.platform[row]);
        return platform < places.size() ? SortKey{places[platform], true} : SortKey{};
    });
}

RowIndexes sortByType(const InfrastructureTable& table, RowIndexes rows, SortDirection direction)
{
    const auto places = labelPlaces<static_cast<std::size_t>(InfrastructureType::Count)>(
        [](std::size_t i) { return infrastructureTypeLabel(static_cast<InfrastructureType>(i)); });
    return orderBy(std::move(rows), direction, [&](std::uint32_t row) {
        return SortKey{places[static_cast<std::size_t>(table.type[row])], true};
    });
}

RowIndexes sortByStatus(const InfrastructureTable& table, RowIndexes rows, SortDirection direction)
{
    return orderBy(std::move(rows), direction, [&](std::uint32_t row) {
        const InfrastructureStatus status = table.status[row];
        return SortKey{(static_cast<std::uint64_t>(severityOf(status)) << 8U) | static_cast<std::uint64_t>(status),
                       true};
    });
}

RowIndexes sortByMetric(const InfrastructureTable& t, RowIndexes rows, const InfrastructureSort& sort)
{
    const bool steps = sort.quantised;
    switch (sort.key) {
    case Key::Cpu:
        return orderBy(std::move(rows), sort.direction, percentKey(t.cpuPercent, steps));
    case Key::Memory:
        return orderBy(std::move(rows), sort.direction, percentKey(t.memoryPercent, steps));
    case Key::Disk:
        return orderBy(std::move(rows), sort.direction, percentKey(t.diskPercent, steps));
    case Key::Network:
        return orderBy(std::move(rows), sort.direction, rateKey(t.rxBytesPerSec, t.txBytesPerSec, steps));
    case Key::DiskIo:
        return orderBy(std::move(rows), sort.direction, rateKey(t.readBytesPerSec, t.writeBytesPerSec, steps));
    case Key::Uptime:
        return orderBy(std::move(rows), sort.direction, uptimeKey(t.startedAtNs));
    case Key::Temperature:
        return orderBy(std::move(rows), sort.direction, percentKey(t.temperatureCelsius, steps));
    case Key::Load:
        return orderBy(std::move(rows), sort.direction, numberKey(t.loadAverage1));
    default:
        return rows;
    }
}

/// `rows` by one key; equal values stay in the order they come in.
RowIndexes sortByOneKey(const InfrastructureTable& table, RowIndexes rows, const InfrastructureSort& sort,
                        const CollationRanks& ranks)
{
    switch (sort.key) {
    case Key::Default:
        if (sort.direction == SortDirection::Descending) {
            std::reverse(rows.begin(), rows.end());
        }
        return rows;
    case Key::Name:
        return orderBy(std::move(rows), sort.direction, textKey(table.name, ranks));
    case Key::Cluster:
        return orderBy(std::move(rows), sort.direction, textKey(table.cluster, ranks));
    case Key::Source:
        return sortBySource(table, std::move(rows), sort.direction);
    case Key::Type:
        return sortByType(table, std::move(rows), sort.direction);
    case Key::Status:
        return sortByStatus(table, std::move(rows), sort.direction);
    default:
        return sortByMetric(table, std::move(rows), sort);
    }
}

} // namespace

RowIndexes sortInfrastructure(const InfrastructureTable& table, RowIndexes rows, const InfrastructureSort& sort,
                              const CollationRanks& ranks)
{
    rows = orderByNameThenId(std::move(rows), table.name, table.id, ranks);
    if (!sort.quantised) {
        rows = downLast(table, std::move(rows));
    }
    // The default order is one of its own: nothing stands before its tie-break.
    if (sort.key != Key::Default && sort.thenBy && *sort.thenBy != sort.key) {
        rows = sortByOneKey(table, std::move(rows), {*sort.thenBy, sort.thenDirection, sort.quantised, {}}, ranks);
    }
    return sortByOneKey(table, std::move(rows), sort, ranks);
}

SortDirection firstDirection(InfrastructureSortKey key)
{
    switch (key) {
    case Key::Default:
    case Key::Name:
    case Key::Source:
    case Key::Type:
    case Key::Cluster:
        return SortDirection::Ascending;
    default:
        return SortDirection::Descending;
    }
}

} // namespace tracedeck
