// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/course_painter.h"

#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

namespace tracedeck {
namespace {

constexpr std::size_t kMostPoints = 512; ///< points of one run; longer runs are drawn in pieces that share an end

/// A run of points being gathered, on the stack.
class CourseRun {
public:
    CourseRun(QPainter& painter, const QRectF& area, const QColor& color, const QColor& fill, qreal width)
        : m_painter(painter), m_area(area), m_color(color), m_fill(fill), m_width(width)
    { }

    void add(qreal x, double height)
    {
        if (m_count == kMostPoints) {
            const QPointF last = m_points[m_count - 1];
            flush();
            m_points[0] = last;
            m_count = 1;
        }
        m_points[m_count++] = QPointF(x, m_area.bottom() - height * m_area.height());
    }

    void flush()
    {
        if (m_count == 1) {
            m_painter.fillRect(QRectF(m_points[0].x() - m_width / 2, m_points[0].y() - m_width / 2, m_width, m_width),
                               m_color);
        } else if (m_count > 1) {
            if (m_fill.isValid()) {
                m_points[m_count] = QPointF(m_points[m_count - 1].x(), m_area.bottom());
                m_points[m_count + 1] = QPointF(m_points[0].x(), m_area.bottom());
                m_painter.setPen(Qt::NoPen);
                m_painter.setBrush(m_fill);
                m_painter.drawPolygon(m_points.data(), static_cast<int>(m_count + 2));
            }
            m_painter.setBrush(Qt::NoBrush);
            m_painter.setPen(QPen(m_color, m_width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
            m_painter.drawPolyline(m_points.data(), static_cast<int>(m_count));
        }
        m_count = 0;
    }

private:
    QPainter& m_painter;
    const QRectF& m_area;
    const QColor& m_color;
    const QColor& m_fill;
    qreal m_width;
    std::array<QPointF, kMostPoints + 2> m_points;
    std::size_t m_count = 0;
};

void addPixels(CourseRun& run, const QRectF& area, std::span<const MetricCode> line, const CourseScale& scale)
{
    const auto pixels = static_cast<std::size_t>(area.width());
    for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
        const std::size_t from = pixel * line.size() / pixels;
        const std::size_t to = std::max(from + 1, (pixel + 1) * line.size() / pixels);
        MetricCode low = kMissingCode;
        MetricCode high = 0;
        for (std::size_t i = from; i < to; ++i) {
            if (line[i] != kMissingCode) {
                low = std::min(low, line[i]);
                high = std::max(high, line[i]);
            }
        }
        if (low == kMissingCode) {
            run.flush();
            continue;
        }
        const qreal x = area.left() + static_cast<qreal>(pixel) + 0.5;
        run.add(x, scale.heightOf(low));
        if (high != low) {
            run.add(x, scale.heightOf(high));
        }
    }
}

} // namespace

double CourseScale::heightOf(MetricCode code) const
{
    return most <= 0 ? 0 : std::clamp(static_cast<double>(decodeMetric(metric, code)) / most, 0.0, 1.0);
}

CourseScale courseScale(MetricId metric, std::span<const MetricCode> line)
{
    CourseScale scale{100, metric};
    if (!isPercentMetric(metric)) {
        MetricCode most = 0;
        for (const MetricCode code : line) {
            most = code != kMissingCode ? std::max(most, code) : most;
        }
        scale.most = static_cast<double>(decodeMetric(metric, most)) * 1.05;
    }
    return scale;
}

void paintCourse(QPainter& painter, const QRectF& area, std::span<const MetricCode> line, const CourseScale& scale,
                 const QColor& color, const QColor& fill, qreal width)
{
    if (line.empty() || area.width() < 2 || area.height() < 2) {
        return;
    }
    CourseRun run(painter, area, color, fill, width);
    if (static_cast<qreal>(line.size()) > area.width()) {
        addPixels(run, area, line, scale);
    } else {
        const qreal step = area.width() / static_cast<qreal>(line.size());
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (line[i] == kMissingCode) {
                run.flush();
            } else {
                run.add(area.left() + (static_cast<qreal>(i) + 0.5) * step, scale.heightOf(line[i]));
            }
        }
    }
    run.flush();
}

} // namespace tracedeck
