// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "core/infrastructure_table.h"
#include "core/platform.h"
#include "selectors/sort_direction.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tracedeck {

/// Bit set over InfrastructureStatus.
using InfrastructureStatusSet = std::uint32_t;

[[nodiscard]] constexpr InfrastructureStatusSet statusBit(InfrastructureStatus status)
{
    return InfrastructureStatusSet{1} << static_cast<unsigned>(status);
}

/// Hosts and nodes are primary; backup servers and mail gateways are services.
enum class InfrastructurePart : std::uint8_t { All, Primary, Services };

enum class InfrastructureSortKey : std::uint8_t {
    Default, ///< not offline or stopped first, then name; the tie-break of every other key
    Name,
    Status, ///< by severity, then its word
    Source, ///< label of the main platform
    Type,
    Cluster,
    Cpu,
    Memory,
    Disk,
    Network, ///< received + sent
    DiskIo, ///< read + written
    Uptime,
    Temperature,
    Load
};

/// Tag: by the first tag as the source lists them, so that every row stands in one group.
enum class InfrastructureGrouping : std::uint8_t { None, Cluster, Type, Platform, Status, Tag };

/// Which rows pass. Everything left at its default lets all rows pass; the conditions are joined by "and".
struct InfrastructureFilter {
    PlatformSet sources = 0; ///< any of these; 0 = all. Rows without a known source fail a set filter
    InfrastructureStatusSet statuses = 0; ///< any of these; 0 = all
    std::vector<std::string> terms; ///< each must occur in the searched fields, any case; empty ones are ignored
    bool problemsOnly = false; ///< status is Warning or worse

    bool operator==(const InfrastructureFilter&) const = default;
};

/// Everything that decides what the infrastructure table shows; with the snapshot pointer it is the key
/// of the memo. A plain value.
struct InfrastructureQuery {
    InfrastructureFilter filter;
    InfrastructurePart part = InfrastructurePart::All;
    std::string text; ///< query language; see PlanInputs::matches
    InfrastructureSortKey sort = InfrastructureSortKey::Name;
    SortDirection direction = SortDirection::Ascending;
    std::optional<InfrastructureSortKey> thenBy{}; ///< decides among equal values of `sort`, before the default order
    SortDirection thenDirection = SortDirection::Ascending;
    bool quantised = false; ///< automatic re-sort: live metrics in steps of 5 points or powers of two, then name
    InfrastructureGrouping grouping = InfrastructureGrouping::Cluster;
    InfrastructureGrouping thenGrouping = InfrastructureGrouping::None; ///< inside the groups of `grouping`
    GroupOrder groupOrder = GroupOrder::Label;
    std::vector<RowKey> collapsed; ///< group keys (PlanGroup::key) whose rows are hidden; any order

    bool operator==(const InfrastructureQuery&) const = default;
};

} // namespace tracedeck
