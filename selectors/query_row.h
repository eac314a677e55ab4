// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/query_compile.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tracedeck {

/// One row as a query sees it, wherever it is kept; lets rows be filtered that are in no table.
class QueryRow {
public:
    QueryRow() = default;
    QueryRow(const QueryRow&) = delete;
    QueryRow& operator=(const QueryRow&) = delete;
    virtual ~QueryRow() = default;

    /// Whether the folded needle stands in one of the row's searchable texts.
    [[nodiscard]] virtual bool contains(const std::string& needle) const = 0;
    /// Whether a text of the field passes any of the patterns.
    [[nodiscard]] virtual bool anyText(const QueryField& field, const std::vector<TextPattern>& patterns) const = 0;
    /// Value in the base unit; ages are counted to the "now" the row was made with.
    [[nodiscard]] virtual std::optional<double> number(const QueryField& field, Dimension dimension) const = 0;
    /// Bits as in queryEnumValues().
    [[nodiscard]] virtual std::uint64_t enumBits(const QueryField& field) const = 0;
    [[nodiscard]] virtual bool hasValue(const QueryField& field) const = 0;
};

/// Whether one clause, or the tree below `node`, matches the row.
[[nodiscard]] bool matchesClause(const QueryClause& clause, const QueryRow& row);
[[nodiscard]] bool matchesNode(const CompiledQuery& query, const CompiledNode& node, const QueryRow& row);

} // namespace tracedeck
