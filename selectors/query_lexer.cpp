// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_lexer.h"

#include "core/search_arena.h"
#include "core/utf8_text.h"
#include "selectors/query_chars.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace tracedeck {
namespace {

using Token = QueryToken::Kind;
using Kind = QueryLexeme::Kind;

class Lexer {
public:
    explicit Lexer(std::string_view text) : m_text(text) { }

    LexedQuery run()
    {
        while (m_at < m_text.size()) {
            if (isQuerySpace(m_text[m_at])) {
                ++m_at;
            } else {
                lexOne();
            }
        }
        return std::move(m_out);
    }

private:
    [[nodiscard]] char at(std::size_t i) const { return i < m_text.size() ? m_text[i] : '\0'; }
    [[nodiscard]] static TextSpan span(std::size_t begin, std::size_t end)
    {
        return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    }
    void token(Token kind, TextSpan where) { m_out.tokens.push_back({kind, where}); }
    void error(TextSpan where, std::string what, std::string expected)
    {
        m_out.errors.push_back({where, std::move(what), std::move(expected)});
    }
    void emit(Kind kind, Token color, std::size_t end)
    {
        const TextSpan where = span(m_at, end);
        token(color, where);
        m_out.lexemes.push_back({kind, where, 0});
        m_at = end;
    }

    void lexOne()
    {
        const char c = m_text[m_at];
        if (c == '(' || c == ')') {
            emit(c == '(' ? Kind::Open : Kind::Close, Token::Parenthesis, m_at + 1);
        } else if (c == ',') {
            emit(Kind::Comma, Token::Comma, m_at + 1);
        } else if (c == '"') {
            lexPhrase();
        } else if (c == '-' && !m_afterNegation) {
            lexNegation();
            return;
        } else if (isQueryOperatorChar(c)) {
            lexStrayOperator();
        } else {
            lexTerm();
        }
        m_afterNegation = false;
    }

    void lexNegation()
    {
        const char next = at(m_at + 1);
        if (m_at + 1 == m_text.size() || isQuerySpace(next) || next == ',' || next == ')') {
            token(Token::Error, span(m_at, m_at + 1));
            error(span(m_at, m_at + 1), "nothing stands after -", "a word, a field or ( right after -");
            ++m_at;
            return;
        }
        emit(Kind::Negation, Token::Negation, m_at + 1);
        m_afterNegation = true;
    }

    void lexStrayOperator()
    {
        const std::size_t end = queryWordEnd(m_text, m_at);
        token(Token::Error, span(m_at, end));
        error(span(m_at, end), "no field stands before " + quoteForMessage(m_text.substr(m_at, 1)),
              "a field, as in cpu>80, or quotes around the text");
        m_at = end;
    }

    /// Phrase, or nothing when the closing quote is missing (said once).
    std::optional<TextSpan> scanQuoted()
    {
        const auto end = queryQuoteEnd(m_text, m_at);
        if (!end) {
            const TextSpan where = span(m_at, m_text.size());
            token(Token::Error, where);
            error(where, "the quote is not closed", "a closing \"");
            m_at = m_text.size();
            return std::nullopt;
        }
        return span(m_at, *end);
    }

    void lexPhrase()
    {
        const auto where = scanQuoted();
        if (!where) {
            return;
        }
        if (where->end - where->begin == 2) {
            error(*where, "the quotes are empty", "text between the quotes");
        }
        emit(Kind::Phrase, Token::Phrase, where->end);
    }

    void lexTerm()
    {
        const std::size_t fieldEnd = queryFieldEnd(m_text, m_at);
        if (const auto op = operatorAfter(fieldEnd)) {
            lexField(fieldEnd, *op);
            return;
        }
        if (fieldEnd > m_at && at(fieldEnd) == '!' && isQueryOperatorChar(at(fieldEnd + 1))) {
            const std::size_t end = queryWordEnd(m_text, m_at);
            token(Token::Error, span(m_at, end));
            error(span(fieldEnd, fieldEnd + 2), "! is not an operator",
                  "- or not before the field, as in -" + std::string(m_text.substr(m_at, fieldEnd - m_at)) + "=…");
            m_at = end;
            return;
        }
        const std::size_t end = queryWordEnd(m_text, m_at);
        const QueryKeyword keyword = queryKeyword(m_text.substr(m_at, end - m_at));
        switch (keyword) {
        case QueryKeyword::And:
            emit(Kind::And, Token::Keyword, end);
            return;
        case QueryKeyword::Or:
            emit(Kind::Or, Token::Keyword, end);
            return;
        case QueryKeyword::Not:
            emit(Kind::Not, Token::Keyword, end);
            return;
        case QueryKeyword::None:
            emit(Kind::Word, Token::Word, end);
            return;
        }
    }

