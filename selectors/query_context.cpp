// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_context.h"

#include "core/search_arena.h"
#include "selectors/query_chars.h"
#include "selectors/query_lexer.h"

#include <algorithm>

namespace tracedeck {
namespace {

using Token = QueryToken::Kind;

QueryOp opOf(std::string_view text)
{
    if (text == ">" || text == "<") {
        return text == ">" ? QueryOp::Greater : QueryOp::Less;
    }
    if (text == ">=" || text == "<=") {
        return text == ">=" ? QueryOp::GreaterEqual : QueryOp::LessEqual;
    }
    return text == "=" ? QueryOp::Equals : (text == "~" ? QueryOp::Regex : QueryOp::Contains);
}

class Context {
public:
    Context(std::string_view text, std::size_t cursor)
        : m_text(text), m_cursor(cursor), m_tokens(lexQuery(text.substr(0, cursor)).tokens)
    { }

    QueryContext run()
    {
        m_out.replace = {static_cast<std::uint32_t>(m_cursor), static_cast<std::uint32_t>(m_cursor)};
        const QueryToken* last = m_tokens.empty() ? nullptr : &m_tokens.back();
        const bool touching = last != nullptr && last->where.end == m_cursor;
        if (last != nullptr && last->kind == Token::Operator) {
            return value(m_tokens.size(), m_cursor); // blanks after an operator change nothing
        }
        if (!touching) {
            return term(m_cursor);
        }
        const std::size_t before = m_tokens.size() - 1;
        switch (last->kind) {
        case Token::Word:
        case Token::Keyword:
            return term(last->where.begin);
        case Token::Value:
            return value(before, last->where.begin);
        case Token::Comma:
            return inValueList(before) ? value(before, m_cursor) : term(m_cursor);
        case Token::Error:
            return openQuote(before, last->where.begin);
        case Token::Phrase:
            m_out.kind = QueryContext::Kind::Nothing;
            return std::move(m_out);
        default:
            return term(m_cursor);
        }
    }

private:
    [[nodiscard]] std::string_view slice(TextSpan where) const
    {
        return m_text.substr(where.begin, where.end - where.begin);
    }

    QueryContext term(std::size_t begin)
    {
        m_out.kind = QueryContext::Kind::Term;
        m_out.typed = foldCase(m_text.substr(begin, m_cursor - begin));
        std::size_t end = m_cursor;
        while (end < m_text.size() && !isQuerySpace(m_text[end]) && !isQueryDelimiter(m_text[end])
               && !isQueryOperatorChar(m_text[end])) {
            ++end;
        }
        m_out.operatorFollows = end < m_text.size() && isQueryOperatorChar(m_text[end]);
        m_out.replace = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
        const auto before = std::find_if(m_tokens.rbegin(), m_tokens.rend(),
                                         [&](const QueryToken& token) { return token.where.end <= begin; });
        m_out.afterTerm = before != m_tokens.rend()
            && (before->kind == Token::Word || before->kind == Token::Phrase || before->kind == Token::Value
                || slice(before->where) == ")");
        return std::move(m_out);
    }

    /// Value that starts at `begin`; `before` tokens stand in front of it.
    QueryContext value(std::size_t before, std::size_t begin)
    {
        std::size_t i = before;
        while (i > 0 && m_tokens[i - 1].kind != Token::Operator) {
            --i;
        }
        if (i < 2) {
            return term(m_cursor);
        }
        m_out.kind = QueryContext::Kind::Value;
        m_out.op = opOf(slice(m_tokens[i - 1].where));
        m_out.field = foldCase(slice(m_tokens[i - 2].where));
        std::size_t end = queryWordEnd(m_text, m_cursor);
        std::string_view typed = m_text.substr(begin, m_cursor - begin);
        if (!typed.empty() && typed.front() == '"') {
            typed.remove_prefix(1);
            const auto closed = queryQuoteEnd(m_text, begin);
            end = closed && *closed >= m_cursor ? *closed : m_cursor;
            if (!typed.empty() && closed && *closed == m_cursor) {
                m_out.kind = QueryContext::Kind::Nothing; // the cursor stands behind a complete quote
            }
        }
        if (m_out.op == QueryOp::Regex) {
            m_out.kind = QueryContext::Kind::Nothing;
        }
        m_out.typed = foldCase(typed);
        m_out.replace = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
        return std::move(m_out);
    }

    /// Whether the comma that is token `i` can go on with the value in front of it.
    [[nodiscard]] bool inValueList(std::size_t i) const
    {
        return i > 0 && m_tokens[i - 1].kind == Token::Value && m_tokens[i - 1].where.end == m_tokens[i].where.begin;
    }

    QueryContext openQuote(std::size_t i, std::size_t begin)
    {
        const bool behindOperator = i > 0 && m_tokens[i - 1].kind == Token::Operator;
        const bool behindComma = i > 1 && m_tokens[i - 1].kind == Token::Comma && inValueList(i - 1);
        if (m_text[begin] == '"' && (behindOperator || behindComma)) {
            return value(i, begin);
        }
        m_out.kind = QueryContext::Kind::Nothing;
        return std::move(m_out);
    }

    std::string_view m_text;
    std::size_t m_cursor;
    std::vector<QueryToken> m_tokens;
    QueryContext m_out;
};

} // namespace

QueryContext queryContext(std::string_view text, std::size_t cursor)
{
    return Context(text, std::min(cursor, text.size())).run();
}

} // namespace tracedeck
