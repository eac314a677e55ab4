// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/density_map.h"
#include "views/summary_card.h"

namespace tracedeck {

/// The rows that moved most, one strip each, darker where more went through.
class DensityCard : public SummaryCard {
    Q_OBJECT

public:
    DensityCard(QString title, NameOf nameOf, std::vector<MetricId> metrics, std::size_t series, QWidget* parent);

protected:
    void prepare() override;
    void render(QPainter& painter, const QRectF& area) override;
    void renderActive(QPainter& painter, const QRectF& area, std::size_t row) override;
    [[nodiscard]] std::size_t rowAt(const QPointF& point, const QRectF& area) const override;
    [[nodiscard]] double valueAt(std::size_t row, std::size_t bucket) const override;
    [[nodiscard]] MetricId unitMetric() const override { return m_metrics.front(); }
    [[nodiscard]] QString share() const override;

private:
    void paintStrip(QPainter& painter, const QRectF& strip, const DensityStrip& cells, const QColor& color) const;
    [[nodiscard]] QRectF stripRect(const QRectF& area, std::size_t index) const;

    std::vector<MetricId> m_metrics;
    std::size_t m_series;
    DensityMap m_map;
};

} // namespace tracedeck
