// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_explain.h"

#include "selectors/query_row.h"

#include <algorithm>
#include <string>

namespace tracedeck {
namespace {

/// A row of a table behind the row interface.
class TableRow final : public QueryRow {
public:
    TableRow(const QueryTableView& table, std::size_t row, std::int64_t nowNs)
        : m_table(table), m_row(row), m_now(static_cast<double>(nowNs))
    { }

    bool contains(const std::string& needle) const override
    {
        return m_table.search().row(m_row).find(needle) != std::string_view::npos;
    }
    bool anyText(const QueryField& field, const std::vector<TextPattern>& patterns) const override
    {
        std::string scratch;
        return anyQueryText(m_table, m_table.columns(field, field.dimension), m_row, [&](std::string_view text) {
            return std::any_of(patterns.begin(), patterns.end(),
                               [&](const TextPattern& pattern) { return pattern.matches(text, scratch); });
        });
    }
    std::optional<double> number(const QueryField& field, Dimension dimension) const override
    {
        const FieldColumns columns = m_table.columns(field, dimension);
        std::optional<double> sum;
        for (const NumberColumn& column : columns.numbers) {
            if (const auto value = column.get(m_row)) {
                sum = sum.value_or(0) + *value;
            }
        }
        return sum && columns.sinceMoment ? std::max(m_now - *sum, 0.0) : sum;
    }
    std::uint64_t enumBits(const QueryField& field) const override
    {
        return m_table.enumBits(m_table.columns(field, field.dimension).words, m_row);
    }
    bool hasValue(const QueryField& field) const override
    {
        return hasQueryValue(m_table, m_table.columns(field, field.dimension), m_row)
            || hasQueryValue(m_table, m_table.columns(field, field.second), m_row);
    }

private:
    const QueryTableView& m_table;
    std::size_t m_row;
    double m_now;
};

void explain(const CompiledQuery& query, const CompiledNode& node, const QueryRow& row, std::vector<MissedClause>& out)
{
    if (matchesNode(query, node, row)) {
        return;
    }
    if (node.kind == CompiledNode::Kind::And) {
        for (const CompiledNode& child : node.children) {
            explain(query, child, row, out);
        }
        return;
    }
    MissedClause missed{node.where, false};
    if (node.kind == CompiledNode::Kind::Clause) {
        const QueryClause& clause = query.clauses[node.clause];
        missed.missingValue = !clause.fields.empty()
            && std::none_of(clause.fields.begin(), clause.fields.end(),
                            [&](const QueryField* field) { return row.hasValue(*field); });
    }
    out.push_back(missed);
}

} // namespace

bool matchesRow(const CompiledQuery& query, const QueryTableView& table, std::size_t row, std::int64_t nowNs)
{
    return query.table == table.kind() && matchesNode(query, query.root, TableRow(table, row, nowNs));
}

std::vector<MissedClause> explainMiss(const CompiledQuery& query, const QueryTableView& table, std::size_t row,
                                      std::int64_t nowNs)
{
    std::vector<MissedClause> out;
    if (query.table == table.kind()) {
        explain(query, query.root, TableRow(table, row, nowNs), out);
    }
    return out;
}

} // namespace tracedeck
