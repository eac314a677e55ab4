// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"
#include "selectors/span_layout.h"
#include "selectors/time_scale.h"

#include <QPixmap>
#include <QWidget>
#include <memory>

namespace tracedeck {

/// The whole trace in a few lines above the timeline, with the window in view marked. Dragging chooses a
/// window, dragging inside the marked one moves it, double click shows everything. The picture is made once
/// per trace, size and theme.
class TraceOverviewStrip : public QWidget {
    Q_OBJECT

public:
    explicit TraceOverviewStrip(QWidget* parent = nullptr);

    void setTrace(std::shared_ptr<const SpanTable> spans, std::shared_ptr<const SpanLayout> layout);
    /// Does not emit.
    void setWindow(const TimeWindow& window, const TimeWindow& limits);

    [[nodiscard]] QSize sizeHint() const override { return {400, 52}; }
    /// How often the picture was made, for tests.
    [[nodiscard]] int renderCount() const noexcept { return m_renderCount; }

Q_SIGNALS:
    void windowChosen(const tracedeck::TimeWindow& window);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] QRect content() const;
    [[nodiscard]] std::int64_t timeAt(int x) const;
    [[nodiscard]] int xOf(std::int64_t timeNs) const;
    void render();

    std::shared_ptr<const SpanTable> m_spans;
    std::shared_ptr<const SpanLayout> m_layout;
    TimeWindow m_window;
    TimeWindow m_limits;
    QPixmap m_picture;
    bool m_dragging = false;
    bool m_moving = false;
    int m_dragFromX = 0;
    int m_dragToX = 0;
    int m_renderCount = 0;
};

} // namespace tracedeck
