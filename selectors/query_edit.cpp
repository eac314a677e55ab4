// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_edit.h"

#include "selectors/query_print.h"

#include <algorithm>
#include <optional>

namespace tracedeck {
namespace {

/// The tree without the node at `where`; nothing when all of it went. `dropped` says whether it was there.
std::optional<QueryNode> withoutNode(const QueryNode& node, TextSpan where, bool& dropped)
{
    if (!dropped && node.where == where && node.kind != QueryNode::Kind::All) {
        dropped = true;
        return std::nullopt;
    }
    if (node.children.empty() || dropped) {
        return node;
    }
    QueryNode rest = node;
    rest.children.clear();
    for (const QueryNode& child : node.children) {
        if (std::optional<QueryNode> kept = withoutNode(child, where, dropped)) {
            rest.children.push_back(std::move(*kept));
        }
    }
    if (rest.children.empty()) {
        return std::nullopt;
    }
    if (rest.children.size() == 1 && rest.kind != QueryNode::Kind::Not) {
        return QueryNode(rest.children.front());
    }
    return rest;
}

} // namespace

std::string dropQueryPart(std::string_view text, TextSpan where)
{
    const ParsedQuery parsed = parseQuery(text);
    bool dropped = false;
    const std::optional<QueryNode> rest = parsed.ok() ? withoutNode(parsed.root, where, dropped) : std::nullopt;
    if (!dropped) {
        return std::string(text);
    }
    return rest ? queryToText(*rest) : std::string();
}

std::vector<QueryPart> queryParts(std::string_view text)
{
    const ParsedQuery parsed = parseQuery(text);
    if (!parsed.ok() || parsed.root.kind == QueryNode::Kind::All) {
        return {};
    }
    std::vector<QueryPart> parts;
    const auto add = [&](const QueryNode& node) {
        const auto begin = std::min<std::size_t>(node.where.begin, text.size());
        parts.push_back(
            {node.where, std::string(text.substr(begin, node.where.end - begin)), dropQueryPart(text, node.where)});
    };
    if (parsed.root.kind == QueryNode::Kind::And) {
        std::for_each(parsed.root.children.begin(), parsed.root.children.end(), add);
    } else {
        add(parsed.root);
    }
    return parts;
}

} // namespace tracedeck
