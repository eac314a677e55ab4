// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/query.h"
#include "selectors/query_columns.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// One offer: `text` takes the place of QueryCompletions::replace.
struct QueryCandidate {
    enum class Kind : std::uint8_t { Field, Operator, Value, Unit, Keyword };
    Kind kind = Kind::Field;
    std::string text; ///< as inserted, with operator or quotes where needed: "cpu>", "\"a b\""
    std::string label; ///< as shown: "cpu", "a b"
    std::string detail; ///< what it is ("of its own allocation") or how often a value occurs ("18 rows")
    bool operator==(const QueryCandidate&) const = default;
};

struct QueryCompletions {
    TextSpan replace; ///< bytes of the query text an accepted candidate replaces
    std::vector<QueryCandidate> candidates;
};

/// What can stand at `cursor` (a byte position, clamped): fields and keywords at the start of a term,
/// operators behind a complete field name, words of Enum fields, values that occur in the table (most
/// frequent first, those that begin with the typed text before those that contain it), units behind a
/// number, fields after `has:`. Inside a phrase or an expression: nothing.
/// Cost: one pass over the column for values, else constant.
[[nodiscard]] QueryCompletions completeQuery(std::string_view text, std::size_t cursor, const QueryTableView& table,
                                             std::size_t limit = 12);

} // namespace tracedeck
