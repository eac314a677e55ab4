// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history_frame.h"

#include <QObject>
#include <memory>
#include <span>

namespace tracedeck {

class GroupedTableView;
struct TableColumn;

/// The course a metric cell shows instead of its bar; empty = the bar.
struct CellCourse {
    std::span<const MetricCode> line;
    MetricId metric = MetricId::Cpu;
};

/// The last hour of every row for the metric cells of one table, and whether it is shown at all. A new frame
/// repaints the visible cells whose course differs and no other. GUI thread.
class CourseBook : public QObject {
    Q_OBJECT

public:
    explicit CourseBook(GroupedTableView* view);

    void setShown(bool shown);
    [[nodiscard]] bool isShown() const noexcept { return m_shown; }
    void setFrame(std::shared_ptr<const HistoryFrame> frame);
    [[nodiscard]] const std::shared_ptr<const HistoryFrame>& frame() const noexcept { return m_frame; }
    /// For a cell of a row. A binary search, no allocation. Empty when bars are shown or nothing is known.
    [[nodiscard]] CellCourse courseOf(RowKey key, const TableColumn& column) const;
    /// Cells repainted for new frames so far; for tests.
    [[nodiscard]] std::uint64_t repaints() const noexcept { return m_repaints; }

private:
    [[nodiscard]] static CellCourse find(const HistoryFrame* frame, RowKey key, const TableColumn& column);

    GroupedTableView* m_view;
    std::shared_ptr<const HistoryFrame> m_frame;
    bool m_shown = false;
    std::uint64_t m_repaints = 0;
};

/// Metric of a column with a bar; Count for any other.
[[nodiscard]] MetricId courseMetricOf(const TableColumn& column);

} // namespace tracedeck
