// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/query.h"

#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// A part of a query that can be taken away by itself.
struct QueryPart {
    TextSpan where; ///< in the text it was found in
    std::string text; ///< as written
    std::string without; ///< the query without it
    bool operator==(const QueryPart&) const = default;
};

/// The operands of the outermost `and`, or the whole query when there is none; nothing for an empty query
/// and for one that does not parse. Cost: O(parts · length).
[[nodiscard]] std::vector<QueryPart> queryParts(std::string_view text);

/// `text` without the part at exactly `where` (as MissedClause names it). A connective left with one operand
/// gives way to it, a negation of nothing goes too. The text itself when there is no such part or it does
/// not parse.
[[nodiscard]] std::string dropQueryPart(std::string_view text, TextSpan where);

} // namespace tracedeck
