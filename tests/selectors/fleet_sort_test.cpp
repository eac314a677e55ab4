// SPDX-License-Identifier: GPL-3.0-or-later
// Sorts of both fleet tables against their rule in one line: value, missing last, ties never flipped.
#include "selectors/collation_rank.h"
#include "selectors/infrastructure_sort.h"
#include "selectors/row_severity.h"
#include "selectors/workload_sort.h"
#include "tests/selectors/random_fleet.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <optional>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

using Value = std::function<std::optional<double>(std::uint32_t)>;

/// The rule of every sort in one line: value, missing last, then the tie order, never flipped.
RowIndexes sortedBy(RowIndexes tieOrder, const Value& value, SortDirection direction)
{
    std::stable_sort(tieOrder.begin(), tieOrder.end(), [&](std::uint32_t a, std::uint32_t b) {
        const auto left = value(a);
        const auto right = value(b);
        if (!left || !right) {
            return left.has_value() && !right.has_value();
        }
        return direction == SortDirection::Ascending ? *left < *right : *right < *left;
    });
    return tieOrder;
}

template <class Table> RowIndexes byNameAndId(const Table& t, const CollationRanks& ranks)
{
    RowIndexes rows = upTo(t.rows());
    std::sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::pair(ranks[t.name[a]], ranks[t.id[a]]) < std::pair(ranks[t.name[b]], ranks[t.id[b]]);
    });
    return rows;
}

template <class T> Value number(const OptionalColumn<T>& column)
{
    return [&column](std::uint32_t row) {
        const auto value = column.get(row);
        return value ? std::optional<double>(static_cast<double>(*value)) : std::nullopt;
    };
}

Value sum(const OptionalColumn<double>& a, const OptionalColumn<double>& b)
{
    return [&](std::uint32_t row) {
        return a.has(row) || b.has(row) ? std::optional<double>(a.raw(row) + b.raw(row)) : std::nullopt;
    };
}

Value uptime(const OptionalColumn<std::int64_t>& startedAt)
{
    return [&](std::uint32_t row) {
        return startedAt.has(row) ? std::optional<double>(1e6 - static_cast<double>(startedAt.raw(row))) : std::nullopt;
    };
}

Value text(const TextColumn& column, const CollationRanks& ranks)
{
    return
        [&](std::uint32_t row) { return column[row] != 0 ? std::optional<double>(ranks[column[row]]) : std::nullopt; };
}

} // namespace

RC_GTEST_PROP(WorkloadSortProperty, EveryKeyFollowsItsColumn, (std::uint32_t seed))
{
    std::mt19937 random(seed);
    const WorkloadTable t = randomWorkloads(random, random() % 60);
    const CollationRanks ranks = collationRanksByBytes(t.strings);
    const std::pair<WorkloadSortKey, Value> cases[] = {
        {WorkloadSortKey::Name, text(t.name, ranks)},
        {WorkloadSortKey::Node, text(t.node, ranks)},
        {WorkloadSortKey::Cluster, text(t.cluster, ranks)},
        {WorkloadSortKey::Namespace, text(t.nameSpace, ranks)},
        {WorkloadSortKey::Image, text(t.image, ranks)},
        {WorkloadSortKey::Os, text(t.osName, ranks)},
        {WorkloadSortKey::ComposeProject, text(t.composeProject, ranks)},
        {WorkloadSortKey::Vmid, number(t.vmid)},
        {WorkloadSortKey::Cpu, number(t.cpuPercent)},
        {WorkloadSortKey::Memory, number(t.memoryPercent)},
        {WorkloadSortKey::Disk, number(t.diskPercent)},
        {WorkloadSortKey::NetIo, sum(t.rxBytesPerSec, t.txBytesPerSec)},
        {WorkloadSortKey::DiskIo, sum(t.readBytesPerSec, t.writeBytesPerSec)},
        {WorkloadSortKey::Uptime, uptime(t.startedAtNs)},
        {WorkloadSortKey::Processes, number(t.processCount)},
        {WorkloadSortKey::Restarts, number(t.restartCount)},
        {WorkloadSortKey::LastBackup, number(t.lastBackupNs)},
    };
    RowIndexes rows = upTo(t.rows());
    std::shuffle(rows.begin(), rows.end(), random);
    for (const auto& [key, value] : cases) {
        for (const SortDirection direction : {SortDirection::Ascending, SortDirection::Descending}) {
            const RowIndexes wanted = sortedBy(byNameAndId(t, ranks), value, direction);
            RC_ASSERT(sortWorkloads(t, rows, {key, direction, false}, ranks) == wanted);
        }
    }
    for (const SortDirection direction : {SortDirection::Ascending, SortDirection::Descending}) {
        const auto stepped = [&](std::uint32_t row) {
            return t.cpuPercent.has(row) ? std::optional<double>(std::floor(t.cpuPercent.raw(row) / 5.0))
                                         : std::nullopt;
        };
        RC_ASSERT(sortWorkloads(t, rows, {WorkloadSortKey::Cpu, direction, true}, ranks)
                  == sortedBy(byNameAndId(t, ranks), stepped, direction));
        const auto status = [&](std::uint32_t row) {
            return std::optional<double>(static_cast<double>(t.bucket[row]) * 1e6 + ranks[t.status[row]]);
        };
        RC_ASSERT(sortWorkloads(t, rows, {WorkloadSortKey::Status, direction, false}, ranks)
                  == sortedBy(byNameAndId(t, ranks), status, direction));
    }
}

