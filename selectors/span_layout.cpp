// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/span_layout.h"

#include <algorithm>
#include <numeric>

namespace tracedeck {
namespace {

constexpr std::uint32_t kNone = SpanLayout::kNoParent;

/// Span id → first row with it: open addressing over row numbers, no allocation per entry.
class SpanIndex {
public:
    explicit SpanIndex(const SpanTable& spans) : m_spans(spans)
    {
        std::size_t slots = 16;
        while (slots < spans.rows() * 2) {
            slots *= 2;
        }
        m_slots.assign(slots, kNone);
    }
    /// Row that already holds this id, or kNone after taking the new one in.
    std::uint32_t insert(std::uint32_t row)
    {
        std::size_t slot = slotOf(m_spans.spanId[row]);
        for (; m_slots[slot] != kNone; slot = next(slot)) {
            if (m_spans.spanId[m_slots[slot]] == m_spans.spanId[row]) {
                return m_slots[slot];
            }
        }
        m_slots[slot] = row;
        return kNone;
    }
    [[nodiscard]] std::uint32_t find(SpanId id) const
    {
        for (std::size_t slot = slotOf(id); m_slots[slot] != kNone; slot = next(slot)) {
            if (m_spans.spanId[m_slots[slot]] == id) {
                return m_slots[slot];
            }
        }
        return kNone;
    }

private:
    [[nodiscard]] std::size_t slotOf(SpanId id) const
    {
        return static_cast<std::size_t>((id.value * 0x9E3779B97F4A7C15ULL) >> 20U) & (m_slots.size() - 1);
    }
    [[nodiscard]] std::size_t next(std::size_t slot) const { return (slot + 1) & (m_slots.size() - 1); }

    const SpanTable& m_spans;
    std::vector<std::uint32_t> m_slots;
};

std::int64_t endOf(const SpanTable& spans, std::uint32_t row)
{
    return spans.startNs[row] + std::max<std::int64_t>(spans.durationNs[row], 0);
}

/// Parents, children lists and marks, all by row; children come in start order.
struct Links {
    std::vector<std::uint32_t> parent;
    std::vector<std::uint32_t> childBegin; ///< size rows + 1
    std::vector<std::uint32_t> children;
    std::vector<std::uint32_t> byStart;
    std::vector<std::uint8_t> marks;
};

void findParents(const SpanTable& spans, Links& links)
{
    const auto rows = static_cast<std::uint32_t>(spans.rows());
    links.parent.assign(rows, kNone);
    links.marks.assign(rows, 0);
    SpanIndex index(spans);
    for (std::uint32_t row = 0; row < rows; ++row) {
        if (index.insert(row) != kNone) {
            links.marks[row] |= kSpanDuplicate;
        }
        if (spans.durationNs[row] < 0) {
            links.marks[row] |= kSpanBackwards;
        }
    }
    for (std::uint32_t row = 0; row < rows; ++row) {
        if (spans.parentSpanId[row].isZero()) {
            continue;
        }
        const std::uint32_t parent = index.find(spans.parentSpanId[row]);
        if (parent == kNone) {
            links.marks[row] |= kSpanOrphan;
        } else if (parent == row) {
            links.marks[row] |= kSpanCycle;
        } else {
            links.parent[row] = parent;
        }
    }
}

Links linkSpans(const SpanTable& spans)
{
    Links links;
    findParents(spans, links);
    const auto rows = static_cast<std::uint32_t>(spans.rows());
    links.byStart.resize(rows);
    std::iota(links.byStart.begin(), links.byStart.end(), 0U);
    std::sort(links.byStart.begin(), links.byStart.end(), [&](std::uint32_t a, std::uint32_t b) {
        if (spans.startNs[a] != spans.startNs[b]) {
            return spans.startNs[a] < spans.startNs[b];
        }
        return spans.spanId[a] != spans.spanId[b] ? spans.spanId[a] < spans.spanId[b] : a < b;
    });
    links.childBegin.assign(rows + 1, 0);
    for (std::uint32_t row = 0; row < rows; ++row) {
        if (links.parent[row] != kNone) {
            ++links.childBegin[links.parent[row] + 1];
        }
    }
    std::partial_sum(links.childBegin.begin(), links.childBegin.end(), links.childBegin.begin());
    links.children.resize(links.childBegin.back());
    std::vector<std::uint32_t> fill(links.childBegin.begin(), links.childBegin.end() - 1);
    for (const std::uint32_t row : links.byStart) {
        if (links.parent[row] != kNone) {
            links.children[fill[links.parent[row]]++] = row;
        }
    }
    return links;
}

/// Depth-first walk with an explicit stack of (row, next child).
class Walk {
public:
    Walk(const SpanTable& spans, const Links& links, SpanLayout& out)
        : m_spans(spans), m_links(links), m_out(out), m_seen(spans.rows(), 0)
    { }

    [[nodiscard]] bool seen(std::uint32_t row) const { return m_seen[row] != 0; }

