// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "models/grouped_table_model.h"
#include "selectors/sort_direction.h"
#include "views/table_layout_state.h"

#include <QPersistentModelIndex>
#include <QTableView>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

class QMenu;

namespace tracedeck {

class CellTints;
class GroupHeaderPainter;
class MetricCellDelegate;
class TableHeaderView;

enum class RowDensity { Compact, Normal, Relaxed };

/// Table of a GroupedTableModel: fixed row heights, own header, group headers painted across all columns.
/// Selection, current row, hover and the row the user reads stay with their keys through every apply().
/// It sorts, filters and opens nothing itself: it says what the user wants.
///
/// The first column stays in sight when the others scroll sideways.
///
/// Keys: j k arrows PgUp PgDn g G Home End move, with Shift they select; h l collapse and expand (on a row: h
/// goes to its group), Enter opens or folds, Space pins, Ctrl+A selects (at most kSelectionCap rows), Ctrl+C copies.
class GroupedTableView : public QTableView {
    Q_OBJECT

public:
    static constexpr int kSelectionCap = 1000;

    explicit GroupedTableView(QWidget* parent = nullptr);
    ~GroupedTableView() override;

    void setTableModel(GroupedTableModel* model);
    [[nodiscard]] GroupedTableModel* tableModel() const noexcept { return m_model; }
    void setDensity(RowDensity density);

    /// Shows by which column the rows are sorted; unknown or empty id = none.
    void setSortMark(const QString& columnId, SortDirection direction);
    /// The same for what decides among equal values.
    void setThenMark(const QString& columnId, SortDirection direction);
    /// What the user arranged; feed it back with setLayoutState.
    [[nodiscard]] TableLayoutState layoutState() const;
    void setLayoutState(const TableLayoutState& state);
    [[nodiscard]] bool isColumnWanted(const QString& columnId) const;
    void setColumnWanted(const QString& columnId, bool wanted);
    /// No row has anything in this column: it leaves its room to the others unless it was asked for.
    void setColumnEmpty(const QString& columnId, bool empty);
    /// A column as the chooser lists it.
    struct ColumnEntry {
        QString id;
        QString title; ///< translated
        bool wanted = false;
    };
    /// All columns but the first, left to right.
    [[nodiscard]] std::vector<ColumnEntry> columnEntries() const;
    /// Puts a column at a place among columnEntries().
    void setColumnPlace(const QString& columnId, int place);
    /// Widths by content and window again.
    void resetColumnWidths();
    /// Order, choice and widths as they were before anybody changed them.
    void resetColumns();
    /// Checkable entries for all columns but the first; a click changes the layout. Owned by `parent`.
    [[nodiscard]] QMenu* createColumnMenu(QWidget* parent);

    /// 0 when there is none. A group header counts as current, never as selected.
    [[nodiscard]] RowKey currentKey() const;
    /// Makes a row current, selects and shows it; false when it is not in the plan.
    bool setCurrentKey(RowKey key);
    /// A person asked for other rows: the current row, if it can be seen now, is still seen when they arrive.
    /// Scrolling by hand takes this back.
    void keepCurrentInSight() { m_keepInSight = true; }
    [[nodiscard]] std::vector<RowKey> selectedKeys() const;
    /// Selects the rows below the header of the group that the row belongs to (or is), as far as they are shown.
    void selectGroup(int row);
    [[nodiscard]] RowKey hoverKey() const;
    /// Shows a row as if the pointer were on it, when it can be seen; 0 = none.
    void pointAt(RowKey key);
    /// Rectangle of a row in the viewport; empty when it is not visible.
    [[nodiscard]] QRect rowRect(int row) const;
    /// First and last visible row; first > last when there is none.
    [[nodiscard]] std::pair<int, int> visibleRows() const;
    /// Rectangle of a cell in the viewport; empty when it is not visible.
    [[nodiscard]] QRect cellRect(int row, int column) const;
    /// Cells pointed at after a status change or a threshold crossing.
    [[nodiscard]] CellTints& tints() { return *m_tints; }
    /// Repaints the visible cells of age columns that read otherwise than at the call before; called by AgeTicker.
    void updateAges();
    /// Selected rows as tab-separated lines of the shown columns.
    [[nodiscard]] QString selectionText() const;
    /// Rows the newest paint touched: those of its region, not those on screen.
    [[nodiscard]] int rowsPainted() const noexcept { return m_rowsPainted; }

    void selectAll() override;
    void keyboardSearch(const QString& search) override;
    [[nodiscard]] QModelIndex indexAt(const QPoint& point) const override;

Q_SIGNALS:
    void sortRequested(const QString& columnId, tracedeck::SortDirection direction);
    /// Shift and a click: the column as second sort key.
    void thenSortRequested(const QString& columnId);
    void groupToggled(tracedeck::RowKey group);
    /// `l` on a row that is no group header.
    void logRequested();
    void rowActivated(tracedeck::RowKey key);
    void pinToggled(tracedeck::RowKey key);
    /// The user moved to another row; not sent when a refresh took the current row away.
    void currentKeyChanged(tracedeck::RowKey key);
    /// Of a row or of a group header.
    void rowMenuRequested(tracedeck::RowKey key, const QPoint& globalPosition);
    void layoutStateChanged();
    /// Other rows are selected, or selected rows show other values.
    void selectionEdited();
    void chooserRequested(const QPoint& globalPosition);
    void selectionCapped(int selected, int rows);
    /// The pointer moved over rows, a key was pressed: what an order hold lives on.
    void pointerMoved();
    void keyUsed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;
    void dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct ColumnWish {
        int width = 0; ///< by the user; 0 = automatic
        bool hidden = false;
        bool kept = false; ///< asked for: does not give way
        bool empty = false; ///< has nothing to show
    };
    void applyTheme();
    void fitColumnsToWidth();
    void keepUserWidths();
    void setHoverRow(int row);
    void updateRow(int row);
    void moveTo(int row);
    void selectRows(int first, int last);
    struct RowPaint;
    void paintRow(RowPaint& paint, int row, const QRect& rect);
    void paintCellAt(RowPaint& paint, int row, int column, const QRect& cell);
    void foldOrStep(bool collapse);
    void activate(int row);
    void rememberAnchor();
    void restoreAnchor();
    void requestSort(int column);
    [[nodiscard]] ColumnWish& wish(int column);
    [[nodiscard]] int groupRowOf(int row) const;
    /// The header of the group that the group of this header is in; the row itself when it is in none.
    [[nodiscard]] int outerGroupRowOf(int row) const;

    GroupedTableModel* m_model = nullptr;
    TableHeaderView* m_header = nullptr;
    MetricCellDelegate* m_delegate = nullptr;
    CellTints* m_tints = nullptr;
    std::unique_ptr<GroupHeaderPainter> m_headerPainter;
    RowDensity m_density = RowDensity::Normal;
    int m_rowsPainted = 0;
    std::vector<ColumnWish> m_wishes; ///< by logical column
    std::unordered_map<std::uint64_t, std::size_t> m_ageTexts; ///< hash of what the visible age cells read, by cell
    QPersistentModelIndex m_hover;
    QPersistentModelIndex m_anchor;
    int m_anchorTop = 0; ///< viewport pixel of the anchor row
    int m_currentRow = -1; ///< before an apply
    std::optional<int> m_resizedByHand; ///< logical column
    bool m_applying = false;
    bool m_keepInSight = false;
    bool m_wasInSight = false; ///< the current row before an apply that must keep it there
    bool m_fitting = false;
};

} // namespace tracedeck
