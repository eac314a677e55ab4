// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/critical_path.h"

#include <algorithm>
#include <limits>

namespace tracedeck {
namespace {

/// Senders may claim any time; an end past the range stops at its edge.
std::int64_t endOf(const SpanTable& spans, std::uint32_t row)
{
    const std::int64_t duration = std::max(spans.durationNs[row], std::int64_t{0});
    const std::int64_t room = std::numeric_limits<std::int64_t>::max() - std::max(spans.startNs[row], std::int64_t{0});
    return spans.startNs[row] + std::min(duration, room);
}

class PathWalk {
public:
    PathWalk(const SpanTable& spans, const SpanLayout& layout) : m_spans(spans), m_layout(layout) { }

    CriticalPath run()
    {
        m_path.nsOf.resize(m_layout.size());
        m_path.root = mainRoot();
        if (m_path.root == SpanLayout::kNoParent) {
            return std::move(m_path);
        }
        const std::uint32_t row = m_layout.row[m_path.root];
        m_open.push_back({m_path.root, m_spans.startNs[row], endOf(m_spans, row)});
        while (!m_open.empty()) {
            const CriticalSegment window = m_open.back();
            m_open.pop_back();
            walk(window);
        }
        std::sort(m_path.segments.begin(), m_path.segments.end(),
                  [](const CriticalSegment& a, const CriticalSegment& b) { return a.beginNs < b.beginNs; });
        for (const CriticalSegment& segment : m_path.segments) {
            m_path.nsOf[segment.position] += segment.durationNs();
            m_path.totalNs += segment.durationNs();
        }
        return std::move(m_path);
    }

private:
    [[nodiscard]] std::uint32_t mainRoot() const
    {
        std::uint32_t best = SpanLayout::kNoParent;
        std::pair<bool, std::int64_t> bestRank{false, 0};
        for (std::uint32_t at = 0; at < m_layout.size(); at = m_layout.subtreeEnd[at]) {
            const bool whole = (m_layout.marks[at] & (kSpanOrphan | kSpanCycle)) == 0;
            const std::pair<bool, std::int64_t> rank{whole, m_spans.durationNs[m_layout.row[at]]};
            if (best == SpanLayout::kNoParent || rank > bestRank) {
                best = at;
                bestRank = rank;
            }
        }
        return best;
    }

    /// Children of a span cut to its window, those that end last first.
    void collectChildren(const CriticalSegment& window)
    {
        m_children.clear();
        const std::uint32_t end = m_layout.subtreeEnd[window.position];
        for (std::uint32_t at = window.position + 1; at < end; at = m_layout.subtreeEnd[at]) {
            const std::uint32_t row = m_layout.row[at];
            const CriticalSegment child{at, std::max(m_spans.startNs[row], window.beginNs),
                                        std::min(endOf(m_spans, row), window.endNs)};
            if (child.beginNs < child.endNs) {
                m_children.push_back(child);
            }
        }
        std::sort(m_children.begin(), m_children.end(), [](const CriticalSegment& a, const CriticalSegment& b) {
            return a.endNs != b.endNs ? a.endNs > b.endNs
                                      : (a.beginNs != b.beginNs ? a.beginNs < b.beginNs : a.position < b.position);
        });
    }

    void walk(const CriticalSegment& window)
    {
        collectChildren(window);
        std::int64_t now = window.endNs;
        for (CriticalSegment child : m_children) {
            const std::int64_t overlap = child.endNs - now;
            if (overlap > 0 && (overlap > child.durationNs() / 100 || child.beginNs >= now)) {
                continue; // it ran beside what came later: nobody waited for it
            }
            child.endNs = std::min(child.endNs, now);
            emit({window.position, child.endNs, now});
            m_open.push_back(child);
            now = child.beginNs;
        }
        emit({window.position, window.beginNs, now});
    }

    void emit(const CriticalSegment& segment)
    {
        if (segment.beginNs < segment.endNs) {
            m_path.segments.push_back(segment);
        }
    }

    const SpanTable& m_spans;
    const SpanLayout& m_layout;
    std::vector<CriticalSegment> m_open; ///< windows still to be divided among a span and its children
    std::vector<CriticalSegment> m_children;
    CriticalPath m_path;
};

} // namespace

CriticalPath criticalPath(const SpanTable& spans, const SpanLayout& layout)
{
    return PathWalk(spans, layout).run();
}

} // namespace tracedeck
