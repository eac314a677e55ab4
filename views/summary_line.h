// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/table_summary.h"

#include <QWidget>
#include <array>

namespace tracedeck {

class CountButton;
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

Q_SIGNALS:
    /// A count was clicked: its status id, or empty when it was on before.
    void statusActivated(const QString& status);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::array<CountButton*, 3> m_counts;
    MeanLabel* m_cpu;
    MeanLabel* m_memory;
    MeanLabel* m_network;
    MeanLabel* m_disk;
    std::int64_t m_sampledAtNs = 0;
};

} // namespace tracedeck
