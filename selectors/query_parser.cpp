// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search_arena.h"
#include "selectors/query.h"
#include "selectors/query_lexer.h"

#include <limits>
#include <utility>

namespace tracedeck {
namespace {

using Kind = QueryLexeme::Kind;
using Node = QueryNode::Kind;

class Parser {
public:
    Parser(std::string_view text, LexedQuery& lexed) : m_text(text), m_lexed(lexed) { }

    /// The tree, or an empty one with an entry in LexedQuery::errors.
    QueryNode run()
    {
        skipCommas();
        if (atEnd()) {
            return {};
        }
        QueryNode root = parseOr(0);
        if (!m_failed && !atEnd()) {
            fail(here().where, "no ( stands before this )", "the end of the query or (");
        }
        return m_failed ? QueryNode{} : std::move(root);
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_lexed.lexemes.size(); }
    [[nodiscard]] const QueryLexeme& here() const { return m_lexed.lexemes[m_at]; }
    [[nodiscard]] bool at(Kind kind) const { return !atEnd() && here().kind == kind; }
    [[nodiscard]] TextSpan placeHere() const
    {
        const auto end = static_cast<std::uint32_t>(m_text.size());
        return atEnd() ? TextSpan{end, end} : here().where;
    }
    void skipCommas()
    {
        while (at(Kind::Comma)) {
            ++m_at;
        }
    }
    void fail(TextSpan where, std::string what, std::string expected)
    {
        if (!m_failed) {
            m_lexed.errors.push_back({where, std::move(what), std::move(expected)});
        }
        m_failed = true;
    }

    static QueryNode join(Node kind, std::vector<QueryNode> operands)
    {
        if (operands.size() == 1) {
            return std::move(operands.front());
        }
        QueryNode out;
        out.kind = kind;
        out.where = {operands.front().where.begin, operands.back().where.end};
        for (QueryNode& operand : operands) {
            if (operand.kind == kind) {
                for (QueryNode& child : operand.children) {
                    out.children.push_back(std::move(child));
                }
            } else {
                out.children.push_back(std::move(operand));
            }
        }
        return out;
    }

    QueryNode parseOr(int depth)
    {
        std::vector<QueryNode> operands;
        operands.push_back(parseAnd(depth));
        while (!m_failed && at(Kind::Or)) {
            ++m_at;
            operands.push_back(parseAnd(depth));
        }
        return m_failed ? QueryNode{} : join(Node::Or, std::move(operands));
    }

    QueryNode parseAnd(int depth)
    {
        std::vector<QueryNode> operands;
        bool afterAnd = false;
        while (!m_failed) {
            skipCommas();
            if (atEnd() || at(Kind::Close) || at(Kind::Or)) {
                break;
            }
            if (at(Kind::And) && (operands.empty() || afterAnd)) {
                fail(here().where, "\"and\" has nothing before it", "a word, a field or ( before and");
            } else if (at(Kind::And)) {
                afterAnd = true;
                ++m_at;
            } else {
                operands.push_back(parseUnary(depth));
                afterAnd = false;
            }
        }
        if (operands.empty() || afterAnd) {
            fail(placeHere(), atEnd() ? "the query ends here" : "a term is missing here", "a word, a field or (");
        }
        return m_failed ? QueryNode{} : join(Node::And, std::move(operands));
    }

    QueryNode parseUnary(int depth)
    {
        if (depth > kMaxQueryDepth) {
            fail(here().where, "the query is nested too deep", "at most 64 levels of ( and not");
            return {};
        }
        if (at(Kind::Not) || at(Kind::Negation)) {
            return parseNot(depth);
        }
        return at(Kind::Open) ? parseGroup(depth) : parseTerm();
    }

    QueryNode parseNot(int depth)
    {
        const TextSpan sign = here().where;
        ++m_at;
        if (atEnd() || at(Kind::Close) || at(Kind::Or) || at(Kind::And) || at(Kind::Comma)) {
            fail(sign, "there is nothing to negate", "a word, a field or ( after it");
            return {};
        }
        QueryNode out;
        out.kind = Node::Not;
        out.children.push_back(parseUnary(depth + 1));
        out.where = {sign.begin, out.children.front().where.end};
        return out;
    }

    QueryNode parseGroup(int depth)
    {
        const TextSpan open = here().where;
        ++m_at;
        if (at(Kind::Close)) {
            fail({open.begin, here().where.end}, "the parentheses are empty", "a word or a field between them");
            return {};
        }
        QueryNode out = parseOr(depth + 1);
        if (m_failed) {
            return {};
        }
        if (!at(Kind::Close)) {
            fail(open, "the parenthesis is not closed", "a closing )");
            return {};
        }
        out.where = {open.begin, here().where.end};
        ++m_at;
        return out;
    }

    QueryNode parseTerm()
    {
        const QueryLexeme& lexeme = here();
        if (++m_terms > kMaxQueryTerms) {
            fail(lexeme.where, "the query has too many terms", "at most 1000 terms");
            return {};
        }
        ++m_at;
        QueryNode out;
        out.where = lexeme.where;
        if (lexeme.kind == Kind::Field) {
            return fieldNode(std::move(out), m_lexed.terms[lexeme.term]);
        }
        out.kind = lexeme.kind == Kind::Phrase ? Node::Phrase : Node::Word;
        out.valueAt = lexeme.where;
        out.textsAt = {lexeme.where};
        const TextSpan w = lexeme.where;
        out.texts = {lexeme.kind == Kind::Phrase ? unquoteQueryText(m_text, w)
                                                 : std::string(m_text.substr(w.begin, w.end - w.begin))};
        return out;
    }

    QueryNode fieldNode(QueryNode out, FieldTerm& term)
    {
        out.kind = Node::Field;
        out.op = term.op;
        out.field = std::move(term.field);
        out.fieldAt = term.fieldAt;
        out.valueAt = term.valueAt;
        out.texts = std::move(term.values);
        out.textsAt = std::move(term.valuesAt);
        if (out.field != "has") {
            return out;
        }
        if (out.op != QueryOp::Contains && out.op != QueryOp::Equals) {
            fail({term.fieldAt.begin, term.valueAt.begin}, "has takes no comparison", "has:field");
            return {};
        }
        out.kind = Node::Has;
        out.op = QueryOp::Contains;
        for (std::string& name : out.texts) {
            name = foldCase(name);
        }
        return out;
    }

    std::string_view m_text;
    LexedQuery& m_lexed;
    std::size_t m_at = 0;
    std::size_t m_terms = 0;
    bool m_failed = false;
};

} // namespace

ParsedQuery parseQuery(std::string_view text)
{
    ParsedQuery out;
    if (text.size() > std::numeric_limits<std::uint32_t>::max()) {
        out.errors.push_back({{0, 0}, "the query is too long", "less than 4 GiB"});
        return out;
    }
    LexedQuery lexed = lexQuery(text);
    if (lexed.errors.empty()) {
        out.root = Parser(text, lexed).run();
    }
    out.tokens = std::move(lexed.tokens);
    out.errors = std::move(lexed.errors);
    return out;
}

} // namespace tracedeck
