// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/query.h"
#include "selectors/text_pattern.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// What the filter of a log looks at.
struct LogQueryLine {
    std::string_view text;
    std::string_view level; ///< "error", "warning" …; empty = none named
    bool error = false; ///< written to the error output
};

/// A filter of log lines in the query language of the tables: words, phrases, `not`, `and`, `or`,
/// brackets, and the fields `text` (contains, =, ~/re/), `level` (a word) and `stream` (out or err).
/// Without errors matches() answers every line; the empty query matches all. Cost per line: O(length).
class LogQuery {
public:
    LogQuery() = default;
    [[nodiscard]] static LogQuery compile(std::string_view text);

    [[nodiscard]] const std::vector<QueryError>& errors() const noexcept { return m_errors; }
    [[nodiscard]] const std::vector<QueryToken>& tokens() const noexcept { return m_tokens; }
    [[nodiscard]] bool ok() const noexcept { return m_errors.empty(); }
    [[nodiscard]] bool matchesAll() const noexcept { return m_root.kind == QueryNode::Kind::All; }
    [[nodiscard]] bool matches(const LogQueryLine& line) const;

private:
    void check(const QueryNode& node);
    void refuse(const TextSpan& where, std::string what, std::string expected);
    [[nodiscard]] bool holds(const QueryNode& node, const LogQueryLine& line) const;
    [[nodiscard]] bool fieldHolds(const QueryNode& node, const LogQueryLine& line) const;

    QueryNode m_root;
    std::vector<QueryToken> m_tokens;
    std::vector<QueryError> m_errors;
    std::vector<std::pair<TextSpan, TextPattern>> m_patterns; ///< of text fields, by where their value stands
};

} // namespace tracedeck
