// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history_frame.h"
#include "core/metric_history.h"

#include <QtCharts/QChartView>
#include <vector>

class QValueAxis;

namespace tracedeck {

/// One line of a chart.
struct ChartLine {
    MetricId metric = MetricId::Cpu;
    std::vector<HistoryPoint> points; ///< gaps are points of their own
};

/// One chart of the drawer: one or two lines over a range, gaps left open, a crosshair that follows the pointer
/// or the arrow keys and says value and time. Lines are thinned to kMostPoints together.
class HistoryChart : public QChartView {
    Q_OBJECT

public:
    static constexpr std::size_t kMostPoints = 380;

    HistoryChart(QString title, QWidget* parent);

    void setLines(const std::vector<ChartLine>& lines, HistoryRange range, std::int64_t nowNs);
    /// Where the crosshair stands; 0 = nowhere. Charts of one drawer share it.
    void setCursor(std::int64_t timeNs);
    [[nodiscard]] std::int64_t cursor() const noexcept { return m_cursorNs; }
    /// Title and value at the crosshair, or the newest one: "CPU 84%".
    [[nodiscard]] QString readout() const;
    /// Points drawn, gaps not counted; pieces the lines fall into. For tests.
    [[nodiscard]] std::size_t drawnPoints() const;
    [[nodiscard]] std::size_t pieces() const;

Q_SIGNALS:
    void cursorMoved(std::int64_t timeNs);

protected:
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void applyLooks();
    void rebuild();
    void placePlot();
    void addPiece(const std::vector<HistoryPoint>& line, std::size_t begin, std::size_t end, const QColor& color);
    [[nodiscard]] const HistoryPoint* nearest(const ChartLine& line) const;
    void moveCursorTo(double x);

    QString m_title;
    QValueAxis* m_time;
    QValueAxis* m_value;
    std::vector<ChartLine> m_lines;
    HistoryRange m_range = HistoryRange::Hour;
    std::int64_t m_nowNs = 0;
    std::int64_t m_cursorNs = 0;
};

} // namespace tracedeck
