// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"
#include "selectors/span_layout.h"
#include "selectors/time_scale.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace tracedeck {

/// What the waterfall shows of a trace: which subtrees are folded, which time window is in view, which
/// span is current. Plain values without a widget; "position" is a place in SpanLayout, "row" a place among
/// the visible positions.
class WaterfallState {
public:
    static constexpr std::uint32_t kNone = SpanLayout::kNoParent;

    /// Shows another trace (or a longer version of the same one: then folds, window and current span are
    /// kept by span id).
    void setTrace(std::shared_ptr<const SpanTable> spans, std::shared_ptr<const SpanLayout> layout);

    [[nodiscard]] bool empty() const noexcept { return m_visible.empty(); }
    [[nodiscard]] const SpanTable& spans() const { return *m_spans; }
    [[nodiscard]] const SpanLayout& layout() const { return *m_layout; }
    /// By resource of the spans, see serviceColors().
    [[nodiscard]] const std::vector<std::uint8_t>& colors() const noexcept { return m_colors; }
    [[nodiscard]] const std::vector<std::uint32_t>& visible() const noexcept { return m_visible; }
    [[nodiscard]] std::uint32_t rows() const noexcept { return static_cast<std::uint32_t>(m_visible.size()); }
    /// Row of a position, kNone when it is folded away. O(log rows).
    [[nodiscard]] std::uint32_t rowOf(std::uint32_t position) const;
    [[nodiscard]] bool isCollapsed(std::uint32_t position) const { return m_collapsed.count(position) != 0; }

    void setCollapsed(std::uint32_t position, bool collapsed);
    void collapseAll();
    void expandAll();
    /// Opens every ancestor of the position.
    void reveal(std::uint32_t position);
    /// Moves the window, as long as it is, to where the span is, when nothing of it is inside.
    void revealTime(std::uint32_t position);

    [[nodiscard]] std::uint32_t current() const noexcept { return m_current; }
    /// Makes a position current; kNone clears.
    void setCurrent(std::uint32_t position) { m_current = position; }
    /// Moves by rows, staying inside; from nothing it starts above the first row.
    void moveCurrent(std::int64_t rows);
    /// h: folds the current span, or goes to its parent when there is nothing to fold.
    void collapseOrParent();
    /// l: unfolds the current span, or goes to its first child.
    void expandOrChild();
    /// Next or previous span with the same parent; stays at the ends.
    void moveToSibling(bool backwards);

    [[nodiscard]] const TimeWindow& limits() const noexcept { return m_limits; }
    [[nodiscard]] const TimeWindow& window() const noexcept { return m_window; }
    void setWindow(const TimeWindow& window);
    void zoom(double factor, std::int64_t anchorNs);
    void pan(std::int64_t deltaNs);
    void fit() { m_window = m_limits; }

private:
    void rebuild();

    std::shared_ptr<const SpanTable> m_spans;
    std::shared_ptr<const SpanLayout> m_layout;
    std::vector<std::uint8_t> m_colors;
    CollapsedPositions m_collapsed;
    std::vector<std::uint32_t> m_visible;
    std::uint32_t m_current = kNone;
    TimeWindow m_limits;
    TimeWindow m_window;
};

} // namespace tracedeck
