// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cell_content.h"

#include <QStyledItemDelegate>

namespace tracedeck {

/// Paints every kind of cell of a GroupedTableModel from one role. Lanes: a metric is a right-aligned
/// number, a thin bar and a size; narrow columns give up the size first, then the bar. Group header cells
/// stay empty: the view paints the header across the row.
class MetricCellDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// Row under the pointer, -1 = none; set by the view.
    void setHoverRow(int row) { m_hoverRow = row; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    int m_hoverRow = -1;
};

} // namespace tracedeck
