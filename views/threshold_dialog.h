// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/threshold_levels.h"

#include <QDialog>
#include <array>

class QDoubleSpinBox;

namespace tracedeck {

/// Asks for the thresholds of one row. A field at its lowest step takes the general threshold, 0 is none.
class ThresholdDialog : public QDialog {
    Q_OBJECT

public:
    ThresholdDialog(const ThresholdRules& general, RowThresholds row, bool withTemperature, QWidget* parent = nullptr);

    /// What the fields say now.
    [[nodiscard]] RowThresholds thresholds() const;
    /// The field of a metric; null for a temperature that was not asked for.
    [[nodiscard]] QDoubleSpinBox* field(ThresholdMetric metric) const;

Q_SIGNALS:
    void chosen(const tracedeck::RowThresholds& row);

private:
    RowThresholds m_row;
    std::array<QDoubleSpinBox*, kThresholdMetrics> m_fields{};
};

} // namespace tracedeck
