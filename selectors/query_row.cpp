// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_row.h"

#include <algorithm>

namespace tracedeck {

bool matchesClause(const QueryClause& clause, const QueryRow& row)
{
    switch (clause.kind) {
    case QueryClause::Kind::Search:
        return row.contains(clause.needle);
    case QueryClause::Kind::Text:
        return row.anyText(*clause.fields[0], clause.patterns);
    case QueryClause::Kind::Enum:
        return (row.enumBits(*clause.fields[0]) & clause.mask) != 0;
    case QueryClause::Kind::Has:
        return std::any_of(clause.fields.begin(), clause.fields.end(),
                           [&](const QueryField* field) { return row.hasValue(*field); });
    case QueryClause::Kind::Number:
        break;
    }
    const auto value = row.number(*clause.fields[0], clause.dimension);
    return value && std::any_of(clause.intervals.begin(), clause.intervals.end(), [&](const NumberInterval& interval) {
               return interval.contains(*value);
           });
}

bool matchesNode(const CompiledQuery& query, const CompiledNode& node, const QueryRow& row)
{
    const auto matches = [&](const CompiledNode& child) { return matchesNode(query, child, row); };
    switch (node.kind) {
    case CompiledNode::Kind::All:
        return true;
    case CompiledNode::Kind::And:
        return std::all_of(node.children.begin(), node.children.end(), matches);
    case CompiledNode::Kind::Or:
        return std::any_of(node.children.begin(), node.children.end(), matches);
    case CompiledNode::Kind::Not:
        return !matches(node.children[0]);
    case CompiledNode::Kind::Clause:
        return matchesClause(query.clauses[node.clause], row);
    }
    return false;
}

} // namespace tracedeck
