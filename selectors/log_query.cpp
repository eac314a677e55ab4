// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/log_query.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tracedeck {
namespace {

constexpr std::array<std::string_view, 6> kLogLevels{"trace", "debug", "info", "warning", "error", "fatal"};

/// "warn" and "err" are typed more often than the full words; none for no level.
std::string_view levelOfPrefix(std::string_view typed)
{
    const auto found = std::find_if(kLogLevels.begin(), kLogLevels.end(), [&](std::string_view level) {
        return !typed.empty() && level.substr(0, typed.size()) == typed;
    });
    return found == kLogLevels.end() ? std::string_view() : *found;
}

std::string loweredAscii(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

bool isErrorStream(std::string_view word)
{
    return word == "err" || word == "error" || word == "stderr";
}

bool isOutStream(std::string_view word)
{
    return word == "out" || word == "stdout";
}

} // namespace

LogQuery LogQuery::compile(std::string_view text)
{
    LogQuery query;
    ParsedQuery parsed = parseQuery(text);
    query.m_tokens = std::move(parsed.tokens);
    query.m_errors = std::move(parsed.errors);
    if (query.m_errors.empty()) {
        query.m_root = std::move(parsed.root);
        query.check(query.m_root);
    }
    return query;
}

void LogQuery::refuse(const TextSpan& where, std::string what, std::string expected)
{
    m_errors.push_back({where, std::move(what), std::move(expected)});
}

void LogQuery::check(const QueryNode& node)
{
    for (const QueryNode& child : node.children) {
        check(child);
    }
    const bool isWord = node.kind == QueryNode::Kind::Word || node.kind == QueryNode::Kind::Phrase;
    const bool isText =
        isWord || (node.kind == QueryNode::Kind::Field && (node.field == "text" || node.field == "message"));
    if (isText) {
        if (node.op == QueryOp::Greater || node.op == QueryOp::GreaterEqual || node.op == QueryOp::Less
            || node.op == QueryOp::LessEqual) {
            refuse(node.where, "text has no order", ":, = or ~");
            return;
        }
        for (const std::string& text : node.texts) {
            std::string error;
            auto pattern = node.op == QueryOp::Regex ? TextPattern::regex(text, error)
                : node.op == QueryOp::Equals         ? std::optional(TextPattern::equals(text))
                                                     : std::optional(TextPattern::contains(text));
            if (pattern) {
                m_patterns.emplace_back(node.where, std::move(*pattern));
            } else {
                refuse(node.valueAt, error, "a regular expression");
            }
        }
        return;
    }
    if (node.kind == QueryNode::Kind::Has) {
        if (std::any_of(node.texts.begin(), node.texts.end(), [](const std::string& t) { return t != "level"; })) {
            refuse(node.where, "a line always has that", "has:level");
        }
        return;
    }
    if (node.kind != QueryNode::Kind::Field) {
        return;
    }
    if (node.field != "level" && node.field != "stream") {
        refuse(node.fieldAt, "a log line has no field \"" + node.field + '"', "text, level or stream");
        return;
    }
    for (const std::string& text : node.texts) {
        const std::string word = loweredAscii(text);
        if (node.field == "level" && levelOfPrefix(word).empty()) {
            refuse(node.valueAt, "there is no level \"" + text + '"', "trace, debug, info, warning, error or fatal");
        } else if (node.field == "stream" && !isErrorStream(word) && !isOutStream(word)) {
            refuse(node.valueAt, "there is no stream \"" + text + '"', "out or err");
        }
    }
}

bool LogQuery::matches(const LogQueryLine& line) const
{
    return !ok() || holds(m_root, line);
}

bool LogQuery::holds(const QueryNode& node, const LogQueryLine& line) const
{
    const auto child = [&](const QueryNode& one) { return holds(one, line); };
    switch (node.kind) {
    case QueryNode::Kind::All:
        return true;
    case QueryNode::Kind::And:
        return std::all_of(node.children.begin(), node.children.end(), child);
    case QueryNode::Kind::Or:
        return std::any_of(node.children.begin(), node.children.end(), child);
    case QueryNode::Kind::Not:
        return std::none_of(node.children.begin(), node.children.end(), child);
    case QueryNode::Kind::Has:
        return !line.level.empty();
    case QueryNode::Kind::Word:
    case QueryNode::Kind::Phrase:
    case QueryNode::Kind::Field:
        return fieldHolds(node, line);
    }
    return true;
}

bool LogQuery::fieldHolds(const QueryNode& node, const LogQueryLine& line) const
{
    if (node.kind == QueryNode::Kind::Field && node.field == "level") {
        const std::size_t own =
            static_cast<std::size_t>(std::find(kLogLevels.begin(), kLogLevels.end(), line.level) - kLogLevels.begin());
        return own < kLogLevels.size()
            && std::any_of(node.texts.begin(), node.texts.end(), [&](const std::string& text) {
                   const std::string_view level = levelOfPrefix(loweredAscii(text));
                   const auto wanted = static_cast<std::size_t>(std::find(kLogLevels.begin(), kLogLevels.end(), level)
                                                                - kLogLevels.begin());
                   switch (node.op) {
                   case QueryOp::Greater:
                       return own > wanted;
                   case QueryOp::GreaterEqual:
                       return own >= wanted;
                   case QueryOp::Less:
                       return own < wanted;
                   case QueryOp::LessEqual:
                       return own <= wanted;
                   default:
                       return own == wanted;
                   }
               });
    }
    if (node.kind == QueryNode::Kind::Field && node.field == "stream") {
        return std::any_of(node.texts.begin(), node.texts.end(),
                           [&](const std::string& text) { return isErrorStream(loweredAscii(text)) == line.error; });
    }
    std::string scratch;
    return std::any_of(m_patterns.begin(), m_patterns.end(), [&](const auto& pattern) {
        return pattern.first == node.where && pattern.second.matches(line.text, scratch);
    });
}

} // namespace tracedeck
