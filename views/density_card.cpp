// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/density_card.h"

#include "core/number_format.h"
#include "views/theme.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <limits>

namespace tracedeck {
namespace {
constexpr qreal kThickest = 12;
} // namespace

DensityCard::DensityCard(QString title, NameOf nameOf, std::vector<MetricId> metrics, std::size_t series,
                         QWidget* parent)
    : SummaryCard(std::move(title), std::move(nameOf), parent), m_metrics(std::move(metrics)), m_series(series)
{ }

void DensityCard::prepare()
{
    m_map = hasRows() ? densityMap(*frame(), rows(), m_metrics) : DensityMap();
}

QRectF DensityCard::stripRect(const QRectF& area, std::size_t index) const
{
    const qreal height =
        std::min(kThickest, area.height() / static_cast<qreal>(std::max<std::size_t>(1, m_map.strips.size())));
    return {area.left(), area.top() + static_cast<qreal>(index) * height, area.width(), std::max(1.0, height - 1)};
}

void DensityCard::paintStrip(QPainter& painter, const QRectF& strip, const DensityStrip& cells,
                             const QColor& color) const
{
    const qreal width = strip.width() / static_cast<qreal>(cells.cells.size());
    for (std::size_t i = 0; i < cells.cells.size(); ++i) {
        if (cells.cells[i] < 0) {
            continue; // nothing known: the background shows
        }
        QColor cell = cells.cells[i] == 0 ? theme().colors.raised : color;
        cell.setAlphaF(cells.cells[i] == 0 ? 1.0F : cells.cells[i]);
        const qreal left = std::floor(strip.left() + static_cast<qreal>(i) * width);
        const qreal right = std::floor(strip.left() + static_cast<qreal>(i + 1) * width);
        painter.fillRect(QRectF(left, strip.top(), std::max(1.0, right - left - 1), strip.height()), cell);
    }
}

void DensityCard::render(QPainter& painter, const QRectF& area)
{
    for (std::size_t i = 0; i < m_map.strips.size(); ++i) {
        paintStrip(painter, stripRect(area, i), m_map.strips[i], theme().colors.series[m_series]);
    }
}

void DensityCard::renderActive(QPainter& painter, const QRectF& area, std::size_t row)
{
    for (std::size_t i = 0; i < m_map.strips.size(); ++i) {
        if (m_map.strips[i].row == row) {
            paintStrip(painter, stripRect(area, i), m_map.strips[i], theme().colors.accent);
            return;
        }
    }
}

std::size_t DensityCard::rowAt(const QPointF& point, const QRectF& area) const
{
    for (std::size_t i = 0; i < m_map.strips.size(); ++i) {
        const QRectF strip = stripRect(area, i);
        if (point.y() >= strip.top() && point.y() < strip.bottom() + 1) {
            return m_map.strips[i].row;
        }
    }
    return SIZE_MAX;
}

double DensityCard::valueAt(std::size_t row, std::size_t bucket) const
{
    double sum = std::numeric_limits<double>::quiet_NaN();
    for (const MetricId metric : m_metrics) {
        const MetricCode code = frame()->line(row, metric)[bucket];
        if (code != kMissingCode) {
            sum = (std::isnan(sum) ? 0 : sum) + static_cast<double>(decodeMetric(metric, code));
        }
    }
    return sum;
}

QString DensityCard::share() const
{
    if (m_map.strips.empty()) {
        return tr("no row reports it");
    }
    return tr("top %1 of %2 rows")
        .arg(m_map.strips.size())
        .arg(QString::fromStdString(formatCount(m_map.rowsWithData)));
}

} // namespace tracedeck
