// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/column.h"
#include "core/ids.h"
#include "core/resource_identity.h"
#include "core/search_arena.h"
#include "core/string_pool.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tracedeck {

/// Trace summaries: one row per trace. A summary is provisional until its trace was read or compacted
/// once (duplicates may still be counted); `exact` says which.
struct TraceListTable {
    StringPool strings;

    std::vector<RowKey> keys;
    std::vector<std::uint64_t> digests;
    std::vector<TraceId> traceId;
    std::vector<std::int64_t> startNs; ///< earliest start of its spans
    std::vector<std::int64_t> durationNs; ///< latest end minus earliest start, at least 0
    TextColumn rootService; ///< 0 while the root has not arrived
    TextColumn rootName;
    std::vector<std::uint32_t> spanCount;
    std::vector<std::uint32_t> errorCount;
    std::vector<std::uint8_t> own; ///< 1 = written by Tracedeck about itself
    std::vector<std::uint8_t> exact;
    ListColumn services; ///< distinct services, first seen first
    std::vector<std::uint32_t> serviceSpans; ///< spans per entry of `services`, flat, same order

    std::array<ListColumn, kResourceKeyCount> resources; ///< by ResourceKey: distinct values seen in the trace
    std::vector<ResourceKnowledge> resourcesKnown;

    SearchArena search; ///< trace id hex, root service, root name, services, names of hosts, containers and pods

    [[nodiscard]] std::size_t rows() const noexcept { return keys.size(); }
    void resize(std::size_t rows);
    /// Fills keys, search and digests. Call once when all rows are in place.
    void finish();
    bool operator==(const TraceListTable&) const = default;
};

} // namespace tracedeck
