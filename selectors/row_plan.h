// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tracedeck {

/// Indexes of table rows in display order; the currency between filter, sort and group.
using RowIndexes = std::vector<std::uint32_t>;

/// One row on screen: a group header or a table row.
struct PlanRow {
    static constexpr std::uint32_t kGroupHeader = 0x80000000U;
    static constexpr std::uint32_t kVanished = 0x40000000U; ///< set by order_hold only

    std::uint32_t ref = 0; ///< table row, or kGroupHeader | index into RowPlan::groups
    [[nodiscard]] bool isGroup() const noexcept { return (ref & kGroupHeader) != 0; }
    /// A row that left the table while the order is held: it has no table row, index() is meaningless.
    [[nodiscard]] bool isVanished() const noexcept { return (ref & kVanished) != 0; }
    [[nodiscard]] std::uint32_t index() const noexcept { return ref & ~(kGroupHeader | kVanished); }
    bool operator==(const PlanRow&) const = default;
};

/// A group of rows with what its header says. Numbers that are unknown are absent (has* false).
struct PlanGroup {
    RowKey key = 0;
    std::string label;
    std::string detail; ///< "Core Fabric", "docker, compose project shop"; may be empty
    std::uint32_t shown = 0; ///< rows of this group that pass the filter
    std::uint32_t total = 0; ///< rows of this group in the table
    std::uint8_t worst = 0; ///< Severity of the worst row (models/roles.h)
    std::uint8_t depth = 0; ///< 1 = inside the group of depth 0 above it
    bool collapsed = false;
    bool hasCpu = false;
    bool hasMemory = false;
    bool hasMemoryUsed = false;
    double cpuPercent = 0; ///< mean over the shown rows that report it
    double memoryPercent = 0;
    std::int64_t memoryUsedBytes = 0; ///< sum over the shown rows that report it
    std::uint32_t cpuRows = 0; ///< how many rows the means are over
    std::uint32_t memoryRows = 0;
    bool operator==(const PlanGroup&) const = default;
};

/// What a table shows, top to bottom: derived from (snapshot, query) and nothing else. `keys` runs
/// parallel to `rows`; `digests` says whether a row at a key shows other values than before (for a
/// header: hash of the group's texts and numbers).
struct RowPlan {
    std::vector<PlanRow> rows;
    std::vector<RowKey> keys;
    std::vector<std::uint64_t> digests;
    std::vector<PlanGroup> groups;
    std::uint32_t shown = 0; ///< table rows that pass the filter, collapsed ones included
    std::uint32_t total = 0; ///< table rows before any filter
    std::uint32_t vanished = 0; ///< rows marked kVanished; only a held plan has any
};

} // namespace tracedeck
