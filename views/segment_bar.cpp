// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/segment_bar.h"

#include "views/status_shape.h"
#include "views/theme.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

namespace tracedeck {

namespace {
constexpr int kSegmentPadding = 10;
constexpr int kShape = 14;
} // namespace

SegmentBar::SegmentBar(std::vector<Segment> segments, QWidget* parent)
    : QWidget(parent), m_segments(std::move(segments))
{
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    describeChoice();
}

QString SegmentBar::current() const
{
    return m_segments.empty() ? QString() : m_segments[static_cast<std::size_t>(m_current)].id;
}

void SegmentBar::setCurrent(const QString& id)
{
    int found = 0;
    for (std::size_t i = 0; i < m_segments.size(); ++i) {
        found = m_segments[i].id == id ? static_cast<int>(i) : found;
    }
    if (found != m_current) {
        m_current = found;
        describeChoice();
        update();
    }
}

void SegmentBar::describeChoice()
{
    setAccessibleDescription(m_segments.empty() ? QString() : m_segments[static_cast<std::size_t>(m_current)].text);
}

int SegmentBar::segmentWidth(std::size_t index) const
{
    const Segment& segment = m_segments[index];
    return QFontMetrics(theme().smallFont()).horizontalAdvance(segment.text) + 2 * kSegmentPadding
        + (segment.severity != Severity::None ? kShape : 0);
}

int SegmentBar::segmentAt(int x) const
{
    int right = 0;
    for (std::size_t i = 0; i < m_segments.size(); ++i) {
        right += segmentWidth(i);
        if (x < right) {
            return static_cast<int>(i);
        }
    }
    return static_cast<int>(m_segments.size()) - 1;
}

QSize SegmentBar::sizeHint() const
{
    int width = 1;
    for (std::size_t i = 0; i < m_segments.size(); ++i) {
        width += segmentWidth(i);
    }
    return {width, theme().scaled(28)};
}

void SegmentBar::choose(int index)
{
    if (index >= 0 && index < static_cast<int>(m_segments.size()) && index != m_current) {
        m_current = index;
        describeChoice();
        update();
        Q_EMIT activated(current());
    }
}

void SegmentBar::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = theme().colors;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath outline;
    outline.addRoundedRect(frame, theme().space.radius, theme().space.radius);
    painter.fillPath(outline, colors.panel);
    painter.setClipPath(outline);
    painter.setFont(theme().smallFont());
    int x = 0;
    for (std::size_t i = 0; i < m_segments.size(); ++i) {
        const int width = segmentWidth(i);
        const QRect cell(x, 0, width, height());
        const bool on = static_cast<int>(i) == m_current;
        if (on || static_cast<int>(i) == m_hovered) {
            painter.fillRect(cell, on ? colors.accentBg : colors.hover);
        }
        if (i > 0) {
            painter.setPen(colors.line);
            painter.drawLine(QPointF(x + 0.5, 0), QPointF(x + 0.5, height()));
        }
        const int shape = m_segments[i].severity != Severity::None ? kShape : 0;
        if (shape > 0) {
            paintStatusShape(painter, QPointF(x + kSegmentPadding + 4, height() / 2.0), m_segments[i].severity);
        }
        painter.setPen(on ? colors.text : colors.text2);
        painter.drawText(cell.adjusted(kSegmentPadding + shape, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                         m_segments[i].text);
        x += width;
    }
    painter.setClipping(false);
    painter.setPen(hasFocus() ? QPen(colors.accent, 1.5) : QPen(colors.line, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(outline);
}

void SegmentBar::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        choose(segmentAt(static_cast<int>(event->position().x())));
    }
}

void SegmentBar::mouseMoveEvent(QMouseEvent* event)
{
    const int hovered = segmentAt(static_cast<int>(event->position().x()));
    if (hovered != m_hovered) {
        m_hovered = hovered;
        update();
    }
}

void SegmentBar::leaveEvent(QEvent*)
{
    m_hovered = -1;
    update();
}

void SegmentBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        choose(m_current + (event->key() == Qt::Key_Left ? -1 : 1));
        return;
    }
    QWidget::keyPressEvent(event);
}

void SegmentBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        updateGeometry();
    }
}

} // namespace tracedeck
