// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/waterfall_painter.h"

#include "core/number_format.h"
#include "models/cell_values.h"
#include "views/paint_ink.h"
#include "views/theme.h"

#include <QCoreApplication>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

namespace tracedeck {
namespace {

/// Marks of the tree in words, so that nothing about a trace is hidden.
QString markText(std::uint8_t marks)
{
    const auto tr = [](const char* source) { return QCoreApplication::translate("WaterfallPainter", source); };
    if ((marks & kSpanCycle) != 0) {
        return tr("parent loop");
    }
    if ((marks & kSpanOrphan) != 0) {
        return tr("parent missing");
    }
    if ((marks & kSpanBackwards) != 0) {
        return tr("ends before it starts");
    }
    return (marks & kSpanDuplicate) != 0 ? tr("duplicate id") : QString();
}

} // namespace

QColor serviceColor(const SpanTable& spans, const std::vector<std::uint8_t>& colors, std::uint32_t row)
{
    return seriesColor(colors[spans.resource[row]]);
}

int WaterfallGeometry::indentOf(std::uint32_t depth) const
{
    constexpr int kStep = 14;
    const int room = std::max((labelWidth - durationWidth) / 2, kStep);
    return static_cast<int>(std::min<std::int64_t>(static_cast<std::int64_t>(depth) * kStep, room));
}

QRect WaterfallGeometry::triangleRect(const QRect& row, std::uint32_t depth) const
{
    return {row.left() + 8 + indentOf(depth), row.center().y() - 7, 14, 14};
}

WaterfallPainter::WaterfallPainter(QPainter& painter, const WaterfallState& state, const WaterfallGeometry& geometry,
                                   const WaterfallLook& look)
    : m_painter(painter), m_state(state), m_geometry(geometry), m_look(look), m_faces(CellFaces::current())
{
    m_ticks = timeTicks(m_state.window(), m_state.limits().beginNs, std::max(m_geometry.barsWidth() / 110, 1));
}

void WaterfallPainter::paint()
{
    const ThemeColors& colors = theme().colors;
    m_painter.fillRect(0, 0, m_geometry.width, m_geometry.height, colors.panel);
    paintTicks();
    const int onScreen = (m_geometry.height - m_geometry.headerHeight) / m_geometry.rowHeight + 1;
    for (int i = 0; i < onScreen; ++i) {
        const std::uint32_t row = m_look.firstRow + static_cast<std::uint32_t>(i);
        if (row >= m_state.rows()) {
            break;
        }
        paintRow(row, m_geometry.rowRect(i));
        ++m_rowsPainted;
    }
    paintHeader();
    drawUpright(m_geometry.labelWidth, 0, m_geometry.height);
}

/// A filled rectangle: a line of the painter costs ten times as much.
void WaterfallPainter::drawUpright(int x, int top, int bottom)
{
    m_painter.fillRect(QRect(x, top, 1, bottom - top), theme().colors.line);
}

void WaterfallPainter::paintTicks()
{
    for (const std::int64_t tick : m_ticks) {
        const int x =
            m_geometry.barsLeft() + static_cast<int>(pixelOfTime(m_state.window(), m_geometry.barsWidth(), tick));
        drawUpright(x, m_geometry.headerHeight, m_geometry.height);
    }
}

void WaterfallPainter::paintHeader()
{
    const ThemeColors& colors = theme().colors;
    const QRect header(0, 0, m_geometry.width, m_geometry.headerHeight);
    m_painter.fillRect(header, colors.panel);
    const int labelsRight = m_geometry.labelWidth - 12;
    drawText(12, header, labelsRight, QCoreApplication::translate("WaterfallPainter", "Service and operation"),
             m_faces.small, colors.text2);
    const QString duration = QCoreApplication::translate("WaterfallPainter", "Duration");
    drawText(labelsRight - static_cast<int>(std::ceil(m_faces.small.width(duration))), header, labelsRight + 1,
             duration, m_faces.small, colors.text2);
    const int right = m_geometry.barsLeft() + m_geometry.barsWidth();
    for (const std::int64_t tick : m_ticks) {
        const int x =
            m_geometry.barsLeft() + static_cast<int>(pixelOfTime(m_state.window(), m_geometry.barsWidth(), tick));
        const std::int64_t offset = tick - m_state.limits().beginNs;
        const QString label =
            offset == 0 ? QStringLiteral("0") : QString::fromStdString(formatDuration(offset).joined());
        drawUpright(x, m_geometry.headerHeight - 6, m_geometry.headerHeight);
        if (x + 6 + m_faces.small.width(label) <= right + 8) {
            drawText(x + 6, header, x + 126, label, m_faces.small, colors.text2);
        }
    }
    m_painter.fillRect(QRect(0, m_geometry.headerHeight - 1, m_geometry.width, 1), colors.line);
}

void WaterfallPainter::paintRow(std::uint32_t row, const QRect& rect)
{
    const ThemeColors& colors = theme().colors;
    const std::uint32_t position = m_state.visible()[row];
    const bool current = position == m_state.current();
    if (current) {
        m_painter.fillRect(rect, colors.selection);
        m_painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), colors.accent);
    } else if (row == m_look.hoveredRow) {
        m_painter.fillRect(rect, colors.hover);
    }
    const bool found =
        m_look.matches != nullptr && std::binary_search(m_look.matches->begin(), m_look.matches->end(), position);
    if (found) {
        m_painter.fillRect(QRect(m_geometry.labelWidth - 3, rect.top() + 3, 3, rect.height() - 6), colors.warn);
    }
    paintGuides(position, rect);
    paintLabel(position, rect);
    paintBar(position, rect);
    m_painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colors.line);
    if (current && m_look.focused) {
        m_painter.setPen(colors.accent);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRect(rect.adjusted(0, 0, -1, -1));
    }
}

