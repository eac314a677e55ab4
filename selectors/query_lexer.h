// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/query.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// `field op value,value` as one unit: what follows an operator can only be told from the operator.
struct FieldTerm {
    std::string field; ///< lower-cased
    QueryOp op = QueryOp::Contains;
    TextSpan fieldAt;
    TextSpan valueAt;
    std::vector<std::string> values;
    std::vector<TextSpan> valuesAt;
};

/// What the parser reads: terms and punctuation, without blanks.
struct QueryLexeme {
    enum class Kind : std::uint8_t { Word, Phrase, Field, Comma, Open, Close, Negation, And, Or, Not };
    Kind kind = Kind::Word;
    TextSpan where;
    std::uint32_t term = 0; ///< Field only: index into LexedQuery::terms
};

struct LexedQuery {
    std::vector<QueryLexeme> lexemes;
    std::vector<FieldTerm> terms;
    std::vector<QueryToken> tokens;
    std::vector<QueryError> errors;
};

/// Splits a query. Goes on after errors so that the whole text gets tokens. Cost: O(length).
[[nodiscard]] LexedQuery lexQuery(std::string_view text);

/// Text of a quoted piece without its quotes and with \" and \\ resolved; `where` includes the quotes.
[[nodiscard]] std::string unquoteQueryText(std::string_view text, TextSpan where);

/// A piece of user text for a message: at most 40 bytes, control and broken bytes as '?', in quotes.
[[nodiscard]] std::string quoteForMessage(std::string_view text);

} // namespace tracedeck
