// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/trace_overview_strip.h"

#include "selectors/service_colors.h"
#include "selectors/span_window.h"
#include "views/theme.h"
#include "views/waterfall_painter.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace tracedeck {
namespace {

constexpr int kLaneHeight = 3;

} // namespace

TraceOverviewStrip::TraceOverviewStrip(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFixedHeight(52);
    setMouseTracking(true);
    setAccessibleName(tr("Trace overview"));
}

void TraceOverviewStrip::setTrace(std::shared_ptr<const SpanTable> spans, std::shared_ptr<const SpanLayout> layout)
{
    m_spans = std::move(spans);
    m_layout = std::move(layout);
    m_picture = QPixmap();
    update();
}

void TraceOverviewStrip::setWindow(const TimeWindow& window, const TimeWindow& limits)
{
    m_window = window;
    m_limits = limits;
    update();
}

QRect TraceOverviewStrip::content() const
{
    return rect().adjusted(12, 8, -12, -8);
}

std::int64_t TraceOverviewStrip::timeAt(int x) const
{
    return timeOfPixel(m_limits, content().width(), std::clamp(x - content().left(), 0, content().width()));
}

int TraceOverviewStrip::xOf(std::int64_t timeNs) const
{
    return content().left() + static_cast<int>(pixelOfTime(m_limits, content().width(), timeNs));
}

void TraceOverviewStrip::render()
{
    const qreal ratio = devicePixelRatioF();
    m_picture = QPixmap(content().size() * ratio);
    m_picture.setDevicePixelRatio(ratio);
    m_picture.fill(Qt::transparent);
    ++m_renderCount;
    if (m_spans == nullptr || m_layout->size() == 0) {
        return;
    }
    QPainter painter(&m_picture);
    // The picture covers the limits, which reach a little past the last span.
    const double share = pixelOfTime(m_limits, content().width(), std::max(m_layout->endNs, m_layout->startNs + 1));
    const std::vector<std::uint8_t> colors = serviceColors(*m_spans);
    const int lanes = std::max(content().height() / kLaneHeight, 1);
    for (const OverviewBar& bar : overviewBars(*m_spans, *m_layout, std::max(static_cast<int>(share), 1), lanes)) {
        const QRect rect(bar.beginPixel, bar.lane * kLaneHeight, std::max(bar.endPixel - bar.beginPixel, 1),
                         kLaneHeight - 1);
        painter.fillRect(rect, bar.error ? theme().colors.bad : serviceColor(*m_spans, colors, bar.row));
    }
}

void TraceOverviewStrip::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    const ThemeColors& colors = theme().colors;
    painter.fillRect(rect(), colors.window);
    if (m_picture.isNull() || m_picture.deviceIndependentSize().toSize() != content().size()) {
        render();
    }
    painter.fillRect(content().adjusted(-1, -1, 1, 1), colors.panel);
    painter.drawPixmap(content().topLeft(), m_picture);
    int left = xOf(m_window.beginNs);
    int right = xOf(m_window.endNs);
    if (m_dragging && !m_moving) {
        left = std::min(m_dragFromX, m_dragToX);
        right = std::max(m_dragFromX, m_dragToX);
    }
    QColor shade = colors.window;
    shade.setAlphaF(0.7F);
    painter.fillRect(QRect(QPoint(content().left() - 1, content().top() - 1), QPoint(left - 1, content().bottom() + 1)),
                     shade);
    painter.fillRect(
        QRect(QPoint(right + 1, content().top() - 1), QPoint(content().right() + 1, content().bottom() + 1)), shade);
    painter.setPen(colors.line);
    painter.drawRect(content().adjusted(-1, -1, 0, 0));
    painter.setPen(colors.accent);
    painter.drawRect(
        QRect(QPoint(left, content().top() - 1), QPoint(std::min(right, content().right()), content().bottom())));
}

void TraceOverviewStrip::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_spans == nullptr) {
        return;
    }
    m_dragFromX = m_dragToX = event->position().toPoint().x();
    const bool zoomed = m_window.lengthNs() < m_limits.lengthNs();
    m_moving = zoomed && m_dragFromX > xOf(m_window.beginNs) && m_dragFromX < xOf(m_window.endNs);
    m_dragging = true;
}

void TraceOverviewStrip::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_dragging) {
        return;
    }
    const int x = event->position().toPoint().x();
    if (m_moving) {
        m_window = panBy(m_window, timeAt(x) - timeAt(m_dragToX), m_limits);
        Q_EMIT windowChosen(m_window);
    }
    m_dragToX = x;
    update();
}

void TraceOverviewStrip::mouseReleaseEvent(QMouseEvent* /*event*/)
{
    if (m_dragging && !m_moving && std::abs(m_dragToX - m_dragFromX) > 3) {
        const std::int64_t a = timeAt(m_dragFromX);
        const std::int64_t b = timeAt(m_dragToX);
        m_window = {std::min(a, b), std::max({a, b, std::min(a, b) + 1})};
        Q_EMIT windowChosen(m_window);
    }
    m_dragging = m_moving = false;
    update();
}

void TraceOverviewStrip::mouseDoubleClickEvent(QMouseEvent* /*event*/)
{
    m_window = m_limits;
    Q_EMIT windowChosen(m_window);
    update();
}

void TraceOverviewStrip::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        m_picture = QPixmap();
        update();
    }
}

} // namespace tracedeck