void WaterfallPainter::paintGuides(std::uint32_t position, const QRect& rect)
{
    int last = -1;
    const std::uint32_t depth = m_state.layout().depth[position];
    // Beyond the squeezed depth all guides fall on one line: a few dozen suffice.
    for (std::uint32_t d = 0; d < std::min(depth, 64U); ++d) {
        const int x = rect.left() + 15 + m_geometry.indentOf(d);
        if (x != last) {
            drawUpright(x, rect.top(), rect.bottom() + 1);
        }
        last = x;
    }
}

int WaterfallPainter::drawText(int x, const QRect& rect, int right, QStringView string, const GlyphFace& face,
                               const QColor& color)
{
    if (x >= right || string.isEmpty()) {
        return x;
    }
    const qreal baseline = rect.top() + face.baselineIn(rect.height());
    return x + static_cast<int>(std::ceil(face.draw(m_painter, x, baseline, string, color, right - x)));
}

/// How many spans a folded one hides: "+7".
QString WaterfallPainter::insideText(std::uint32_t position) const
{
    return u'+' + QString::fromStdString(formatCount(m_state.layout().subtreeEnd[position] - position - 1));
}

void WaterfallPainter::paintLabel(std::uint32_t position, const QRect& rect)
{
    const ThemeColors& colors = theme().colors;
    const SpanTable& spans = m_state.spans();
    const std::uint32_t row = m_state.layout().row[position];
    const std::uint8_t marks = m_state.layout().marks[position];
    const QRect triangle = m_geometry.triangleRect(rect, m_state.layout().depth[position]);
    if (m_state.layout().hasChildren(position)) {
        const QPointF c = QRectF(triangle).center();
        const std::array<QPointF, 3> folded{c + QPointF(-2, -4), c + QPointF(3, 0), c + QPointF(-2, 4)};
        const std::array<QPointF, 3> open{c + QPointF(-4, -2), c + QPointF(4, -2), c + QPointF(0, 3)};
        m_painter.setRenderHint(QPainter::Antialiasing, true);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(inkBrush(colors.text2));
        m_painter.drawConvexPolygon(m_state.isCollapsed(position) ? folded.data() : open.data(), 3);
        m_painter.setRenderHint(QPainter::Antialiasing, false);
    }
    int x = triangle.right() + 4;
    const int right = m_geometry.labelWidth - m_geometry.durationWidth - 8;
    m_painter.fillRect(QRect(x, rect.top() + 6, 3, rect.height() - 13), serviceColor(spans, m_state.colors(), row));
    assignText(m_text, spans.service(row));
    x = drawText(x + 8, rect, right, m_text, m_faces.base, colors.text);
    const bool failed = spans.status[row] == SpanStatus::Error;
    const QString failure =
        failed ? QStringLiteral("\u2715 ") + QCoreApplication::translate("WaterfallPainter", "error") : QString();
    const int failureWidth = failed ? static_cast<int>(std::ceil(m_faces.small.width(failure))) + 8 : 0;
    assignText(m_text, spans.strings.view(spans.name[row]));
    const QString inside = m_state.isCollapsed(position) ? insideText(position) : QString();
    const int insideWidth = inside.isEmpty() ? 0 : static_cast<int>(std::ceil(m_faces.small.width(inside))) + 8;
    x = drawText(x + 8, rect, right - failureWidth - insideWidth, m_text, m_faces.base, colors.text2);
    x = inside.isEmpty() ? x : drawText(x + 8, rect, right - failureWidth, inside, m_faces.small, colors.text3);
    if (failed) {
        x = drawText(x + 8, rect, right, failure, m_faces.small, colors.bad);
    } else if (m_state.isCollapsed(position) && (marks & kSpanErrorBelow) != 0) {
        x = drawText(x + 8, rect, right, QCoreApplication::translate("WaterfallPainter", "\u2715 error inside"),
                     m_faces.small, colors.bad);
    }
    if (marks != 0) {
        drawText(x + 8, rect, right, markText(marks), m_faces.small, colors.warn);
    }
    const std::int64_t duration = std::max<std::int64_t>(spans.durationNs[row], 0);
    assignText(m_text, formatDuration(duration).joined());
    const GlyphFace& mono = m_faces.mono();
    mono.drawRight(m_painter, right + m_geometry.durationWidth - 4, rect.top() + mono.baselineIn(rect.height()), m_text,
                   colors.text2);
}