    void from(std::uint32_t root, std::uint8_t extraMark)
    {
        enter(root, kNone, extraMark);
        while (!m_stack.empty()) {
            Frame& frame = m_stack.back();
            if (frame.nextChild == m_links.childBegin[frame.row + 1]) {
                m_out.subtreeEnd[frame.position] = static_cast<std::uint32_t>(m_out.row.size());
                m_stack.pop_back();
                continue;
            }
            const std::uint32_t child = m_links.children[frame.nextChild++];
            if (!seen(child)) {
                enter(child, frame.position, 0);
            }
        }
    }

private:
    struct Frame {
        std::uint32_t row;
        std::uint32_t position;
        std::uint32_t nextChild;
    };

    void enter(std::uint32_t row, std::uint32_t parentPosition, std::uint8_t extraMark)
    {
        m_seen[row] = 1;
        const auto position = static_cast<std::uint32_t>(m_out.row.size());
        const std::uint32_t depth = parentPosition == kNone ? 0 : m_out.depth[parentPosition] + 1;
        auto marks = static_cast<std::uint8_t>(m_links.marks[row] | extraMark);
        if (parentPosition != kNone) {
            const std::uint32_t parentRow = m_out.row[parentPosition];
            if (m_spans.startNs[row] < m_spans.startNs[parentRow] || endOf(m_spans, row) > endOf(m_spans, parentRow)) {
                marks |= kSpanOutsideParent;
            }
        }
        m_out.row.push_back(row);
        m_out.parent.push_back(parentPosition);
        m_out.subtreeEnd.push_back(position + 1);
        m_out.depth.push_back(depth);
        m_out.marks.push_back(marks);
        m_out.maxDepth = std::max(m_out.maxDepth, depth);
        m_stack.push_back({row, position, m_links.childBegin[row]});
    }

    const SpanTable& m_spans;
    const Links& m_links;
    SpanLayout& m_out;
    std::vector<std::uint8_t> m_seen;
    std::vector<Frame> m_stack;
};

void markErrorsAndBounds(const SpanTable& spans, SpanLayout& layout)
{
    for (std::size_t i = layout.size(); i-- > 0;) {
        const std::uint32_t row = layout.row[i];
        const bool error = spans.status[row] == SpanStatus::Error;
        layout.errors += error ? 1 : 0;
        layout.orphans += (layout.marks[i] & kSpanOrphan) != 0 ? 1 : 0;
        if (layout.parent[i] != kNone && (error || (layout.marks[i] & kSpanErrorBelow) != 0)) {
            layout.marks[layout.parent[i]] |= kSpanErrorBelow;
        }
        layout.startNs = i + 1 == layout.size() ? spans.startNs[row] : std::min(layout.startNs, spans.startNs[row]);
        layout.endNs = std::max(layout.endNs, endOf(spans, row));
    }
    layout.endNs = std::max(layout.endNs, layout.startNs);
}

/// Children of a position stand in start order, so the union of their intervals is one sweep.
void computeSelfTimes(const SpanTable& spans, SpanLayout& layout)
{
    layout.selfNs.resize(layout.size());
    for (std::uint32_t position = 0; position < layout.size(); ++position) {
        const std::uint32_t row = layout.row[position];
        const std::int64_t end = endOf(spans, row);
        std::int64_t covered = 0;
        std::int64_t reached = spans.startNs[row];
        for (std::uint32_t child = position + 1; child < layout.subtreeEnd[position];
             child = layout.subtreeEnd[child]) {
            const std::int64_t from = std::max(spans.startNs[layout.row[child]], reached);
            const std::int64_t to = std::min(endOf(spans, layout.row[child]), end);
            if (to > from) {
                covered += to - from;
                reached = to;
            }
        }
        layout.selfNs[position] = end - spans.startNs[row] - covered;
    }
}

} // namespace

SpanLayout layoutSpans(const SpanTable& spans)
{
    SpanLayout layout;
    const Links links = linkSpans(spans);
    for (auto* column : {&layout.row, &layout.parent, &layout.subtreeEnd, &layout.depth}) {
        column->reserve(spans.rows());
    }
    layout.marks.reserve(spans.rows());
    Walk walk(spans, links, layout);
    for (const std::uint32_t row : links.byStart) {
        if (links.parent[row] == kNone) {
            walk.from(row, 0);
        }
    }
    // Whatever is left hangs on a loop: cut it at the earliest span.
    for (const std::uint32_t row : links.byStart) {
        if (!walk.seen(row)) {
            walk.from(row, kSpanCycle);
        }
    }
    if (layout.size() > 0) {
        markErrorsAndBounds(spans, layout);
    }
    computeSelfTimes(spans, layout);
    return layout;
}

std::vector<std::uint32_t> visiblePositions(const SpanLayout& layout, const CollapsedPositions& collapsed)
{
    std::vector<std::uint32_t> visible;
    visible.reserve(layout.size());
    for (std::uint32_t position = 0; position < layout.size();) {
        visible.push_back(position);
        position = !collapsed.empty() && collapsed.count(position) != 0 ? layout.subtreeEnd[position] : position + 1;
    }
    return visible;
}

CollapsedPositions positionsAtDepth(const SpanLayout& layout, std::uint32_t depth)
{
    CollapsedPositions positions;
    for (std::uint32_t position = 0; position < layout.size(); ++position) {
        if (layout.depth[position] == depth && layout.hasChildren(position)) {
            positions.insert(position);
        }
    }
    return positions;
}

} // namespace tracedeck