    /// Position of the operator that makes the identifier ending at `fieldEnd` a field. Blanks may stand
    /// before a comparison, not before a colon.
    [[nodiscard]] std::optional<std::size_t> operatorAfter(std::size_t fieldEnd) const
    {
        if (fieldEnd == m_at) {
            return std::nullopt;
        }
        if (isQueryOperatorChar(at(fieldEnd))) {
            return fieldEnd;
        }
        std::size_t i = fieldEnd;
        while (i < m_text.size() && isQuerySpace(m_text[i])) {
            ++i;
        }
        const bool spaced = i > fieldEnd && isQueryOperatorChar(at(i)) && at(i) != ':';
        const bool keyword = queryKeyword(m_text.substr(m_at, fieldEnd - m_at)) != QueryKeyword::None;
        return spaced && !keyword ? std::optional(i) : std::nullopt;
    }

    void lexField(std::size_t fieldEnd, std::size_t opAt)
    {
        FieldTerm term;
        term.fieldAt = span(m_at, fieldEnd);
        term.field = foldCase(m_text.substr(m_at, fieldEnd - m_at));
        const auto [op, opEnd] = readOperator(opAt);
        term.op = op;
        token(Token::Field, term.fieldAt);
        token(Token::Operator, span(opAt, opEnd));
        const std::size_t begin = m_at;
        m_at = opEnd;
        while (m_at < m_text.size() && isQuerySpace(m_text[m_at])) {
            ++m_at;
        }
        const bool blanks = m_at > opEnd;
        if (!lexValues(term, span(begin, opEnd), blanks)) {
            return;
        }
        term.valueAt = span(term.valuesAt.front().begin, term.valuesAt.back().end);
        m_out.lexemes.push_back({Kind::Field, span(begin, m_at), static_cast<std::uint32_t>(m_out.terms.size())});
        m_out.terms.push_back(std::move(term));
    }

    [[nodiscard]] std::pair<QueryOp, std::size_t> readOperator(std::size_t i) const
    {
        const bool equal = at(i + 1) == '=';
        switch (m_text[i]) {
        case '>':
            return {equal ? QueryOp::GreaterEqual : QueryOp::Greater, i + (equal ? 2 : 1)};
        case '<':
            return {equal ? QueryOp::LessEqual : QueryOp::Less, i + (equal ? 2 : 1)};
        case '=':
            return {QueryOp::Equals, i + 1};
        case '~':
            return {QueryOp::Regex, i + 1};
        default:
            return {QueryOp::Contains, i + 1};
        }
    }

    bool lexValues(FieldTerm& term, TextSpan head, bool blanks)
    {
        const char first = at(m_at);
        const bool missing = m_at == m_text.size() || first == ')' || first == ','
            || (blanks && queryKeyword(m_text.substr(m_at, queryWordEnd(m_text, m_at) - m_at)) != QueryKeyword::None);
        const std::string name = std::string(m_text.substr(head.begin, head.end - head.begin));
        if (missing) {
            const std::string wanted = term.op == QueryOp::Regex ? "/regular expression/" : "a value";
            error(head, "no value stands after " + quoteForMessage(name), wanted + " after " + quoteForMessage(name));
            return false;
        }
        if (first == '(') {
            error(span(m_at, m_at + 1), "a group cannot be a value", "a value or a list as in tag:prod,dev");
            return false;
        }
        for (;;) {
            if (!lexValue(term)) {
                return false;
            }
            if (!listGoesOn(term.op)) {
                return true;
            }
            token(Token::Comma, span(m_at, m_at + 1));
            ++m_at;
        }
    }

