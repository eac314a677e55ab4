// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/query.h"
#include "selectors/query_fields.h"
#include "selectors/text_pattern.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// Numbers from low to high in the base unit of a dimension.
struct NumberInterval {
    double low = 0;
    double high = 0;
    bool lowIncluded = true;
    bool highIncluded = true;

    [[nodiscard]] bool contains(double value) const
    {
        return (lowIncluded ? value >= low : value > low) && (highIncluded ? value <= high : value < high);
    }
};

/// One test on a row, ready to run.
struct QueryClause {
    enum class Kind : std::uint8_t { Search, Text, Number, Enum, Has };
    Kind kind = Kind::Search;
    TextSpan where; ///< in the query text
    std::vector<const QueryField*> fields; ///< one; several for Has (any of them)
    std::string needle; ///< Search: folded, as it stands in a SearchArena
    std::vector<TextPattern> patterns; ///< Text: any of them
    std::vector<NumberInterval> intervals; ///< Number: any of them
    Dimension dimension = Dimension::Count; ///< Number: which reading of the field
    std::uint64_t mask = 0; ///< Enum
};

/// Tree over clauses. All has no children and matches everything.
struct CompiledNode {
    enum class Kind : std::uint8_t { All, And, Or, Not, Clause };
    Kind kind = Kind::All;
    TextSpan where;
    std::uint32_t clause = 0;
    std::vector<CompiledNode> children;
};

/// A query that fits a table, ready for query_match.h, query_explain.h and trace_filter.h. Immutable;
/// const use is thread-safe.
struct CompiledQuery {
    QueryTable table = QueryTable::Infrastructure;
    CompiledNode root;
    std::vector<QueryClause> clauses;

    [[nodiscard]] bool matchesAll() const noexcept { return root.kind == CompiledNode::Kind::All; }
    /// Whether the answer depends on "now" besides the snapshot (uptime, age, backup): a memo must then
    /// include the time in its key.
    [[nodiscard]] bool dependsOnTime() const noexcept;
};

/// A compiled query, or why the text does not parse or fit. Errors are in text order.
struct QueryOutcome {
    CompiledQuery query;
    std::vector<QueryError> errors;
    [[nodiscard]] bool ok() const noexcept { return errors.empty(); }
};

/// Checks fields, operators, units, words and regular expressions against the registry of `table`.
[[nodiscard]] QueryOutcome compileQuery(const ParsedQuery& parsed, QueryTable table);
/// Parses and compiles.
[[nodiscard]] QueryOutcome compileQuery(std::string_view text, QueryTable table);

} // namespace tracedeck
