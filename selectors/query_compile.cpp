// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_compile.h"

#include "core/search_arena.h"
#include "selectors/query_lexer.h"
#include "selectors/substring_scan.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace tracedeck {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::string joinedValues(QueryTable table, QueryFieldId field)
{
    std::string out;
    for (const QueryEnumValue& value : queryEnumValues(table, field)) {
        out += out.empty() ? "" : ", ";
        out += value.key;
    }
    return out;
}

NumberInterval intervalOf(QueryOp op, const Quantity& quantity)
{
    switch (op) {
    case QueryOp::Greater:
        return {quantity.value, kInfinity, false, true};
    case QueryOp::GreaterEqual:
        return {quantity.value, kInfinity, true, true};
    case QueryOp::Less:
        return {-kInfinity, quantity.value, true, false};
    case QueryOp::LessEqual:
        return {-kInfinity, quantity.value, true, true};
    case QueryOp::Contains:
    case QueryOp::Equals:
    case QueryOp::Regex:
        break;
    }
    return {quantity.low, quantity.high, true, false};
}

class Compiler {
public:
    explicit Compiler(QueryTable table) { m_out.query.table = table; }

    QueryOutcome run(const QueryNode& root)
    {
        m_out.query.root = compile(root);
        return std::move(m_out);
    }

private:
    void error(TextSpan where, std::string what, std::string expected)
    {
        m_out.errors.push_back({where, std::move(what), std::move(expected)});
    }

    CompiledNode compile(const QueryNode& node)
    {
        CompiledNode out;
        out.where = node.where;
        switch (node.kind) {
        case QueryNode::Kind::All:
            return out;
        case QueryNode::Kind::And:
            out.kind = CompiledNode::Kind::And;
            break;
        case QueryNode::Kind::Or:
            out.kind = CompiledNode::Kind::Or;
            break;
        case QueryNode::Kind::Not:
            out.kind = CompiledNode::Kind::Not;
            break;
        case QueryNode::Kind::Word:
        case QueryNode::Kind::Phrase:
            return search(node);
        case QueryNode::Kind::Field:
            return field(node);
        case QueryNode::Kind::Has:
            return has(node);
        }
        for (const QueryNode& child : node.children) {
            out.children.push_back(compile(child));
        }
        return out;
    }

    CompiledNode add(const QueryNode& node, QueryClause clause)
    {
        CompiledNode out;
        out.kind = CompiledNode::Kind::Clause;
        out.where = node.where;
        out.clause = static_cast<std::uint32_t>(m_out.query.clauses.size());
        clause.where = node.where;
        m_out.query.clauses.push_back(std::move(clause));
        return out;
    }

    CompiledNode search(const QueryNode& node)
    {
        QueryClause clause;
        clause.needle = foldNeedle(node.texts[0]);
        return add(node, std::move(clause));
    }

    const QueryField* lookUp(std::string_view name, TextSpan where)
    {
        const QueryField* found = findQueryField(m_out.query.table, name);
        if (found == nullptr) {
            const std::string_view near = suggestQueryField(m_out.query.table, name);
            error(where, "there is no field " + quoteForMessage(name) + " here",
                  near.empty() ? "a field of this table, or quotes around the text" : std::string(near));
        }
        return found;
    }

    CompiledNode has(const QueryNode& node)
    {
        QueryClause clause;
        clause.kind = QueryClause::Kind::Has;
        for (std::size_t i = 0; i < node.texts.size(); ++i) {
            if (const QueryField* found = lookUp(node.texts[i], node.textsAt[i])) {
                clause.fields.push_back(found);
            }
        }
        return add(node, std::move(clause));
    }

    CompiledNode field(const QueryNode& node)
    {
        const QueryField* found = lookUp(node.field, node.fieldAt);
        if (found == nullptr) {
            return {};
        }
        QueryClause clause;
        clause.fields = {found};
        switch (found->type) {
        case QueryFieldType::Text:
        case QueryFieldType::List:
            compileText(node, clause);
            break;
        case QueryFieldType::Number:
            compileNumber(node, clause);
            break;
        case QueryFieldType::Enum:
            compileEnum(node, clause);
            break;
        }
        return add(node, std::move(clause));
    }

