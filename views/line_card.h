// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/summary_card.h"

namespace tracedeck {

/// The courses of one percentage for all rows as lines over each other, their mean on top. At most 600 lines,
/// those with the largest values; from 40 lines on they share one pale colour, so that the crowd becomes a
/// shade and what leaves it stands out.
class LineCard : public SummaryCard {
    Q_OBJECT

public:
    static constexpr std::size_t kMostLines = 600;

    LineCard(QString title, NameOf nameOf, MetricId metric, std::size_t series, QWidget* parent);

protected:
    void prepare() override;
    void render(QPainter& painter, const QRectF& area) override;
    void renderActive(QPainter& painter, const QRectF& area, std::size_t row) override;
    [[nodiscard]] std::size_t rowAt(const QPointF& point, const QRectF& area) const override;
    [[nodiscard]] double valueAt(std::size_t row, std::size_t bucket) const override;
    [[nodiscard]] MetricId unitMetric() const override { return m_metric; }
    [[nodiscard]] QString share() const override;

private:
    MetricId m_metric;
    std::size_t m_series;
    std::vector<std::uint32_t> m_lines; ///< rows of the frame that are drawn
    std::vector<MetricCode> m_mean;
    std::size_t m_rowsWithData = 0;
};

/// Mean over rows of each bucket, kMissingCode where no row has a value.
[[nodiscard]] std::vector<MetricCode> meanCourse(const HistoryFrame& frame, const std::vector<std::uint32_t>& rows,
                                                 MetricId metric);

} // namespace tracedeck