RC_GTEST_PROP(InfrastructureSortProperty, EveryKeyFollowsItsColumn, (std::uint32_t seed))
{
    std::mt19937 random(seed);
    const InfrastructureTable t = randomHosts(random, random() % 60);
    const CollationRanks ranks = collationRanksByBytes(t.strings);
    RowIndexes ties = byNameAndId(t, ranks);
    std::stable_partition(ties.begin(), ties.end(), [&](std::uint32_t row) {
        return t.status[row] != InfrastructureStatus::Offline && t.status[row] != InfrastructureStatus::Stopped;
    });
    const std::pair<InfrastructureSortKey, Value> cases[] = {
        {InfrastructureSortKey::Name, text(t.name, ranks)},
        {InfrastructureSortKey::Cluster, text(t.cluster, ranks)},
        {InfrastructureSortKey::Cpu, number(t.cpuPercent)},
        {InfrastructureSortKey::Memory, number(t.memoryPercent)},
        {InfrastructureSortKey::Disk, number(t.diskPercent)},
        {InfrastructureSortKey::Network, sum(t.rxBytesPerSec, t.txBytesPerSec)},
        {InfrastructureSortKey::DiskIo, sum(t.readBytesPerSec, t.writeBytesPerSec)},
        {InfrastructureSortKey::Uptime, uptime(t.startedAtNs)},
        {InfrastructureSortKey::Temperature, number(t.temperatureCelsius)},
        {InfrastructureSortKey::Load, number(t.loadAverage1)},
        {InfrastructureSortKey::Status,
         [&t](std::uint32_t row) {
             return std::optional<double>(static_cast<double>(severityOf(t.status[row])) * 100
                                          + static_cast<double>(t.status[row]));
         }},
    };
    RowIndexes rows = upTo(t.rows());
    std::shuffle(rows.begin(), rows.end(), random);
    for (const auto& [key, value] : cases) {
        for (const SortDirection direction : {SortDirection::Ascending, SortDirection::Descending}) {
            RC_ASSERT(sortInfrastructure(t, rows, {key, direction, false}, ranks) == sortedBy(ties, value, direction));
        }
    }
    RC_ASSERT(sortInfrastructure(t, rows, {InfrastructureSortKey::Default, SortDirection::Ascending, false}, ranks)
              == ties);
    std::reverse(ties.begin(), ties.end());
    RC_ASSERT(sortInfrastructure(t, rows, {InfrastructureSortKey::Default, SortDirection::Descending, false}, ranks)
              == ties);
}

TEST(FleetSort, sourcesAndTypesGoByTheirLabels)
{
    std::mt19937 random(1);
    const InfrastructureTable hosts = randomHosts(random, 200);
    const CollationRanks ranks = collationRanksByBytes(hosts.strings);
    const RowIndexes bySource =
        sortInfrastructure(hosts, upTo(200), {InfrastructureSortKey::Source, SortDirection::Ascending, false}, ranks);
    const RowIndexes byType =
        sortInfrastructure(hosts, upTo(200), {InfrastructureSortKey::Type, SortDirection::Ascending, false}, ranks);
    for (std::size_t i = 1; i < 200; ++i) {
        EXPECT_LE(platformLabel(hosts.platform[bySource[i - 1]]), platformLabel(hosts.platform[bySource[i]]));
        EXPECT_LE(infrastructureTypeLabel(hosts.type[byType[i - 1]]), infrastructureTypeLabel(hosts.type[byType[i]]));
    }
    const WorkloadTable workloads = randomWorkloads(random, 200);
    const CollationRanks workloadRanks = collationRanksByBytes(workloads.strings);
    const RowIndexes byPlatform = sortWorkloads(
        workloads, upTo(200), {WorkloadSortKey::Platform, SortDirection::Descending, false}, workloadRanks);
    for (std::size_t i = 1; i < 200; ++i) {
        EXPECT_GE(platformLabel(workloads.platform[byPlatform[i - 1]]),
                  platformLabel(workloads.platform[byPlatform[i]]));
    }
}

TEST(FleetSort, firstDirections)
{
    EXPECT_EQ(firstDirection(InfrastructureSortKey::Name), SortDirection::Ascending);
    EXPECT_EQ(firstDirection(InfrastructureSortKey::Source), SortDirection::Ascending);
    for (const auto key : {InfrastructureSortKey::Cpu, InfrastructureSortKey::Memory, InfrastructureSortKey::Disk,
                           InfrastructureSortKey::Network, InfrastructureSortKey::DiskIo, InfrastructureSortKey::Uptime,
                           InfrastructureSortKey::Temperature, InfrastructureSortKey::Load}) {
        EXPECT_EQ(firstDirection(key), SortDirection::Descending);
    }
    for (const auto key :
         {WorkloadSortKey::Name, WorkloadSortKey::Type, WorkloadSortKey::Node, WorkloadSortKey::Image}) {
        EXPECT_EQ(firstDirection(key), SortDirection::Ascending);
    }
    for (const auto key : {WorkloadSortKey::Cpu, WorkloadSortKey::Memory, WorkloadSortKey::Disk, WorkloadSortKey::NetIo,
                           WorkloadSortKey::DiskIo, WorkloadSortKey::Uptime}) {
        EXPECT_EQ(firstDirection(key), SortDirection::Descending);
    }
}
