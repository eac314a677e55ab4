// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/glyph_face.h"

#include "views/paint_ink.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QVarLengthArray>
#include <algorithm>
#include <cmath>

namespace tracedeck {
namespace {

constexpr char16_t kEnDash = 0x2013;
constexpr char16_t kEllipsis = 0x2026;
constexpr char16_t kNarrowSpace = 0x202f;
constexpr int kTypicalLength = 64;

} // namespace

GlyphFace::GlyphFace(const QFont& font) : m_font(font), m_raw(QRawFont::fromFont(font))
{
    m_run.setRawFont(m_raw);
    m_ascent = m_raw.ascent();
    m_descent = m_raw.descent();
    QString characters(static_cast<qsizetype>(m_glyphs.size()), Qt::Uninitialized);
    for (std::size_t i = 0; i < kLatin; ++i) {
        characters[static_cast<qsizetype>(i)] = i < 0x20 || i == 0x7f ? QChar(u' ') : QChar(static_cast<char16_t>(i));
    }
    constexpr auto first = static_cast<qsizetype>(kLatin);
    characters[first] = QChar(kEnDash);
    characters[first + 1] = QChar(kEllipsis);
    characters[first + 2] = QChar(kNarrowSpace);
    const QList<quint32> indexes = m_raw.glyphIndexesForString(characters);
    if (indexes.size() != characters.size()) {
        return; // no usable font: everything goes the shaped way
    }
    for (qsizetype i = 0; i < indexes.size(); ++i) {
        m_glyphs[static_cast<std::size_t>(i)].index = indexes[i];
    }
    for (char16_t digit = u'0'; digit <= u'9'; ++digit) {
        m_figureAdvance = std::max(m_figureAdvance, static_cast<qreal>(glyph(QChar(digit)).advance));
    }
}

/// Measuring a glyph loads its outline: for all of them that was a tenth of the start.
const GlyphFace::Glyph& GlyphFace::measured(Glyph& glyph) const
{
    if (glyph.advance < 0) {
        QPointF advance;
        glyph.advance = glyph.index != 0 && m_raw.advancesForGlyphIndexes(&glyph.index, &advance, 1)
            ? static_cast<float>(advance.x())
            : 0.0F;
    }
    return glyph;
}

const GlyphFace::Glyph& GlyphFace::glyph(QChar character) const
{
    static const Glyph none{0, 0};
    const char16_t code = character.unicode();
    if (code < kLatin) {
        return measured(m_glyphs[code]);
    }
    switch (code) {
    case kEnDash:
        return measured(m_glyphs[kLatin]);
    case kEllipsis:
        return measured(m_glyphs[kLatin + 1]);
    case kNarrowSpace:
        return measured(m_glyphs[kLatin + 2]);
    default:
        return none;
    }
}

bool GlyphFace::covers(QStringView text) const
{
    return std::all_of(text.begin(), text.end(), [this](QChar character) { return glyph(character).index != 0; });
}

qreal GlyphFace::advanceOf(QChar character, Figures figures) const
{
    const bool digit = character >= QLatin1Char('0') && character <= QLatin1Char('9');
    return digit && figures == Figures::Tabular ? m_figureAdvance : static_cast<qreal>(glyph(character).advance);
}

qreal GlyphFace::plainWidth(QStringView text, Figures figures) const
{
    qreal sum = 0;
    for (const QChar character : text) {
        sum += advanceOf(character, figures);
    }
    return sum;
}

qreal GlyphFace::width(QStringView text, Figures figures) const
{
    return covers(text) ? plainWidth(text, figures) : QFontMetricsF(m_font).horizontalAdvance(text.toString());
}

qreal GlyphFace::baselineIn(qreal height) const
{
    return std::round((height - m_ascent - m_descent) / 2 + m_ascent);
}

qreal GlyphFace::draw(QPainter& painter, qreal x, qreal baseline, QStringView text, const QColor& color, qreal maxWidth,
                      Figures figures) const
{
    if (text.isEmpty() || maxWidth <= 0) {
        return 0;
    }
    if (!covers(text)) {
        const QFontMetricsF metrics(m_font);
        const QString shown = metrics.elidedText(text.toString(), Qt::ElideRight, maxWidth);
        painter.setFont(m_font);
        painter.setPen(inkPen(color));
        painter.drawText(QPointF(x, baseline), shown);
        return metrics.horizontalAdvance(shown);
    }
    const Glyph& ellipsis = glyph(QChar(kEllipsis));
    QVarLengthArray<quint32, kTypicalLength> indexes;
    QVarLengthArray<QPointF, kTypicalLength> positions;
    qreal at = 0;
    qsizetype fitting = 0; // glyphs that leave room for the ellipsis
    qreal fittingWidth = 0;
    for (const QChar character : text) {
        const Glyph& next = glyph(character);
        const qreal advance = advanceOf(character, figures);
        if (at + advance > maxWidth + 0.5) {
            indexes.resize(fitting);
            positions.resize(fitting);
            indexes.append(ellipsis.index);
            positions.append(QPointF(fittingWidth, 0));
            at = fittingWidth + static_cast<qreal>(ellipsis.advance);
            break;
        }
        indexes.append(next.index);
        positions.append(QPointF(at + (advance - static_cast<qreal>(next.advance)) / 2, 0)); // narrow digits centred
        at += advance;
        if (at + static_cast<qreal>(ellipsis.advance) <= maxWidth) {
            fitting = indexes.size();
            fittingWidth = at;
        }
    }
    m_run.setRawData(indexes.constData(), positions.constData(), static_cast<int>(indexes.size()));
    painter.setPen(inkPen(color));
    painter.drawGlyphRun(QPointF(x, baseline), m_run);
    return at;
}

qreal GlyphFace::drawRight(QPainter& painter, qreal right, qreal baseline, QStringView text, const QColor& color) const
{
    const qreal textWidth = width(text, Figures::Tabular);
    draw(painter, right - textWidth, baseline, text, color, textWidth + 1, Figures::Tabular);
    return textWidth;
}

} // namespace tracedeck
