// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metric_code.h"
#include "views/table_summary.h"

#include <QWidget>
#include <array>
#include <vector>

namespace tracedeck {

class CountButton;
class FlatButton;
class MeanLabel;

/// The 36-px line above a table: how many rows are stopped, degraded, running (each a filter button) and
/// the means with their last minutes.
class SummaryLine : public QWidget {
    Q_OBJECT

public:
    struct Words {
        QString stopped, degraded, running;
    };
    explicit SummaryLine(const Words& words, QWidget* parent = nullptr);

    void setSummary(const TableSummary& summary);
    /// Which of "stopped", "degraded", "running" is filtered to; empty = none.
    void setStatus(const QString& status);
    /// The last hour of both means; replaces what was gathered sample by sample.
    void setCourses(std::vector<MetricCode> cpu, std::vector<MetricCode> memory);
    /// Whether the strip behind the line is open.
    void setExpanded(bool expanded);

Q_SIGNALS:
    void expandToggled(bool expanded);
    /// A count was clicked: its status id, or empty when it was on before.
    void statusActivated(const QString& status);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    /// Hides figures, the last first, until nothing is cut off.
    void fitFigures();

    std::array<CountButton*, 3> m_counts;
    MeanLabel* m_cpu;
    MeanLabel* m_memory;
    MeanLabel* m_network;
    MeanLabel* m_disk;
    FlatButton* m_expand;
    bool m_expanded = false;
    std::int64_t m_sampledAtNs = 0;
};

} // namespace tracedeck
