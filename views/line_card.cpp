// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/line_card.h"

#include "core/number_format.h"
#include "views/course_painter.h"
#include "views/theme.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace tracedeck {
namespace {

constexpr std::size_t kOwnColours = 8;
constexpr std::size_t kCrowd = 40;
constexpr std::size_t kSmoothUpTo = 120; ///< more lines are drawn without smoothing
constexpr double kReach = 6; ///< pixels between pointer and line

MetricCode largest(std::span<const MetricCode> line)
{
    MetricCode most = 0;
    for (const MetricCode code : line) {
        most = code == kMissingCode ? most : std::max(most, code);
    }
    return most;
}

bool anyKnown(std::span<const MetricCode> line)
{
    return std::any_of(line.begin(), line.end(), [](MetricCode code) { return code != kMissingCode; });
}

} // namespace

std::vector<MetricCode> meanCourse(const HistoryFrame& frame, const std::vector<std::uint32_t>& rows, MetricId metric)
{
    std::vector<double> sums(frame.buckets, 0);
    std::vector<int> counts(frame.buckets, 0);
    for (const std::uint32_t row : rows) {
        const auto line = frame.line(row, metric);
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (line[i] != kMissingCode) {
                sums[i] += static_cast<double>(decodeMetric(metric, line[i]));
                ++counts[i];
            }
        }
    }
    std::vector<MetricCode> mean(frame.buckets, kMissingCode);
    for (std::size_t i = 0; i < mean.size(); ++i) {
        mean[i] = counts[i] > 0 ? encodeMetric(metric, sums[i] / counts[i]) : kMissingCode;
    }
    return mean;
}

LineCard::LineCard(QString title, NameOf nameOf, MetricId metric, std::size_t series, QWidget* parent)
    : SummaryCard(std::move(title), std::move(nameOf), parent), m_metric(metric), m_series(series)
{ }

void LineCard::prepare()
{
    m_lines.clear();
    m_mean.clear();
    m_rowsWithData = 0;
    if (!hasRows()) {
        return;
    }
    for (const std::uint32_t row : rows()) {
        if (anyKnown(frame()->line(row, m_metric))) {
            m_lines.push_back(row);
        }
    }
    m_rowsWithData = m_lines.size();
    m_mean = meanCourse(*frame(), m_lines, m_metric);
    if (m_lines.size() > kMostLines) {
        std::vector<std::pair<MetricCode, std::uint32_t>> order;
        order.reserve(m_lines.size());
        for (const std::uint32_t row : m_lines) {
            order.emplace_back(largest(frame()->line(row, m_metric)), row);
        }
        std::nth_element(order.begin(), order.begin() + kMostLines, order.end(), std::greater<>());
        m_lines.resize(kMostLines);
        std::transform(order.begin(), order.begin() + kMostLines, m_lines.begin(),
                       [](const auto& entry) { return entry.second; });
    }
}

void LineCard::render(QPainter& painter, const QRectF& area)
{
    const ThemeColors& colors = theme().colors;
    for (const double height : {0.0, 0.5, 1.0}) {
        const qreal y = std::min(area.bottom() - 1, std::round(area.bottom() - height * area.height()));
        painter.fillRect(QRectF(area.left(), y, area.width(), 1), colors.raised);
    }
    painter.setRenderHint(QPainter::Antialiasing, m_lines.size() < kSmoothUpTo);
    const CourseScale scale{100, m_metric};
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        QColor color = m_lines.size() <= kCrowd ? seriesColor(frame()->keys[m_lines[i]]) : colors.series[m_series];
        if (m_lines.size() <= kOwnColours) {
            color = colors.series[(m_series + i) % colors.series.size()];
        }
        // The fainter the more there are, so that a crowd becomes a shade and not a block.
        const float crowdAlpha = std::clamp(16.0F / static_cast<float>(m_lines.size()), 0.05F, 0.3F);
        color.setAlphaF(m_lines.size() > kCrowd ? crowdAlpha : 0.9F);
        QColor fill;
        if (m_lines.size() == 1) {
            fill = color;
            fill.setAlphaF(0.15F);
        }
        paintCourse(painter, area, frame()->line(m_lines[i], m_metric), scale, color, fill, 1.1);
    }
    if (m_lines.size() > kOwnColours) {
        painter.setRenderHint(QPainter::Antialiasing);
        paintCourse(painter, area, m_mean, scale, colors.text, {}, 1.6);
    }
}

void LineCard::renderActive(QPainter& painter, const QRectF& area, std::size_t row)
{
    paintCourse(painter, area, frame()->line(row, m_metric), {100, m_metric}, theme().colors.accent, {}, 1.8);
}

std::size_t LineCard::rowAt(const QPointF& point, const QRectF& area) const
{
    const auto bucket = std::min<std::size_t>(
        static_cast<std::size_t>(std::max(0.0, point.x() / area.width()) * frame()->buckets), frame()->buckets - 1);
    const CourseScale scale{100, m_metric};
    std::size_t nearest = SIZE_MAX;
    double distance = kReach;
    for (const std::uint32_t row : m_lines) {
        const MetricCode code = frame()->line(row, m_metric)[bucket];
        if (code == kMissingCode) {
            continue;
        }
        const double away = std::abs(area.bottom() - scale.heightOf(code) * area.height() - point.y());
        if (away < distance) {
            distance = away;
            nearest = row;
        }
    }
    return nearest;
}

double LineCard::valueAt(std::size_t row, std::size_t bucket) const
{
    return static_cast<double>(decodeMetric(m_metric, frame()->line(row, m_metric)[bucket]));
}

QString LineCard::share() const
{
    const QString lines = QString::fromStdString(formatCount(m_lines.size()));
    if (m_lines.size() != m_rowsWithData) {
        return tr("%1 of %2 rows").arg(lines, QString::fromStdString(formatCount(m_rowsWithData)));
    }
    return m_lines.size() == 1 ? tr("1 row") : tr("%1 rows").arg(lines);
}

} // namespace tracedeck
