// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/waterfall_view.h"

#include "core/number_format.h"
#include "views/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStringBuilder>
#include <QToolTip>
#include <algorithm>

namespace tracedeck {
namespace {

constexpr double kZoomStep = 0.8;
constexpr int kMinimumLabelWidth = 180;

} // namespace

WaterfallView::WaterfallView(QWidget* parent) : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Timeline"));
    updateGeometryNumbers();
}

void WaterfallView::setTrace(std::shared_ptr<const SpanTable> spans, std::shared_ptr<const SpanLayout> layout)
{
    m_state.setTrace(std::move(spans), std::move(layout));
    m_matches.clear();
    findCriticalPath();
    updateScrollBar();
    describeCurrent();
    viewport()->update();
    announceWindow();
}

void WaterfallView::describeCurrent()
{
    const bool known = !m_state.empty() && m_state.current() != WaterfallState::kNone;
    setAccessibleDescription(known ? toolTipFor(m_state.current()) : QString());
}

void WaterfallView::selectPosition(std::uint32_t position)
{
    if (m_state.empty() || position >= m_state.layout().size()) {
        return;
    }
    m_state.reveal(position);
    m_state.setCurrent(position);
    m_state.revealTime(position); // whoever jumps there wants to see its bar, too
    afterStateChange(true);
    announceWindow();
}

void WaterfallView::setWindow(const TimeWindow& window)
{
    m_state.setWindow(window);
    viewport()->update();
}

void WaterfallView::setMatches(std::vector<std::uint32_t> positions)
{
    if (positions != m_matches) {
        m_matches = std::move(positions);
        viewport()->update();
    }
}

void WaterfallView::setCriticalPathShown(bool shown)
{
    m_criticalShown = shown;
    findCriticalPath();
    viewport()->update();
}

void WaterfallView::findCriticalPath()
{
    m_critical = m_criticalShown && !m_state.empty() ? criticalPath(m_state.spans(), m_state.layout()) : CriticalPath();
    std::stable_sort(m_critical.segments.begin(), m_critical.segments.end(),
                     [](const CriticalSegment& a, const CriticalSegment& b) { return a.position < b.position; });
}

std::size_t WaterfallView::criticalSpans() const
{
    return static_cast<std::size_t>(
        std::count_if(m_critical.nsOf.begin(), m_critical.nsOf.end(), [](std::int64_t ns) { return ns > 0; }));
}

bool WaterfallView::runCommand(const QString& id)
{
    if (m_state.empty()) {
        return false;
    }
    const TimeWindow before = m_state.window();
    const std::uint32_t current = m_state.current();
    const std::int64_t middle = before.beginNs + before.lengthNs() / 2;
    if (id == u"trace.zoomIn" || id == u"trace.zoomOut") {
        m_state.zoom(id == u"trace.zoomIn" ? kZoomStep * kZoomStep : 1 / (kZoomStep * kZoomStep), middle);
    } else if (id == u"trace.fit") {
        m_state.fit();
    } else if (id == u"trace.fold") {
        m_state.collapseOrParent();
    } else if (id == u"trace.unfold") {
        m_state.expandOrChild();
    } else if (id == u"trace.foldAll") {
        m_state.collapseAll();
    } else if (id == u"trace.unfoldAll") {
        m_state.expandAll();
    } else if (id == u"trace.nextSibling" || id == u"trace.previousSibling") {
        m_state.moveToSibling(id == u"trace.previousSibling");
    } else {
        return false;
    }
    afterStateChange(current != m_state.current());
    if (id.endsWith(QStringLiteral("Sibling"))) {
        saySibling();
    }
    if (!(before == m_state.window())) {
        announceWindow();
    }
    return true;
}

QRect WaterfallView::rowRect(std::uint32_t position) const
{
    const std::uint32_t row = m_state.empty() ? WaterfallState::kNone : m_state.rowOf(position);
    const auto first = static_cast<std::uint32_t>(verticalScrollBar()->value());
    if (row == WaterfallState::kNone || row < first || row > first + static_cast<std::uint32_t>(rowsPerPage())) {
        return {};
    }
    return m_geometry.rowRect(static_cast<int>(row - first));
}

void WaterfallView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(viewport());
    ++m_paintCount;
    if (m_state.empty()) {
        painter.fillRect(viewport()->rect(), theme().colors.panel);
        painter.setPen(theme().colors.text2);
        painter.drawText(viewport()->rect(), Qt::AlignCenter, tr("This trace has no spans."));
        return;
    }
    const WaterfallLook look{static_cast<std::uint32_t>(verticalScrollBar()->value()), m_hovered, hasFocus(),
                             &m_matches, m_critical.root == SpanLayout::kNoParent ? nullptr : &m_critical};
    WaterfallPainter content(painter, m_state, m_geometry, look);
    content.paint();
    m_rowsPainted = content.rowsPainted();
    if (m_drag == Drag::Range) {
        paintRange(painter);
    }
}

void WaterfallView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateGeometryNumbers();
    updateScrollBar();
}

void WaterfallView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        updateGeometryNumbers();
        updateScrollBar();
        viewport()->update();
    }
}