    void compileText(const QueryNode& node, QueryClause& clause)
    {
        clause.kind = QueryClause::Kind::Text;
        for (std::size_t i = 0; i < node.texts.size(); ++i) {
            std::string reason;
            if (node.op != QueryOp::Regex && clause.fields[0]->id == QueryFieldId::Container) {
                if (auto pattern = TextPattern::sameId(node.texts[i])) {
                    clause.patterns.push_back(std::move(*pattern));
                }
            }
            switch (node.op) {
            case QueryOp::Contains:
                clause.patterns.push_back(TextPattern::contains(node.texts[i]));
                break;
            case QueryOp::Equals:
                clause.patterns.push_back(TextPattern::equals(node.texts[i]));
                break;
            case QueryOp::Regex:
                if (auto pattern = TextPattern::regex(node.texts[i], reason)) {
                    clause.patterns.push_back(std::move(*pattern));
                } else {
                    error(node.textsAt[i], "the expression is not valid (" + reason + ")", "a regular expression");
                }
                break;
            default:
                operatorError(node, *clause.fields[0], "text", ": contains, = equals or ~/expression/");
                return;
            }
        }
    }

    void compileNumber(const QueryNode& node, QueryClause& clause)
    {
        clause.kind = QueryClause::Kind::Number;
        const QueryField& field = *clause.fields[0];
        clause.dimension = field.dimension;
        if (node.op == QueryOp::Regex) {
            operatorError(node, field, "a number", "> >= < <= or =");
            return;
        }
        for (std::size_t i = 0; i < node.texts.size(); ++i) {
            Dimension dimension = field.dimension;
            QuantityResult read = parseQuantity(node.texts[i], field.dimension, field.defaultUnit);
            if (!read.quantity && field.second != Dimension::Count) {
                // A plain number took the first reading above, so this one has its unit written out.
                if (QuantityResult other = parseQuantity(node.texts[i], field.second, {}); other.quantity) {
                    dimension = field.second;
                    read = std::move(other);
                } else {
                    read.expected += " or " + std::string(dimensionExample(field.second));
                }
            }
            const TextSpan at = node.textsAt[i];
            if (!read.quantity) {
                error({std::min(at.begin + read.at, at.end), at.end}, node.field + ": " + read.what, read.expected);
                return;
            }
            if (i > 0 && dimension != clause.dimension) {
                error(at, "the list mixes units", "values of one kind, as in mem=1GiB,2GiB");
                return;
            }
            clause.dimension = dimension;
            clause.intervals.push_back(intervalOf(node.op, *read.quantity));
        }
    }

    void compileEnum(const QueryNode& node, QueryClause& clause)
    {
        clause.kind = QueryClause::Kind::Enum;
        const QueryField& field = *clause.fields[0];
        if (node.op != QueryOp::Contains && node.op != QueryOp::Equals) {
            operatorError(node, field, "a fixed set of words", ": or =");
            return;
        }
        for (std::size_t i = 0; i < node.texts.size(); ++i) {
            const std::uint64_t mask =
                queryEnumMask(m_out.query.table, field.id, foldCase(node.texts[i]), node.op == QueryOp::Equals);
            if (mask == 0) {
                error(node.textsAt[i], node.field + " is never " + quoteForMessage(node.texts[i]),
                      "one of " + joinedValues(m_out.query.table, field.id));
            }
            clause.mask |= mask;
        }
    }

    void operatorError(const QueryNode& node, const QueryField& field, std::string_view kind, std::string expected)
    {
        error({node.fieldAt.begin, node.valueAt.begin}, std::string(field.name) + " is " + std::string(kind),
              std::move(expected));
    }

    QueryOutcome m_out;
};

} // namespace

bool CompiledQuery::dependsOnTime() const noexcept
{
    return std::any_of(clauses.begin(), clauses.end(), [](const QueryClause& clause) {
        if (clause.kind != QueryClause::Kind::Number) {
            return false;
        }
        const QueryFieldId id = clause.fields[0]->id;
        return id == QueryFieldId::Uptime || id == QueryFieldId::Age || id == QueryFieldId::Backup;
    });
}

QueryOutcome compileQuery(const ParsedQuery& parsed, QueryTable table)
{
    QueryOutcome out;
    if (parsed.ok()) {
        out = Compiler(table).run(parsed.root);
    } else {
        out.query.table = table;
        out.errors = parsed.errors;
    }
    if (!out.ok()) {
        out.query.root = {};
        out.query.clauses.clear();
    }
    return out;
}

QueryOutcome compileQuery(std::string_view text, QueryTable table)
{
    return compileQuery(parseQuery(text), table);
}

} // namespace tracedeck
