// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QGlyphRun>
#include <QRawFont>
#include <QRectF>
#include <QString>
#include <array>
#include <cstdint>

class QPainter;

namespace tracedeck {

/// Draws short texts in one font through glyph runs: Latin text is looked up in a table instead of being
/// shaped on every frame, and with Figures::Tabular all digits take the same advance, so that numbers
/// align whatever the font does. Texts with other characters go the shaped way.
class GlyphFace {
public:
    enum class Figures : std::uint8_t { Proportional, Tabular };

    explicit GlyphFace(const QFont& font);

    [[nodiscard]] qreal width(QStringView text, Figures figures = Figures::Proportional) const;
    /// Distance from the top of a row of `height` to the baseline of vertically centred text.
    [[nodiscard]] qreal baselineIn(qreal height) const;
    /// Draws from `x` rightwards; texts wider than `maxWidth` end in an ellipsis. Returns the width drawn.
    qreal draw(QPainter& painter, qreal x, qreal baseline, QStringView text, const QColor& color, qreal maxWidth = 1e6,
               Figures figures = Figures::Proportional) const;
    /// Draws a number so that it ends at `right`: tabular figures, never cut.
    qreal drawRight(QPainter& painter, qreal right, qreal baseline, QStringView text, const QColor& color) const;

private:
    struct Glyph {
        std::uint32_t index = 0; ///< 0 = not in the table
        float advance = -1; ///< read from the font when the glyph is first needed: -1 until then
    };
    [[nodiscard]] const Glyph& glyph(QChar character) const;
    [[nodiscard]] const Glyph& measured(Glyph& glyph) const;
    [[nodiscard]] bool covers(QStringView text) const;
    [[nodiscard]] qreal plainWidth(QStringView text, Figures figures) const;
    [[nodiscard]] qreal advanceOf(QChar character, Figures figures) const;

    static constexpr std::size_t kLatin = 0x180;
    QFont m_font;
    QRawFont m_raw;
    mutable QGlyphRun m_run; ///< reused, so that drawing allocates nothing
    mutable std::array<Glyph, kLatin + 3> m_glyphs{}; ///< Latin, then en dash, ellipsis, narrow space
    qreal m_figureAdvance = 0; ///< of the widest digit
    qreal m_ascent = 0;
    qreal m_descent = 0;
};

} // namespace tracedeck
