// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/sort_direction.h"

#include <QHeaderView>

namespace tracedeck {

/// The header of a GroupedTableView: flat, in the colours of the theme, titles over the edge their values
/// align to, the sorted column marked by weight and arrow, with a 1 and a 2 once there is a second sort
/// key. Columns move and resize by hand; the first one names the row: it stays first, and in sight when the
/// others scroll.
class TableHeaderView : public QHeaderView {
    Q_OBJECT

public:
    explicit TableHeaderView(QWidget* parent = nullptr);

    /// Column -1 = none. Marks only; sorting is for whoever answers the view's sortRequested.
    void markSorted(int column, SortDirection direction);
    [[nodiscard]] int sortedColumn() const noexcept { return m_sorted; }
    [[nodiscard]] SortDirection sortedDirection() const noexcept { return m_direction; }
    /// The second sort key; -1 = none.
    void markThen(int column, SortDirection direction);
    [[nodiscard]] int thenColumn() const noexcept { return m_then; }
    [[nodiscard]] SortDirection thenDirection() const noexcept { return m_thenDirection; }
    /// What was held down at the click that sectionClicked() is about.
    [[nodiscard]] Qt::KeyboardModifiers clickModifiers() const noexcept { return m_modifiers; }
    /// Width of the first section while the others are scrolled below it; 0 otherwise.
    [[nodiscard]] int pinnedWidth() const;

Q_SIGNALS:
    /// The mouse went up after columns were resized or moved by hand.
    void arranged();

protected:
    void paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const override;
    [[nodiscard]] QSize sizeHint() const override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    int m_sorted = -1;
    SortDirection m_direction = SortDirection::Ascending;
    int m_then = -1;
    SortDirection m_thenDirection = SortDirection::Ascending;
    Qt::KeyboardModifiers m_modifiers;
    bool m_pinnedPressed = false;
};

} // namespace tracedeck
