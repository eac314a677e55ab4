// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/critical_path.h"
#include "views/cell_faces.h"
#include "views/waterfall_state.h"

#include <QPoint>
#include <QRect>
#include <vector>

class QPainter;

namespace tracedeck {

/// Where the parts of a waterfall are, in viewport pixels.
struct WaterfallGeometry {
    int width = 0;
    int height = 0;
    int headerHeight = 28;
    int rowHeight = 26;
    int labelWidth = 380; ///< tree and duration column
    int durationWidth = 76; ///< right part of the labels

    [[nodiscard]] int barsLeft() const noexcept { return labelWidth + 1; }
    [[nodiscard]] int barsWidth() const noexcept { return std::max(width - barsLeft() - 8, 1); }
    [[nodiscard]] QRect rowRect(int rowOnScreen) const
    {
        return {0, headerHeight + rowOnScreen * rowHeight, width, rowHeight};
    }
    /// Indentation of a depth; deep trees are squeezed so that names keep half of the room.
    [[nodiscard]] int indentOf(std::uint32_t depth) const;
    /// Square of the fold triangle of a row.
    [[nodiscard]] QRect triangleRect(const QRect& row, std::uint32_t depth) const;
};

/// What to paint beside the state itself.
struct WaterfallLook {
    std::uint32_t firstRow = 0;
    std::uint32_t hoveredRow = WaterfallState::kNone;
    bool focused = false;
    const std::vector<std::uint32_t>* matches = nullptr; ///< sorted positions found by the search; may be null
    const CriticalPath* critical = nullptr; ///< segments sorted by position; bars off it are dimmed; may be null
};

/// Paints a waterfall: header with ticks, rows with tree, bars and marks. Costs what is on screen, whatever
/// the trace holds. `rowsPainted` counts rows for the tests that bound it.
class WaterfallPainter {
public:
    WaterfallPainter(QPainter& painter, const WaterfallState& state, const WaterfallGeometry& geometry,
                     const WaterfallLook& look);

    void paint();
    [[nodiscard]] int rowsPainted() const noexcept { return m_rowsPainted; }

private:
    void paintTicks();
    void paintHeader();
    void paintRow(std::uint32_t row, const QRect& rect);
    void paintGuides(std::uint32_t position, const QRect& rect);
    [[nodiscard]] QString insideText(std::uint32_t position) const;
    void paintLabel(std::uint32_t position, const QRect& rect);
    void paintBar(std::uint32_t position, const QRect& rect);
    void paintCritical(std::uint32_t position, const QRect& rect);
    void drawUpright(int x, int top, int bottom);
    int drawText(int x, const QRect& rect, int right, QStringView text, const GlyphFace& face, const QColor& color);

    QPainter& m_painter;
    const WaterfallState& m_state;
    const WaterfallGeometry& m_geometry;
    const WaterfallLook& m_look;
    const CellFaces& m_faces;
    QString m_text; ///< reused from row to row
    std::vector<std::int64_t> m_ticks;
    int m_rowsPainted = 0;
};

/// Colour of the service of a span, the same wherever its trace is drawn.
/// `colors` as serviceColors() gives them.
[[nodiscard]] QColor serviceColor(const SpanTable& spans, const std::vector<std::uint8_t>& colors, std::uint32_t row);

} // namespace tracedeck
