// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "models/cell_content.h"

#include <QStyledItemDelegate>
#include <utility>
#include <vector>

namespace tracedeck {

class CellTints;
class CourseBook;

/// Paints every kind of cell of a GroupedTableModel from one role. Lanes: a metric is a right-aligned
/// number, a thin bar and a size; narrow columns give up the size first, then the bar. Group header cells
/// stay empty: the view paints the header across the row.
class MetricCellDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// Row under the pointer, -1 = none; set by the view.
    void setHoverRow(int row) { m_hoverRow = row; }
    /// Cells pointed at for a moment; owned by the view. Null = none.
    void setTints(const CellTints* tints) { m_tints = tints; }

    /// Courses that metric cells show instead of bars; null = bars. Must outlive the delegate or be unset.
    void setCourses(const CourseBook* courses) { m_courses = courses; }

    /// Rows that were pinned to the top: a mark in the corner of their first cell.
    void setPinned(std::vector<RowKey> keys) { m_pinned = std::move(keys); }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    int m_hoverRow = -1;
    const CellTints* m_tints = nullptr;
    const CourseBook* m_courses = nullptr;
    std::vector<RowKey> m_pinned;
};

} // namespace tracedeck
