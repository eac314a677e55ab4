// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/summary_card.h"
#include "views/table_summary.h"

#include <array>

class QLabel;

namespace tracedeck {

class GroupedTableModel;
class SegmentBar;

/// What the summary line expands into: CPU and memory as lines, network and disk as density, over one range,
/// for the rows that the table shows now. What is pointed at in one card is shown in the others and in the
/// table, and the other way round.
class SummaryStrip : public QWidget {
    Q_OBJECT

public:
    explicit SummaryStrip(GroupedTableModel* model, QWidget* parent = nullptr);

    /// Courses for the chosen range; those of another range are ignored.
    void setFrame(std::shared_ptr<const HistoryFrame> frame);
    void setSummary(const TableSummary& summary);
    [[nodiscard]] HistoryRange range() const;
    void setRange(HistoryRange range);
    /// A row the pointer is on elsewhere; 0 = none.
    void setPointedRow(RowKey key);
    [[nodiscard]] const std::array<SummaryCard*, 4>& cards() const { return m_cards; }
    [[nodiscard]] std::size_t visibleRows() const { return m_rows ? m_rows->rows.size() : 0; }

Q_SIGNALS:
    void rangeChosen(tracedeck::HistoryRange range);
    void rowPointed(tracedeck::RowKey key);
    void rowChosen(tracedeck::RowKey key);

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void collectRows();
    void hover(const CourseHover& hover);

    GroupedTableModel* m_model;
    SegmentBar* m_ranges;
    QLabel* m_note;
    std::array<SummaryCard*, 4> m_cards;
    std::shared_ptr<const HistoryFrame> m_frame;
    std::shared_ptr<const CourseRows> m_rows;
    CourseHover m_hover;
};

} // namespace tracedeck
