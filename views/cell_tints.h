// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/row_crossings.h"

#include <QObject>
#include <QPersistentModelIndex>
#include <QTimer>
#include <cstdint>
#include <vector>

namespace tracedeck {

class GroupedTableView;

/// Points at cells whose status changed or whose value passed a threshold: a tint that is there at once and
/// fades within one second. Only cells on screen are tinted, only their rectangles are repainted, and the
/// timer runs only while something is tinted. With reduced motion the tint stands still and goes at once.
class CellTints : public QObject {
    Q_OBJECT

public:
    static constexpr int kSteps = 5;
    static constexpr int kStepMs = 200;

    explicit CellTints(GroupedTableView* view);

    /// Off: nothing is tinted any more.
    void setEnabled(bool on);
    void setReducedMotion(bool reduced) { m_reduced = reduced; }
    /// Tints the cells of these rows that are visible now; a cell tinted already starts anew.
    void add(const std::vector<RowCrossing>& crossings);
    /// 0 = not tinted, 1 = fresh.
    [[nodiscard]] double strengthAt(const QModelIndex& index) const;
    [[nodiscard]] bool isRunning() const { return m_timer.isActive(); }
    [[nodiscard]] std::size_t count() const { return m_cells.size(); }
    /// Rectangles asked to be repainted so far; for tests.
    [[nodiscard]] std::uint64_t repaints() const { return m_repaints; }
    /// What the timer does.
    void step();

private:
    struct Cell {
        QPersistentModelIndex index;
        int stepsLeft = kSteps;
    };
    void tintCell(int row, int column);
    void repaint(const QModelIndex& index);

    GroupedTableView* m_view;
    QTimer m_timer;
    std::vector<Cell> m_cells; ///< at most a screenful
    std::uint64_t m_repaints = 0;
    bool m_enabled = true;
    bool m_reduced = false;
};

} // namespace tracedeck
