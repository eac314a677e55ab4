// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/history_chart.h"

#include <QWidget>
#include <array>

class QLabel;

namespace tracedeck {

class SegmentBar;

/// Everything known of how the values of one row went.
struct RowHistory {
    RowKey key = 0;
    HistoryRange range = HistoryRange::Hour;
    std::int64_t nowNs = 0;
    std::vector<ChartLine> lines; ///< one per metric; empty ones were never reported
    QString source; ///< where it comes from: "recorded by this window"
};

/// The History tab of the drawer: CPU, memory, disk, network and disk I/O over 1 h, 6 h, 24 h or 7 d. It asks
/// for what it shows and draws what it is given; metrics nobody reported are named, not drawn flat.
class HistoryView : public QWidget {
    Q_OBJECT

public:
    explicit HistoryView(QWidget* parent = nullptr);

    /// The row to show; asks for its history when the view can be seen, now or later.
    void setRow(RowKey key);
    void setHistory(const RowHistory& history);
    /// Asks again for what is shown.
    void refresh() { ask(); }
    [[nodiscard]] HistoryRange range() const;
    void setRange(HistoryRange range);
    [[nodiscard]] QStringList texts() const;
    /// Null before the first history is here: five charts cost a twentieth of the start of the window.
    [[nodiscard]] const std::array<HistoryChart*, 5>& charts() const { return m_charts; }

Q_SIGNALS:
    void historyRequested(tracedeck::RowKey key, tracedeck::HistoryRange range);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void ask();
    void makeCharts();
    void setCursor(std::int64_t timeNs);

    SegmentBar* m_ranges;
    std::array<HistoryChart*, 5> m_charts{};
    QLabel* m_note;
    RowKey m_key = 0;
};

} // namespace tracedeck