    /// Whether the comma at m_at belongs to the value list: the next value follows at once and is not the
    /// beginning of another clause.
    [[nodiscard]] bool listGoesOn(QueryOp op) const
    {
        const bool list = op == QueryOp::Contains || op == QueryOp::Equals || op == QueryOp::Regex;
        if (!list || at(m_at) != ',') {
            return false;
        }
        const std::size_t next = m_at + 1;
        const char c = at(next);
        if (op == QueryOp::Regex) {
            return c == '/';
        }
        if (c == '"') {
            return true;
        }
        if (next >= m_text.size() || isQuerySpace(c) || isQueryDelimiter(c) || isQueryOperatorChar(c)) {
            return false;
        }
        if (c == '-' && queryFieldEnd(m_text, next + 1) > next + 1) {
            return false; // "-word" and "-field:" start a clause, "-5" is a value
        }
        const std::size_t fieldEnd = queryFieldEnd(m_text, next);
        const bool clause = fieldEnd > next
            && (isQueryOperatorChar(at(fieldEnd)) || (at(fieldEnd) == '!' && isQueryOperatorChar(at(fieldEnd + 1))));
        const std::string_view word = m_text.substr(next, queryWordEnd(m_text, next) - next);
        return !clause && queryKeyword(word) == QueryKeyword::None;
    }

    bool lexValue(FieldTerm& term)
    {
        if (term.op == QueryOp::Regex) {
            return lexRegex(term);
        }
        if (at(m_at) == '"') {
            const auto where = scanQuoted();
            if (!where) {
                return false;
            }
            if (where->end - where->begin == 2) {
                error(*where, "the quotes are empty", "a value; not has:" + term.field + " finds missing ones");
            }
            return addValue(term, *where, unquoteQueryText(m_text, *where));
        }
        const std::size_t end = queryWordEnd(m_text, m_at);
        if (isQueryOperatorChar(at(m_at)) && at(m_at) != ':') {
            token(Token::Error, span(m_at, end));
            error(span(m_at, m_at + 1), quoteForMessage(m_text.substr(m_at, 1)) + " does not fit here",
                  "a value; quotes make the sign part of it");
            m_at = end;
            return false;
        }
        const TextSpan where = span(m_at, end);
        return addValue(term, where, std::string(m_text.substr(m_at, end - m_at)));
    }

    bool lexRegex(FieldTerm& term)
    {
        if (at(m_at) != '/') {
            const std::size_t end = std::max(queryWordEnd(m_text, m_at), m_at + 1); // at a quote the word is empty
            token(Token::Error, span(m_at, end));
            error(span(m_at, end), "the expression does not start with /", "/regular expression/");
            m_at = end;
            return false;
        }
        std::string body;
        std::size_t i = m_at + 1;
        while (i < m_text.size() && m_text[i] != '/') {
            if (m_text[i] == '\\' && i + 1 < m_text.size()) {
                if (m_text[i + 1] != '/') {
                    body.push_back('\\');
                }
                ++i;
            }
            body.push_back(m_text[i++]);
        }
        const TextSpan where = span(m_at, i < m_text.size() ? i + 1 : i);
        if (i >= m_text.size()) {
            token(Token::Error, where);
            error(where, "the expression is not closed", "a closing /");
            m_at = i;
            return false;
        }
        if (body.empty()) {
            error(where, "the expression is empty", "/regular expression/");
        }
        return addValue(term, where, std::move(body));
    }

    bool addValue(FieldTerm& term, TextSpan where, std::string value)
    {
        token(Token::Value, where);
        term.values.push_back(std::move(value));
        term.valuesAt.push_back(where);
        m_at = where.end;
        return true;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    bool m_afterNegation = false;
    LexedQuery m_out;
};

} // namespace

LexedQuery lexQuery(std::string_view text)
{
    return Lexer(text).run();
}

std::string unquoteQueryText(std::string_view text, TextSpan where)
{
    std::string out;
    for (std::size_t i = where.begin + 1; i + 1 < where.end; ++i) {
        if (text[i] == '\\' && (text[i + 1] == '"' || text[i + 1] == '\\')) {
            ++i;
        }
        out.push_back(text[i]);
    }
    return out;
}

std::string quoteForMessage(std::string_view text)
{
    constexpr std::size_t kLongest = 40;
    std::string out = "\"";
    std::size_t i = 0;
    while (i < text.size() && out.size() <= kLongest) {
        const std::size_t length = utf8CharLength(text, i);
        const auto c = static_cast<unsigned char>(text[i]);
        if (length == 0 || c < 0x20 || c == 0x7F) {
            out.push_back('?');
            ++i;
        } else {
            out.append(text.substr(i, length));
            i += length;
        }
    }
    return out + (i < text.size() ? "…\"" : "\"");
}

} // namespace tracedeck
