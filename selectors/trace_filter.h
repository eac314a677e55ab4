// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "core/resource_identity.h"
#include "selectors/query_compile.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

namespace tracedeck {

/// A trace summary that stands in no table, e.g. a row of a database. Views must outlive the call.
struct TraceSummaryFields {
    TraceId traceId;
    std::int64_t startNs = 0; ///< since the Unix epoch, UTC
    std::int64_t durationNs = 0;
    std::string_view rootService; ///< empty while the root has not arrived
    std::string_view rootName;
    std::span<const std::string_view> services;
    std::uint32_t spanCount = 0;
    std::uint32_t errorCount = 0;
    bool own = false;
    const ResourceValues* resources = nullptr; ///< null = none are known
};

/// Whether a summary matches a query compiled for QueryTable::Traces: the same answer matchRows() gives
/// for a TraceListTable with this row. Costs no allocation for queries without words and text fields.
[[nodiscard]] bool matchesTrace(const CompiledQuery& query, const TraceSummaryFields& trace, std::int64_t nowNs);

/// What every match of a query fulfils, for an index to narrow the search before matchesTrace() decides.
/// Ranges are inclusive and may be wider than the query by less than a microsecond.
struct TraceBounds {
    std::int64_t startFromNs = std::numeric_limits<std::int64_t>::min();
    std::int64_t startToNs = std::numeric_limits<std::int64_t>::max();
    std::int64_t durationFromNs = std::numeric_limits<std::int64_t>::min();
    std::int64_t durationToNs = std::numeric_limits<std::int64_t>::max();
    std::optional<bool> errors; ///< true: at least one error span; false: none
    std::optional<bool> own;
    bool empty = false; ///< the conditions exclude each other: nothing can match
    bool operator==(const TraceBounds&) const = default;
};

/// Bounds from the clauses joined by `and` at the top of the query; negations and alternatives add none.
[[nodiscard]] TraceBounds traceBounds(const CompiledQuery& query, std::int64_t nowNs);

} // namespace tracedeck
