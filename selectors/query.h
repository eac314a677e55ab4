// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// Where in the query text something stands, in bytes.
struct TextSpan {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    bool operator==(const TextSpan&) const = default;
};

/// Why a query does not parse or does not fit the table: the place, what is wrong, what was expected.
struct QueryError {
    TextSpan where;
    std::string what;
    std::string expected;
    bool operator==(const QueryError&) const = default;
};

enum class QueryOp : std::uint8_t { Contains, Equals, Regex, Greater, GreaterEqual, Less, LessEqual };

/// Node of a parsed query. `and` binds tighter than `or`; juxtaposition is `and`.
struct QueryNode {
    enum class Kind : std::uint8_t {
        All, ///< empty query: matches every row
        And,
        Or, ///< children
        Not, ///< one child
        Word, ///< texts[0] somewhere in the searchable fields
        Phrase, ///< the same, given in quotes
        Field, ///< field op any of texts
        Has ///< any of the fields named in texts has a value
    };
    Kind kind = Kind::All;
    QueryOp op = QueryOp::Contains;
    std::string field; ///< as written, lower-cased
    std::vector<std::string> texts; ///< values, unescaped; several = any of them
    std::vector<TextSpan> textsAt; ///< where each of them stands
    TextSpan where; ///< of the whole node
    TextSpan fieldAt;
    TextSpan valueAt;
    std::vector<QueryNode> children;
    bool operator==(const QueryNode&) const = default;
};

/// A piece of the query text for colouring and completion.
struct QueryToken {
    enum class Kind : std::uint8_t {
        Word,
        Phrase,
        Field,
        Operator,
        Value,
        Keyword,
        Parenthesis,
        Comma,
        Negation,
        Error
    };
    Kind kind = Kind::Word;
    TextSpan where;
    bool operator==(const QueryToken&) const = default;
};

/// Outcome of parsing: always tokens; a tree when there is no error.
struct ParsedQuery {
    QueryNode root;
    std::vector<QueryToken> tokens;
    std::vector<QueryError> errors;
    [[nodiscard]] bool ok() const noexcept { return errors.empty(); }
};

/// Nesting and number of terms a query may have; more is an error, not a slow answer.
inline constexpr int kMaxQueryDepth = 64;
inline constexpr std::size_t kMaxQueryTerms = 1000;

/// Parses the grammar of docs/query-language.md. Any bytes are valid input; never throws, never recurses
/// deeper than kMaxQueryDepth. Nested groups of one kind come out flat. Cost: O(length).
[[nodiscard]] ParsedQuery parseQuery(std::string_view text);

} // namespace tracedeck
