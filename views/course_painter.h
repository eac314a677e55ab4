// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history_frame.h"

#include <QColor>
#include <QRectF>
#include <span>

class QPainter;

namespace tracedeck {

/// How values become heights.
struct CourseScale {
    double most = 100; ///< value at the top
    MetricId metric = MetricId::Cpu;

    /// 0 at the bottom, 1 at the top; values beyond are cut.
    [[nodiscard]] double heightOf(MetricCode code) const;
};

/// 0-100 for percentages; for rates the largest value of the line, so that its form can be seen.
[[nodiscard]] CourseScale courseScale(MetricId metric, std::span<const MetricCode> line);

/// Paints the course of one row: an unbroken line over known buckets, nothing over gaps, a dot where a bucket
/// stands alone. More buckets than pixels are drawn as the smallest and largest of each pixel. `fill` below
/// the line when valid. No allocation.
void paintCourse(QPainter& painter, const QRectF& area, std::span<const MetricCode> line, const CourseScale& scale,
                 const QColor& color, const QColor& fill = {}, qreal width = 1.2);

} // namespace tracedeck
