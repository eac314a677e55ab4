// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/query_columns.h"
#include "selectors/query_compile.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tracedeck {

/// A part of the query that keeps a row out.
struct MissedClause {
    TextSpan where; ///< the part, in the query text
    bool missingValue = false; ///< the row has no value there ("CPU is not reported"), rather than another one
    bool operator==(const MissedClause&) const = default;
};

/// Whether one row matches; the same answer as matchRows() for that row. For single rows only: it costs
/// more per row than matchRows().
[[nodiscard]] bool matchesRow(const CompiledQuery& query, const QueryTableView& table, std::size_t row,
                              std::int64_t nowNs);

/// Why a row is not shown: the smallest parts of the query that do not match it, in text order. All
/// failing operands of an `and`, an `or` or a negation as a whole. Empty when the row matches.
[[nodiscard]] std::vector<MissedClause> explainMiss(const CompiledQuery& query, const QueryTableView& table,
                                                    std::size_t row, std::int64_t nowNs);

} // namespace tracedeck
