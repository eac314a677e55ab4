// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/course_book.h"

#include "models/table_column.h"
#include "views/grouped_table_view.h"
#include "views/metric_cell_delegate.h"

#include <algorithm>
#include <utility>

namespace tracedeck {

MetricId courseMetricOf(const TableColumn& column)
{
    return column.id == u"cpu"   ? MetricId::Cpu
        : column.id == u"memory" ? MetricId::Memory
        : column.id == u"disk"   ? MetricId::Disk
                                 : MetricId::Count;
}

CourseBook::CourseBook(GroupedTableView* view) : QObject(view), m_view(view)
{
    static_cast<MetricCellDelegate*>(m_view->itemDelegate())->setCourses(this);
}

void CourseBook::setShown(bool shown)
{
    if (shown != m_shown) {
        m_shown = shown;
        m_view->viewport()->update();
    }
}

CellCourse CourseBook::find(const HistoryFrame* frame, RowKey key, const TableColumn& column)
{
    const MetricId metric = courseMetricOf(column);
    const std::size_t row = frame != nullptr && metric != MetricId::Count ? frame->rowOf(key) : SIZE_MAX;
    return row == SIZE_MAX ? CellCourse() : CellCourse{frame->line(row, metric), metric};
}

CellCourse CourseBook::courseOf(RowKey key, const TableColumn& column) const
{
    return m_shown ? find(m_frame.get(), key, column) : CellCourse();
}

void CourseBook::setFrame(std::shared_ptr<const HistoryFrame> frame)
{
    const std::shared_ptr<const HistoryFrame> before = std::exchange(m_frame, std::move(frame));
    const GroupedTableModel* model = m_view->tableModel();
    if (!m_shown || model == nullptr || !m_view->isVisible()) {
        return;
    }
    const auto [first, last] = m_view->visibleRows();
    for (std::size_t i = 0; i < model->columns().size(); ++i) {
        const int column = static_cast<int>(i);
        const TableColumn& facts = model->columns()[i];
        if (courseMetricOf(facts) == MetricId::Count || m_view->isColumnHidden(column)) {
            continue;
        }
        for (int row = first; row <= last; ++row) {
            const RowKey key = model->rowKey(row);
            const CellCourse was = find(before.get(), key, facts);
            const CellCourse is = find(m_frame.get(), key, facts);
            if (!std::equal(was.line.begin(), was.line.end(), is.line.begin(), is.line.end())) {
                ++m_repaints;
                m_view->viewport()->update(m_view->columnViewportPosition(column), m_view->rowViewportPosition(row),
                                           m_view->columnWidth(column), m_view->rowHeight(row));
            }
        }
    }
}

} // namespace tracedeck