void WaterfallPainter::paintBar(std::uint32_t position, const QRect& rect)
{
    const SpanTable& spans = m_state.spans();
    const std::uint32_t row = m_state.layout().row[position];
    const TimeWindow& window = m_state.window();
    const std::int64_t end = spans.startNs[row] + std::max<std::int64_t>(spans.durationNs[row], 0);
    if (end < window.beginNs || spans.startNs[row] > window.endNs) {
        return;
    }
    const double width = m_geometry.barsWidth();
    const double from = std::clamp(pixelOfTime(window, width, spans.startNs[row]), 0.0, width);
    const double to = std::clamp(pixelOfTime(window, width, end), 0.0, width);
    const QRectF bar(m_geometry.barsLeft() + from, rect.top() + 7, std::max(to - from, 2.0), rect.height() - 14);
    QColor color = serviceColor(spans, m_state.colors(), row);
    if (m_look.critical != nullptr && m_look.critical->nsOf[position] == 0) {
        constexpr float kOffThePath = 0.35F;
        color.setAlphaF(kOffThePath);
    }
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(inkBrush(color));
    if (bar.width() >= 6) {
        m_painter.setRenderHint(QPainter::Antialiasing, true);
        m_painter.drawRoundedRect(bar, 2, 2);
        m_painter.setRenderHint(QPainter::Antialiasing, false);
    } else {
        m_painter.fillRect(bar, color);
    }
    if (spans.status[row] == SpanStatus::Error) {
        m_painter.fillRect(QRectF(bar.left(), bar.bottom() + 1, bar.width(), 2), theme().colors.bad);
    }
    const IndexRange events = spans.events[row];
    int lastX = -1;
    for (std::uint32_t i = events.begin; i < std::min(events.end, events.begin + 256); ++i) {
        const int x = m_geometry.barsLeft() + static_cast<int>(pixelOfTime(window, width, spans.eventRows.timeNs[i]));
        if (x != lastX && x >= m_geometry.barsLeft() && x < m_geometry.width) {
            m_painter.fillRect(QRect(x, rect.top() + 5, 1, rect.height() - 10), theme().colors.text);
        }
        lastX = x;
    }
    paintCritical(position, rect);
}

/// A line over the bar for each stretch the trace waited for this span.
void WaterfallPainter::paintCritical(std::uint32_t position, const QRect& rect)
{
    if (m_look.critical == nullptr) {
        return;
    }
    const std::vector<CriticalSegment>& segments = m_look.critical->segments;
    const double width = m_geometry.barsWidth();
    auto segment = std::lower_bound(segments.begin(), segments.end(), position,
                                    [](const CriticalSegment& one, std::uint32_t at) { return one.position < at; });
    for (; segment != segments.end() && segment->position == position; ++segment) {
        const TimeWindow& window = m_state.window();
        if (segment->endNs < window.beginNs || segment->beginNs > window.endNs) {
            continue;
        }
        const double from = std::clamp(pixelOfTime(window, width, segment->beginNs), 0.0, width);
        const double to = std::clamp(pixelOfTime(window, width, segment->endNs), 0.0, width);
        m_painter.fillRect(QRectF(m_geometry.barsLeft() + from, rect.top() + 3, std::max(to - from, 1.0), 3),
                           theme().colors.text);
    }
}

} // namespace tracedeck
