// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/cell_tints.h"

#include "views/grouped_table_view.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>

namespace tracedeck {
namespace {

/// The column that shows what a crossing is about.
struct CrossedColumn {
    CrossingSet bit;
    const char16_t* column;
};
constexpr std::array<CrossedColumn, 5> kCrossedColumns{{{crossingBit(ThresholdMetric::Cpu), u"cpu"},
                                                        {crossingBit(ThresholdMetric::Memory), u"memory"},
                                                        {crossingBit(ThresholdMetric::Disk), u"disk"},
                                                        {crossingBit(ThresholdMetric::Temperature), u"temp"},
                                                        {kStatusCrossed, u"status"}}};

} // namespace

CellTints::CellTints(GroupedTableView* view) : QObject(view), m_view(view)
{
    m_timer.setInterval(kStepMs);
    connect(&m_timer, &QTimer::timeout, this, &CellTints::step);
}

void CellTints::setEnabled(bool on)
{
    m_enabled = on;
    if (!on) {
        for (const Cell& cell : m_cells) {
            repaint(cell.index);
        }
        m_cells.clear();
        m_timer.stop();
    }
}

void CellTints::add(const std::vector<RowCrossing>& crossings)
{
    const GroupedTableModel* model = m_view->tableModel();
    if (!m_enabled || model == nullptr || !m_view->isVisible()) {
        return;
    }
    std::unordered_map<RowKey, CrossingSet> crossed;
    crossed.reserve(crossings.size());
    for (const RowCrossing& crossing : crossings) {
        crossed.emplace(crossing.key, crossing.what);
    }
    const auto [first, last] = m_view->visibleRows();
    for (int row = first; row <= last; ++row) {
        const auto found = crossed.find(model->rowKey(row));
        if (found == crossed.end()) {
            continue;
        }
        for (const CrossedColumn& part : kCrossedColumns) {
            if ((found->second & part.bit) != 0) {
                tintCell(row, model->columnOf(part.column));
            }
        }
    }
    if (!m_cells.empty()) {
        m_timer.start();
    }
}

void CellTints::tintCell(int row, int column)
{
    if (m_view->cellRect(row, column).isEmpty()) {
        return; // hidden columns show nothing to point at
    }
    const QModelIndex index = m_view->tableModel()->index(row, column);
    const auto same =
        std::find_if(m_cells.begin(), m_cells.end(), [&index](const Cell& cell) { return cell.index == index; });
    if (same != m_cells.end()) {
        same->stepsLeft = kSteps;
    } else {
        m_cells.push_back({index});
    }
    repaint(index);
}

void CellTints::step()
{
    for (Cell& cell : m_cells) {
        --cell.stepsLeft;
        if (!m_reduced || cell.stepsLeft <= 0) {
            repaint(cell.index);
        }
    }
    std::erase_if(m_cells, [](const Cell& cell) { return cell.stepsLeft <= 0 || !cell.index.isValid(); });
    if (m_cells.empty()) {
        m_timer.stop();
    }
}

double CellTints::strengthAt(const QModelIndex& index) const
{
    for (const Cell& cell : m_cells) {
        if (cell.index == index) {
            return cell.stepsLeft <= 0 ? 0 : m_reduced ? 1 : static_cast<double>(cell.stepsLeft) / kSteps;
        }
    }
    return 0;
}

void CellTints::repaint(const QModelIndex& index)
{
    const QRect rect = index.isValid() ? m_view->cellRect(index.row(), index.column()) : QRect();
    if (!rect.isEmpty()) {
        ++m_repaints;
        m_view->viewport()->update(rect);
    }
}

} // namespace tracedeck
