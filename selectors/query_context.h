// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/query.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tracedeck {

/// What is being typed at a cursor.
struct QueryContext {
    enum class Kind : std::uint8_t {
        Nothing, ///< inside a phrase or an expression
        Term, ///< a word that may become a field
        Value ///< behind an operator
    };
    Kind kind = Kind::Term;
    TextSpan replace; ///< the word or value around the cursor, an open quote included
    std::string typed; ///< its part before the cursor, unquoted and folded
    std::string field; ///< Value: the field, lower-cased
    QueryOp op = QueryOp::Contains;
    bool afterTerm = false; ///< Term: another term stands before it, so and/or may follow
    bool operatorFollows = false; ///< Term: the text goes on with an operator
};

/// Reads the text before the cursor; what follows only widens `replace`. Cost: O(length).
[[nodiscard]] QueryContext queryContext(std::string_view text, std::size_t cursor);

} // namespace tracedeck
