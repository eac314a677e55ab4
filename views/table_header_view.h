// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/sort_direction.h"

#include <QHeaderView>

namespace tracedeck {

/// The header of a GroupedTableView: flat, in the colours of the theme, titles over the edge their values
/// align to, the sorted column marked by weight and arrow. Columns move and resize by hand.
class TableHeaderView : public QHeaderView {
    Q_OBJECT

public:
    explicit TableHeaderView(QWidget* parent = nullptr);

    /// Column -1 = none. Marks only; sorting is for whoever answers the view's sortRequested.
    void markSorted(int column, SortDirection direction);
    [[nodiscard]] int sortedColumn() const noexcept { return m_sorted; }
    [[nodiscard]] SortDirection sortedDirection() const noexcept { return m_direction; }

Q_SIGNALS:
    /// The mouse went up after columns were resized or moved by hand.
    void arranged();

protected:
    void paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const override;
    [[nodiscard]] QSize sizeHint() const override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    int m_sorted = -1;
    SortDirection m_direction = SortDirection::Ascending;
};

} // namespace tracedeck
