// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_match.h"

#include "selectors/substring_scan.h"

#include <algorithm>
#include <string>

namespace tracedeck {
namespace {

using Bytes = std::vector<std::uint8_t>;

bool anyPattern(const std::vector<TextPattern>& patterns, std::string_view text, std::string& scratch)
{
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const TextPattern& pattern) { return pattern.matches(text, scratch); });
}

class RowMatcher {
public:
    RowMatcher(const CompiledQuery& query, const QueryTableView& table, std::int64_t nowNs)
        : m_query(query), m_table(table), m_now(static_cast<double>(nowNs))
    { }

    void run(const CompiledNode& node, Bytes& out)
    {
        switch (node.kind) {
        case CompiledNode::Kind::All:
            std::fill(out.begin(), out.end(), std::uint8_t{1});
            return;
        case CompiledNode::Kind::Clause:
            runClause(m_query.clauses[node.clause], out);
            return;
        case CompiledNode::Kind::Not:
            run(node.children[0], out);
            for (std::uint8_t& hit : out) {
                hit ^= 1U;
            }
            return;
        case CompiledNode::Kind::And:
        case CompiledNode::Kind::Or:
            runChildren(node, out);
            return;
        }
    }

private:
    void runChildren(const CompiledNode& node, Bytes& out)
    {
        run(node.children[0], out);
        Bytes other(out.size());
        for (std::size_t i = 1; i < node.children.size(); ++i) {
            run(node.children[i], other);
            if (node.kind == CompiledNode::Kind::And) {
                std::transform(out.begin(), out.end(), other.begin(), out.begin(), std::bit_and<>{});
            } else {
                std::transform(out.begin(), out.end(), other.begin(), out.begin(), std::bit_or<>{});
            }
        }
    }

    void runClause(const QueryClause& clause, Bytes& out)
    {
        switch (clause.kind) {
        case QueryClause::Kind::Search:
            out = scanRows(m_table.search(), clause.needle);
            return;
        case QueryClause::Kind::Text:
            runText(clause, out);
            return;
        case QueryClause::Kind::Number:
            runNumber(clause, out);
            return;
        case QueryClause::Kind::Enum: {
            const FieldColumns columns = m_table.columns(*clause.fields[0], clause.dimension);
            for (std::size_t row = 0; row < out.size(); ++row) {
                out[row] = (m_table.enumBits(columns.words, row) & clause.mask) != 0 ? 1 : 0;
            }
            return;
        }
        case QueryClause::Kind::Has:
            runHas(clause, out);
            return;
        }
    }

    /// Each distinct text is tested once; most columns repeat few texts.
    void runText(const QueryClause& clause, Bytes& out)
    {
        const FieldColumns columns = m_table.columns(*clause.fields[0], clause.dimension);
        Bytes known(m_table.strings().size()); // 0 = not tested, 1 = no, 2 = yes
        known[0] = 1; // the missing text
        const auto test = [&](StringId id) {
            if (known[id] == 0) {
                known[id] = anyPattern(clause.patterns, m_table.strings().view(id), m_scratch) ? 2 : 1;
            }
            return static_cast<std::uint8_t>(known[id] - 1);
        };
        std::fill(out.begin(), out.end(), std::uint8_t{0});
        for (const TextColumn* column : columns.texts) {
            for (std::size_t row = 0; row < out.size(); ++row) {
                out[row] |= test((*column)[row]);
            }
        }
        for (const ListColumn* column : columns.lists) {
            for (std::size_t row = 0; row < out.size(); ++row) {
                for (const StringId item : column->row(row)) {
                    out[row] |= test(item);
                }
            }
        }
        if (columns.traceIds != nullptr) {
            for (std::size_t row = 0; row < out.size(); ++row) {
                out[row] = anyPattern(clause.patterns, (*columns.traceIds)[row].toHex(), m_scratch) ? 1 : 0;
            }
        }
    }

    void runNumber(const QueryClause& clause, Bytes& out)
    {
        const FieldColumns columns = m_table.columns(*clause.fields[0], clause.dimension);
        std::vector<double> values(out.size());
        std::fill(out.begin(), out.end(), std::uint8_t{0});
        for (const NumberColumn& column : columns.numbers) {
            column.addTo(values, out);
        }
        if (columns.sinceMoment) {
            for (double& value : values) {
                value = std::max(m_now - value, 0.0);
            }
        }
        for (std::size_t row = 0; row < out.size(); ++row) {
            bool inside = false;
            for (const NumberInterval& interval : clause.intervals) {
                inside = inside || interval.contains(values[row]);
            }
            out[row] &= inside ? std::uint8_t{1} : std::uint8_t{0};
        }
    }

    void runHas(const QueryClause& clause, Bytes& out)
    {
        std::fill(out.begin(), out.end(), std::uint8_t{0});
        for (const QueryField* field : clause.fields) {
            for (const Dimension dimension : {field->dimension, field->second}) {
                const FieldColumns columns = m_table.columns(*field, dimension);
                for (std::size_t row = 0; row < out.size(); ++row) {
                    out[row] |= hasQueryValue(m_table, columns, row) ? std::uint8_t{1} : std::uint8_t{0};
                }
            }
        }
    }

    const CompiledQuery& m_query;
    const QueryTableView& m_table;
    double m_now;
    std::string m_scratch;
};

} // namespace

std::vector<std::uint8_t> matchRows(const CompiledQuery& query, const QueryTableView& table, std::int64_t nowNs)
{
    Bytes out(table.rows());
    if (query.table == table.kind()) {
        RowMatcher(query, table, nowNs).run(query.root, out);
    }
    return out;
}

} // namespace tracedeck
