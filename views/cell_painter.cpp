// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/cell_painter.h"

#include "models/table_column.h"
#include "views/cell_faces.h"
#include "views/course_painter.h"
#include "views/paint_ink.h"
#include "views/status_shape.h"

#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

namespace tracedeck {
namespace {

constexpr qreal kPad = 8;
constexpr qreal kGap = 8;
constexpr qreal kUnitGap = 4; ///< between a number and a unit that is a word of its own
constexpr qreal kMinBar = 14;
constexpr qreal kMaxBar = 96;

/// One cell being painted: where, what, and in which colours.
struct CellPaint {
    QPainter& painter;
    const QRectF& cell;
    const CellContent& content;
    const CellCourse& course;
    const CellFaces& faces = CellFaces::current();
    const ThemeColors& colors = theme().colors;

    [[nodiscard]] qreal left() const { return cell.left() + kPad; }
    [[nodiscard]] qreal right() const { return cell.right() - kPad; }
    [[nodiscard]] qreal room() const { return cell.width() - 2 * kPad; }
    [[nodiscard]] qreal baseline(const GlyphFace& face) const { return cell.top() + face.baselineIn(cell.height()); }
    [[nodiscard]] bool dimmed() const { return content.vanished || content.state != CellState::Value; }

    [[nodiscard]] QColor textColor() const { return dimmed() ? colors.text3 : colors.text; }
    /// Colour of a value: its severity, else how much it stands out.
    [[nodiscard]] QColor valueColor() const
    {
        if (dimmed()) {
            return colors.text3;
        }
        if (content.severity != Severity::None) {
            return severityColor(content.severity);
        }
        return content.emphasis == Emphasis::Strong ? colors.warn : colors.text;
    }
    [[nodiscard]] const GlyphFace& valueFace() const
    {
        const bool stands = content.severity != Severity::None || content.emphasis != Emphasis::Normal;
        return stands && !dimmed() ? faces.strong : faces.base;
    }
    [[nodiscard]] QColor unitColor() const
    {
        const bool plain = content.severity == Severity::None && content.emphasis == Emphasis::Normal;
        return plain && !dimmed() ? colors.text2 : valueColor();
    }
};

/// Text at the left, the dimmed second text behind it in what is left.
void paintTexts(const CellPaint& paint, qreal from, const QColor& color)
{
    const qreal room = paint.right() - from;
    const qreal used =
        paint.faces.base.draw(paint.painter, from, paint.baseline(paint.faces.base), paint.content.text, color, room);
    constexpr qreal kReadable = 24;
    const qreal rest = room - used - kGap;
    if (!paint.content.secondary.isEmpty() && rest >= kReadable) {
        paint.faces.small.draw(paint.painter, from + used + kGap, paint.baseline(paint.faces.small),
                               paint.content.secondary, paint.colors.text3, rest);
    }
}

void paintStatus(const CellPaint& paint)
{
    constexpr qreal kShape = 8;
    paintStatusShape(paint.painter, QPointF(paint.left() + kShape / 2, paint.cell.center().y()),
                     paint.content.vanished ? Severity::Unknown : paint.content.severity, kShape);
    paintTexts(paint, paint.left() + kShape + kGap, paint.textColor());
}

void paintNumber(const CellPaint& paint)
{
    const GlyphFace& face = paint.valueFace();
    const qreal baseline = paint.baseline(face);
    qreal right = paint.right();
    const TableColumn* column = paint.content.column;
    if (!paint.content.unit.isEmpty()) {
        // Units stand in a lane of their own, so that numbers align over rows with other units.
        const qreal lane = std::max(column ? paint.faces.small.width(column->unitSample) : 0,
                                    paint.faces.small.width(paint.content.unit));
        paint.faces.small.draw(paint.painter, right - lane, paint.baseline(paint.faces.small), paint.content.unit,
                               paint.unitColor());
        right -= lane + 4;
    } else if (column && !column->unitSample.isEmpty()) {
        right -= paint.faces.small.width(column->unitSample) + 4;
    }
    const bool age = column && column->ages;
    face.drawRight(paint.painter, right, baseline, paint.content.text,
                   age && !paint.dimmed() ? paint.colors.text2 : paint.valueColor());
}

void paintBar(const CellPaint& paint, const QRectF& bar)
{
    const ThemeColors& colors = paint.colors;
    paint.painter.fillRect(bar, colors.track);
    const qreal filled = std::round(bar.width() * paint.content.fraction);
    if (filled <= 0 || paint.content.vanished) {
        return;
    }
    const Severity severity = paint.content.severity;
    const QColor& fill = severity == Severity::Critical ? colors.badFill
        : severity == Severity::Warning                 ? colors.warnFill
                                                        : colors.fill;
    paint.painter.fillRect(QRectF(bar.topLeft(), QSizeF(filled, bar.height())), fill);
}

/// The last hour in the lane of bar and size; what is past a threshold keeps its colour.
void paintLine(const CellPaint& paint, qreal left, qreal room)
{
    constexpr qreal kMargin = 5;
    const QRectF area(std::round(left), paint.cell.top() + kMargin, std::floor(room),
                      paint.cell.height() - 2 * kMargin - 1);
    const Severity severity = paint.content.severity;
    const ThemeColors& colors = paint.colors;
    const QColor color = paint.dimmed()  ? colors.text3
        : severity == Severity::Critical ? colors.bad
        : severity == Severity::Warning  ? colors.warn
                                         : colors.series[0];
    if (std::all_of(paint.course.line.begin(), paint.course.line.end(),
                    [](MetricCode code) { return code == kMissingCode; })) {
        return; // nothing known: no base line either
    }
    paint.painter.fillRect(QRectF(area.left(), area.bottom(), area.width(), 1), colors.track);
    paint.painter.setRenderHint(QPainter::Antialiasing);
    paintCourse(paint.painter, area, paint.course.line, courseScale(paint.course.metric, paint.course.line), color);
    paint.painter.setRenderHint(QPainter::Antialiasing, false);
}

void paintMetric(const CellPaint& paint)
{
    const CellContent& content = paint.content;
    const GlyphFace& face = paint.valueFace();
    const TableColumn* column = content.column;
    const qreal numberLane = column ? paint.faces.strong.width(column->numberSample, GlyphFace::Figures::Tabular) : 0;
    const qreal unitLane = column ? paint.faces.base.width(column->unitSample) : 0;
    const qreal numberRight = paint.left() + numberLane;
    face.drawRight(paint.painter, numberRight, paint.baseline(face), content.text, paint.valueColor());
    // "74%" reads as one word, "1.84 s" as two.
    const qreal unitGap = content.unit == u"%" || content.unit.isEmpty() ? 0 : kUnitGap;
    face.draw(paint.painter, numberRight + unitGap, paint.baseline(face), content.unit, paint.unitColor());

    qreal barLeft = numberRight + unitGap + unitLane + kGap;
    qreal room = paint.right() - barLeft;
    if (!paint.course.line.empty() && room >= kMinBar) {
        paintLine(paint, barLeft, room);
        return;
    }
    const qreal sizeLane = column && !column->secondarySample.isEmpty()
        ? paint.faces.small.width(column->secondarySample, GlyphFace::Figures::Tabular) + kGap
        : 0;
    if (room >= sizeLane + kMinBar) {
        if (!content.secondary.isEmpty()) {
            paint.faces.small.drawRight(paint.painter, paint.right(), paint.baseline(paint.faces.small),
                                        content.secondary, paint.dimmed() ? paint.colors.text3 : paint.colors.text2);
        }
        room -= sizeLane;
    }
    if (content.hasFraction && room >= kMinBar) {
        const qreal height = theme().scaled(theme().space.metricBar);
        const qreal top = std::round(paint.cell.center().y() - height / 2);
        paintBar(paint, QRectF(std::round(barLeft), top, std::floor(std::min(room, kMaxBar)), height));
    }
}

/// "+3" for tags that found no room; no allocation.
qreal paintHiddenCount(const CellPaint& paint, qreal left, qsizetype hidden)
{
    std::array<char16_t, 4> text{u'+', u'9', u'9', u'9'};
    std::size_t length = text.size();
    if (hidden < 1000) {
        std::size_t digits = hidden < 10 ? 1 : hidden < 100 ? 2 : 3;
        length = digits + 1;
        for (; digits > 0; --digits, hidden /= 10) {
            text.at(digits) = static_cast<char16_t>(u'0' + hidden % 10);
        }
    }
    const QStringView view(text.data(), static_cast<qsizetype>(length));
    const qreal width = paint.faces.tiny.width(view);
    if (left >= 0 && left + width <= paint.cell.right()) { // else it would stand in the next cell
        paint.faces.tiny.draw(paint.painter, left, paint.baseline(paint.faces.tiny), view, paint.colors.text3);
    }
    return width;
}

void paintTags(const CellPaint& paint)
{
    constexpr qreal kTagGap = 4;
    constexpr qreal kMeasure = -1; ///< no place: measure only
    qreal left = paint.left();
    QStringView rest(paint.content.text);
    while (!rest.isEmpty()) {
        const qsizetype end = rest.indexOf(kTagSeparator);
        const QStringView tag = end < 0 ? rest : rest.left(end);
        const qsizetype after = end < 0 ? 0 : rest.mid(end + 1).count(kTagSeparator) + 1;
        const qreal width = paint.faces.tiny.width(tag) + 2 * 6;
        // A tag that is not the last leaves room for the count of those behind it.
        const qreal kept = after == 0 ? 0 : kTagGap + paintHiddenCount(paint, kMeasure, after);
        if (left + width + kept > paint.right() && left > paint.left()) {
            paintHiddenCount(paint, left, after + 1);
            return;
        }
        left += paintBadge(paint.painter, left, paint.cell, tag, paint.colors.text2) + kTagGap;
        rest = end < 0 ? QStringView() : rest.mid(end + 1);
    }
}

} // namespace

qreal paintBadge(QPainter& painter, qreal left, const QRectF& cell, QStringView text, const QColor& color)
{
    constexpr qreal kInside = 6;
    constexpr qreal kRadius = 3;
    const GlyphFace& face = CellFaces::current().tiny;
    const qreal height = std::min(cell.height() - 6, static_cast<qreal>(theme().scaled(18)));
    const qreal width = std::ceil(std::min(face.width(text), cell.right() - left - 2 * kInside) + 2 * kInside);
    const QRectF box(std::round(left), std::round(cell.center().y() - height / 2), width, height);
    const QBrush brushBefore = painter.brush(); // save() would copy the whole state; the pen is set for each text
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(inkBrush(theme().colors.hover));
    painter.drawRoundedRect(box, kRadius, kRadius);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(brushBefore);
    face.draw(painter, box.left() + kInside, cell.top() + face.baselineIn(cell.height()), text, color,
              width - 2 * kInside + 1);
    return width;
}

void paintCell(QPainter& painter, const QRectF& cell, const CellContent& content, const CellCourse& course)
{
    const CellPaint paint{painter, cell, content, course};
    if (paint.room() <= 0) {
        return;
    }
    switch (content.kind) {
    case CellKind::Group:
        break;
    case CellKind::Status:
        paintStatus(paint);
        break;
    case CellKind::Number:
        paintNumber(paint);
        break;
    case CellKind::Metric:
        paintMetric(paint);
        break;
    case CellKind::Badge:
        if (!content.text.isEmpty()) {
            paintBadge(painter, paint.left(), cell, content.text,
                       content.vanished ? paint.colors.text3 : paint.colors.text2);
        }
        break;
    case CellKind::Tags:
        paintTags(paint);
        break;
    case CellKind::Text:
    case CellKind::Name:
        paintTexts(paint, paint.left(),
                   content.kind == CellKind::Name || paint.dimmed() ? paint.textColor() : paint.colors.text2);
        break;
    }
}

} // namespace tracedeck