void WaterfallView::mousePressEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    m_dragFromX = m_dragToX = at.x();
    if (m_state.empty()) {
        return;
    }
    if (onDivider(at.x())) {
        m_drag = Drag::Divider;
        return;
    }
    const bool onBars = at.x() > m_geometry.labelWidth;
    if (event->button() == Qt::MiddleButton && onBars) {
        m_drag = Drag::Pan;
        return;
    }
    if (event->button() == Qt::LeftButton && onBars
        && ((event->modifiers() & Qt::ShiftModifier) != 0 || at.y() < m_geometry.headerHeight)) {
        m_drag = Drag::Range;
        return;
    }
    const std::uint32_t row = rowAt(at.y());
    if (event->button() != Qt::LeftButton || row == WaterfallState::kNone) {
        return;
    }
    const std::uint32_t position = m_state.visible()[row];
    const QRect rect = m_geometry.rowRect(static_cast<int>(row) - verticalScrollBar()->value());
    if (m_geometry.triangleRect(rect, m_state.layout().depth[position]).adjusted(-4, -6, 2, 6).contains(at)) {
        m_state.setCollapsed(position, !m_state.isCollapsed(position));
        afterStateChange(false);
        return;
    }
    m_state.setCurrent(position);
    afterStateChange(true);
}

void WaterfallView::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    if (m_state.empty()) {
        return;
    }
    switch (m_drag) {
    case Drag::Divider:
        m_labelWidthChosen = true;
        m_geometry.labelWidth =
            std::clamp(at.x(), kMinimumLabelWidth, std::max(viewport()->width() - 200, kMinimumLabelWidth));
        viewport()->update();
        return;
    case Drag::Pan:
        m_state.pan(timeAt(m_dragToX) - timeAt(at.x()));
        m_dragToX = at.x();
        viewport()->update();
        announceWindow();
        return;
    case Drag::Range:
        m_dragToX = std::clamp(at.x(), m_geometry.barsLeft(), m_geometry.barsLeft() + m_geometry.barsWidth());
        viewport()->update();
        return;
    case Drag::None:
        break;
    }
    viewport()->setCursor(onDivider(at.x()) ? Qt::SplitHCursor : Qt::ArrowCursor);
    const std::uint32_t row = rowAt(at.y());
    if (row != m_hovered) {
        m_hovered = row;
        viewport()->update();
    }
}

void WaterfallView::mouseReleaseEvent(QMouseEvent* /*event*/)
{
    if (m_drag == Drag::Range && std::abs(m_dragToX - m_dragFromX) > 4) {
        const std::int64_t a = timeAt(m_dragFromX);
        const std::int64_t b = timeAt(m_dragToX);
        m_state.setWindow({std::min(a, b), std::max(a, b)});
        announceWindow();
    }
    m_drag = Drag::None;
    viewport()->update();
}

void WaterfallView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const std::uint32_t row = m_state.empty() ? WaterfallState::kNone : rowAt(event->position().toPoint().y());
    if (row == WaterfallState::kNone) {
        return;
    }
    const std::uint32_t position = m_state.visible()[row];
    m_state.setCollapsed(position, !m_state.isCollapsed(position));
    afterStateChange(false);
    Q_EMIT positionActivated(position);
}

void WaterfallView::leaveEvent(QEvent* event)
{
    QAbstractScrollArea::leaveEvent(event);
    if (m_hovered != WaterfallState::kNone) {
        m_hovered = WaterfallState::kNone;
        viewport()->update();
    }
}

void WaterfallView::scrollContentsBy(int /*dx*/, int /*dy*/)
{
    viewport()->update();
}

std::uint32_t WaterfallView::rowAt(int y) const
{
    if (y < m_geometry.headerHeight) {
        return WaterfallState::kNone;
    }
    const std::int64_t row = verticalScrollBar()->value() + (y - m_geometry.headerHeight) / m_geometry.rowHeight;
    return row < static_cast<std::int64_t>(m_state.rows()) ? static_cast<std::uint32_t>(row) : WaterfallState::kNone;
}

std::int64_t WaterfallView::timeAt(int x) const
{
    return timeOfPixel(m_state.window(), m_geometry.barsWidth(), x - m_geometry.barsLeft());
}

int WaterfallView::rowsPerPage() const
{
    return std::max((viewport()->height() - m_geometry.headerHeight) / m_geometry.rowHeight, 1);
}

bool WaterfallView::onDivider(int x) const
{
    return std::abs(x - m_geometry.labelWidth) <= 3;
}

void WaterfallView::updateGeometryNumbers()
{
    m_geometry.width = viewport()->width();
    m_geometry.height = viewport()->height();
    m_geometry.headerHeight = theme().scaled(theme().space.header);
    m_geometry.rowHeight = theme().scaled(theme().space.waterfallRow);
    m_geometry.durationWidth = theme().scaled(80);
    if (!m_labelWidthChosen) {
        m_geometry.labelWidth = std::clamp(m_geometry.width * 42 / 100, kMinimumLabelWidth, theme().scaled(520));
    }
}

void WaterfallView::updateScrollBar()
{
    verticalScrollBar()->setPageStep(rowsPerPage());
    verticalScrollBar()->setSingleStep(1);
    verticalScrollBar()->setRange(0, std::max(static_cast<int>(m_state.rows()) - rowsPerPage(), 0));
}

void WaterfallView::afterStateChange(bool currentChanged)
{
    updateScrollBar();
    describeCurrent();
    if (currentChanged) {
        ensureCurrentVisible();
        Q_EMIT positionSelected(m_state.current());
    }
    viewport()->update();
}

void WaterfallView::ensureCurrentVisible()
{
    const std::uint32_t row =
        m_state.current() == WaterfallState::kNone ? WaterfallState::kNone : m_state.rowOf(m_state.current());
    if (row == WaterfallState::kNone) {
        return;
    }
    const int target = static_cast<int>(row);
    const int first = verticalScrollBar()->value();
    if (target < first) {
        verticalScrollBar()->setValue(target);
    } else if (target >= first + rowsPerPage()) {
        verticalScrollBar()->setValue(target - rowsPerPage() + 1);
    }
}

void WaterfallView::announceWindow()
{
    Q_EMIT windowChanged(m_state.window());
}

} // namespace tracedeck
