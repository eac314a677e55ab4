// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/waterfall_painter.h"
#include "views/waterfall_state.h"

#include <QAbstractScrollArea>
#include <memory>
#include <vector>

namespace tracedeck {

/// The timeline of one trace. Scrolls in rows, so that a million spans fit any scroll bar; paints only what
/// is on screen. Mouse: click selects, triangle or double click folds, wheel scrolls, Ctrl+wheel zooms at
/// the pointer, Shift+wheel or middle drag pans, Shift+drag selects a time range. Keys: see keyPressEvent.
class WaterfallView : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit WaterfallView(QWidget* parent = nullptr);

    /// Shows a trace. The layout must belong to the spans.
    void setTrace(std::shared_ptr<const SpanTable> spans, std::shared_ptr<const SpanLayout> layout);
    [[nodiscard]] const WaterfallState& state() const noexcept { return m_state; }

    /// Selects a position, opens its ancestors and scrolls it into view.
    void selectPosition(std::uint32_t position);
    void setWindow(const TimeWindow& window);
    /// Sorted positions to mark; empties the marks when empty.
    void setMatches(std::vector<std::uint32_t> positions);
    /// Marks what the trace waited for, and dims the rest; kept for the traces shown later.
    void setCriticalPathShown(bool shown);
    [[nodiscard]] bool showsCriticalPath() const noexcept { return m_criticalShown; }
    /// Spans on the path that is marked; 0 when none is.
    [[nodiscard]] std::size_t criticalSpans() const;
    /// Runs "trace.zoomIn", "trace.zoomOut", "trace.fit", "trace.fold", "trace.unfold", "trace.nextSibling",
    /// "trace.previousSibling", "trace.foldAll", "trace.unfoldAll". False = not one of these.
    bool runCommand(const QString& id);

    /// Rows painted by the last paint event.
    [[nodiscard]] int rowsPainted() const noexcept { return m_rowsPainted; }
    [[nodiscard]] int paintCount() const noexcept { return m_paintCount; }
    /// Rectangle of a position's row in the viewport; empty when it is not on screen.
    [[nodiscard]] QRect rowRect(std::uint32_t position) const;

Q_SIGNALS:
    void positionSelected(quint32 position);
    void positionActivated(quint32 position);
    void windowChanged(const tracedeck::TimeWindow& window);
    /// The menu of a span is wanted; it is the current one by then.
    void menuRequested(quint32 position, const QPoint& globalPosition);
    /// One line about where a key led to.
    void noticed(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    enum class Drag : std::uint8_t { None, Divider, Pan, Range };

    [[nodiscard]] std::uint32_t rowAt(int y) const;
    [[nodiscard]] std::int64_t timeAt(int x) const;
    [[nodiscard]] int rowsPerPage() const;
    [[nodiscard]] bool onDivider(int x) const;
    bool moveByKey(int key);
    void updateGeometryNumbers();
    void updateScrollBar();
    void afterStateChange(bool currentChanged);
    void ensureCurrentVisible();
    /// A screen reader says the current span.
    void describeCurrent();
    void announceWindow();
    void paintRange(QPainter& painter) const;
    void saySibling();
    void findCriticalPath();
    [[nodiscard]] QString toolTipFor(std::uint32_t position) const;

    WaterfallState m_state;
    WaterfallGeometry m_geometry;
    std::vector<std::uint32_t> m_matches;
    CriticalPath m_critical; ///< of the trace shown, sorted by position; only while it is marked
    bool m_criticalShown = false;
    std::uint32_t m_hovered = WaterfallState::kNone;
    Drag m_drag = Drag::None;
    int m_dragFromX = 0;
    int m_dragToX = 0;
    bool m_labelWidthChosen = false;
    int m_rowsPainted = 0;
    int m_paintCount = 0;
};

} // namespace tracedeck
