// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/waterfall_state.h"

#include "selectors/service_colors.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace tracedeck {
namespace {

TimeWindow limitsOf(const SpanLayout& layout)
{
    // A little air on the right, so that the last bar does not touch the edge.
    const std::int64_t length = std::max<std::int64_t>(layout.endNs - layout.startNs, 1);
    return {layout.startNs, layout.startNs + length + length / 50 + 1};
}

bool sameTrace(const SpanTable* before, const SpanTable& after)
{
    return before != nullptr && before->rows() > 0 && after.rows() > 0 && before->traceId[0] == after.traceId[0];
}

} // namespace

void WaterfallState::setTrace(std::shared_ptr<const SpanTable> spans, std::shared_ptr<const SpanLayout> layout)
{
    const bool same = sameTrace(m_spans.get(), *spans);
    CollapsedPositions collapsed;
    std::uint32_t current = kNone;
    if (same && (m_current != kNone || !m_collapsed.empty())) {
        // Only what is folded or current is looked for: an index of all spans would cost a frame.
        std::unordered_map<SpanId, std::uint32_t> positionOf;
        const auto want = [&](std::uint32_t position) {
            positionOf.emplace(m_spans->spanId[m_layout->row[position]], kNone);
        };
        std::for_each(m_collapsed.begin(), m_collapsed.end(), want);
        if (m_current != kNone) {
            want(m_current);
        }
        for (std::uint32_t position = 0; position < layout->size(); ++position) {
            const auto wanted = positionOf.find(spans->spanId[layout->row[position]]);
            if (wanted != positionOf.end() && wanted->second == kNone) {
                wanted->second = position;
            }
        }
        const auto translate = [&](std::uint32_t position) {
            const auto found = positionOf.find(m_spans->spanId[m_layout->row[position]]);
            return found == positionOf.end() ? kNone : found->second;
        };
        for (const std::uint32_t position : m_collapsed) {
            if (const std::uint32_t now = translate(position); now != kNone) {
                collapsed.insert(now);
            }
        }
        current = m_current == kNone ? kNone : translate(m_current);
    }
    const bool wasFitted = m_window == m_limits;
    m_spans = std::move(spans);
    m_colors = serviceColors(*m_spans);
    m_layout = std::move(layout);
    m_collapsed = std::move(collapsed);
    m_current = current;
    m_limits = limitsOf(*m_layout);
    if (!same || wasFitted) {
        m_window = m_limits;
    } else {
        setWindow(m_window);
    }
    rebuild();
}

std::uint32_t WaterfallState::rowOf(std::uint32_t position) const
{
    const auto at = std::lower_bound(m_visible.begin(), m_visible.end(), position);
    return at != m_visible.end() && *at == position ? static_cast<std::uint32_t>(at - m_visible.begin()) : kNone;
}

void WaterfallState::setCollapsed(std::uint32_t position, bool collapsed)
{
    if (position >= m_layout->size() || !m_layout->hasChildren(position) || isCollapsed(position) == collapsed) {
        return;
    }
    if (collapsed) {
        m_collapsed.insert(position);
        if (m_current != kNone && m_current > position && m_current < m_layout->subtreeEnd[position]) {
            m_current = position;
        }
    } else {
        m_collapsed.erase(position);
    }
    rebuild();
}

void WaterfallState::collapseAll()
{
    if (m_layout == nullptr) {
        return;
    }
    m_collapsed.clear();
    for (std::uint32_t position = 0; position < m_layout->size(); ++position) {
        if (m_layout->hasChildren(position)) {
            m_collapsed.insert(position);
        }
    }
    while (m_current != kNone && m_layout->parent[m_current] != kNone) {
        m_current = m_layout->parent[m_current];
    }
    rebuild();
}

void WaterfallState::expandAll()
{
    m_collapsed.clear();
    rebuild();
}

void WaterfallState::reveal(std::uint32_t position)
{
    bool changed = false;
    for (std::uint32_t up = m_layout->parent[position]; up != kNone; up = m_layout->parent[up]) {
        changed = m_collapsed.erase(up) > 0 || changed;
    }
    if (changed) {
        rebuild();
    }
}

void WaterfallState::revealTime(std::uint32_t position)
{
    const std::uint32_t row = m_layout->row[position];
    const std::int64_t begin = m_spans->startNs[row];
    const std::int64_t end = begin + std::max<std::int64_t>(m_spans->durationNs[row], 0);
    if (end < m_window.beginNs || begin > m_window.endNs) {
        constexpr int kBefore = 4; // part of the window that stays empty before it
        pan(begin - m_window.lengthNs() / kBefore - m_window.beginNs);
    }
}

void WaterfallState::moveCurrent(std::int64_t rows)
{
    if (empty()) {
        return;
    }
    const std::uint32_t row = m_current == kNone ? kNone : rowOf(m_current);
    const std::int64_t last = static_cast<std::int64_t>(m_visible.size()) - 1;
    const std::int64_t from = row == kNone ? -1 : static_cast<std::int64_t>(row);
    const std::int64_t target = std::clamp<std::int64_t>(from + rows, 0, last);
    m_current = m_visible[static_cast<std::size_t>(target)];
}

void WaterfallState::collapseOrParent()
{
    if (m_current == kNone) {
        return;
    }
    if (m_layout->hasChildren(m_current) && !isCollapsed(m_current)) {
        setCollapsed(m_current, true);
    } else if (m_layout->parent[m_current] != kNone) {
        m_current = m_layout->parent[m_current];
    }
}

void WaterfallState::expandOrChild()
{
    if (m_current == kNone || !m_layout->hasChildren(m_current)) {
        return;
    }
    if (isCollapsed(m_current)) {
        setCollapsed(m_current, false);
    } else {
        m_current = m_current + 1;
    }
}

void WaterfallState::moveToSibling(bool backwards)
{
    if (m_current == kNone) {
        return;
    }
    const std::uint32_t parent = m_layout->parent[m_current];
    if (!backwards) {
        const std::uint32_t next = m_layout->subtreeEnd[m_current];
        const std::uint32_t end =
            parent == kNone ? static_cast<std::uint32_t>(m_layout->size()) : m_layout->subtreeEnd[parent];
        m_current = next < end ? next : m_current;
        return;
    }
    std::uint32_t sibling = parent == kNone ? 0 : parent + 1;
    while (m_layout->subtreeEnd[sibling] < m_current) {
        sibling = m_layout->subtreeEnd[sibling];
    }
    m_current = std::min(sibling, m_current);
}

void WaterfallState::setWindow(const TimeWindow& window)
{
    const std::int64_t begin = std::clamp(window.beginNs, m_limits.beginNs, m_limits.endNs - 1);
    m_window = {begin, std::clamp(window.endNs, begin + 1, m_limits.endNs)};
}

void WaterfallState::zoom(double factor, std::int64_t anchorNs)
{
    m_window = zoomAround(m_window, factor, anchorNs, m_limits);
}

void WaterfallState::pan(std::int64_t deltaNs)
{
    m_window = panBy(m_window, deltaNs, m_limits);
}

void WaterfallState::rebuild()
{
    m_visible = m_layout == nullptr ? std::vector<std::uint32_t>{} : visiblePositions(*m_layout, m_collapsed);
}

} // namespace tracedeck
