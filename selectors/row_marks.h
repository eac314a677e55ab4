// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/column.h"
#include "core/ids.h"
#include "core/source_rows.h"
#include "core/string_pool.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tracedeck {

struct InfrastructureTable;
struct WorkloadTable;

/// What of a table "changed since" compares, and nothing else: about 50 bytes a row besides the few texts,
/// so that many moments fit in memory. Live metrics are not part of it, so the marks of most moments are
/// equal and are kept once.
struct RowMarks {
    StringPool texts; ///< places, images and labels of sources
    std::vector<RowKey> keys;
    std::vector<std::uint64_t> names; ///< hash of kind and name: pairs a row that came with one that went
    TextColumn place; ///< workloads: node; hosts: cluster
    TextColumn image; ///< workloads: image; hosts: system and kernel
    TextColumn source; ///< label of the source; 0 = nobody said
    std::vector<std::int64_t> startedAtNs; ///< 0 = not known
    std::vector<std::int64_t> restarts; ///< -1 = not known
    std::vector<std::uint8_t> state; ///< RowSeverity of the status
    std::vector<StringId> watched; ///< sources that had answered by then

    [[nodiscard]] std::size_t rows() const noexcept { return keys.size(); }
    [[nodiscard]] std::size_t memoryBytes() const noexcept;
    bool operator==(const RowMarks&) const = default;
};

/// The marks of a table. `sources` as in TableSnapshot; null = one source that nobody named.
/// Cost: O(rows), one hash of the name per row.
[[nodiscard]] RowMarks rowMarks(const InfrastructureTable& table, const std::vector<SourceRows>* sources);
[[nodiscard]] RowMarks rowMarks(const WorkloadTable& table, const std::vector<SourceRows>* sources);

} // namespace tracedeck
