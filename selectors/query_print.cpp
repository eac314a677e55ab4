// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_print.h"

#include "core/utf8_text.h"
#include "selectors/query_chars.h"

#include <algorithm>

namespace tracedeck {
namespace {

using NodeKind = QueryNode::Kind;

std::string inQuotes(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out.push_back('\\');
        }
        out.push_back(c);
    }
    return out + "\"";
}

std::string asRegex(std::string_view body)
{
    std::string out = "/";
    for (std::size_t i = 0; i < body.size(); ++i) {
        if (body[i] == '\\' && i + 1 < body.size()) {
            out.push_back(body[i++]);
        } else if (body[i] == '/') {
            out.push_back('\\');
        }
        out.push_back(body[i]);
    }
    return out + "/";
}

std::string_view operatorText(QueryOp op)
{
    switch (op) {
    case QueryOp::Contains:
        return ":";
    case QueryOp::Equals:
        return "=";
    case QueryOp::Regex:
        return "~";
    case QueryOp::Greater:
        return ">";
    case QueryOp::GreaterEqual:
        return ">=";
    case QueryOp::Less:
        return "<";
    case QueryOp::LessEqual:
        return "<=";
    }
    return ":";
}

std::string fieldText(const QueryNode& node)
{
    std::string out = node.kind == NodeKind::Has ? "has" : node.field;
    out += node.kind == NodeKind::Has ? ":" : operatorText(node.op);
    for (std::size_t i = 0; i < node.texts.size(); ++i) {
        out += i == 0 ? "" : ",";
        out += node.kind == NodeKind::Field && node.op == QueryOp::Regex ? asRegex(node.texts[i])
                                                                         : queryValueText(node.texts[i]);
    }
    return out;
}

bool isWord(std::string_view text)
{
    if (text.empty() || text.front() == '-' || queryWordEnd(text, 0) != text.size() || isQueryOperatorChar(text.front())
        || queryKeyword(text) != QueryKeyword::None) {
        return false;
    }
    const std::size_t fieldEnd = queryFieldEnd(text, 0);
    if (fieldEnd == 0 || fieldEnd == text.size()) {
        return true;
    }
    const std::size_t sign = text[fieldEnd] == '!' ? fieldEnd + 1 : fieldEnd;
    return sign >= text.size() || !isQueryOperatorChar(text[sign]);
}

void print(const QueryNode& node, std::string& out);

void printOperand(const QueryNode& child, std::string& out)
{
    const bool group = child.kind == NodeKind::And || child.kind == NodeKind::Or;
    out += group ? "(" : "";
    print(child, out);
    out += group ? ")" : "";
}

void print(const QueryNode& node, std::string& out)
{
    switch (node.kind) {
    case NodeKind::All:
        return;
    case NodeKind::Word:
        out += isWord(node.texts[0]) ? node.texts[0] : inQuotes(node.texts[0]);
        return;
    case NodeKind::Phrase:
        out += inQuotes(node.texts[0]);
        return;
    case NodeKind::Field:
    case NodeKind::Has:
        out += fieldText(node);
        return;
    case NodeKind::Not:
        out += "not ";
        printOperand(node.children[0], out);
        return;
    case NodeKind::And:
    case NodeKind::Or:
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            out += i == 0 ? "" : (node.kind == NodeKind::And ? " " : " or ");
            printOperand(node.children[i], out);
        }
        return;
    }
}

} // namespace

std::string queryToText(const QueryNode& node)
{
    std::string out;
    print(node, out);
    return out;
}

std::string queryValueText(std::string_view value)
{
    if (value.find(':') != std::string_view::npos || value.find('=') != std::string_view::npos) {
        return inQuotes(value); // in a value list it would read as another clause
    }
    return isWord(value) ? std::string(value) : inQuotes(value);
}

bool sameQuery(const QueryNode& a, const QueryNode& b)
{
    const auto meaning = [](NodeKind kind) { return kind == NodeKind::Phrase ? NodeKind::Word : kind; };
    return meaning(a.kind) == meaning(b.kind) && a.op == b.op && a.field == b.field && a.texts == b.texts
        && std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(), sameQuery);
}

std::size_t queryColumn(std::string_view text, std::uint32_t bytePosition)
{
    std::size_t column = 1;
    const std::size_t end = std::min<std::size_t>(bytePosition, text.size());
    for (std::size_t i = 0; i < end; ++column) {
        i += std::max<std::size_t>(utf8CharLength(text, i), 1);
    }
    return column;
}

std::string describeQueryError(std::string_view text, const QueryError& error)
{
    std::string out = "column " + std::to_string(queryColumn(text, error.where.begin)) + ": " + error.what;
    return error.expected.empty() ? out : out + "; expected " + error.expected;
}

} // namespace tracedeck
