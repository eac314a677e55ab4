// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/plan_window.h"

namespace tracedeck {

void PlanWindow::add(Side side, std::uint32_t begin, std::uint32_t end)
{
    if (begin < end && m_used < m_stretches.size()) {
        m_stretches[m_used++] = {side, begin, end - begin};
        m_rows += end - begin;
    }
}

void PlanWindow::showAll(Side side, std::uint32_t rows)
{
    showExcept(side, rows, {});
}

void PlanWindow::showExcept(Side side, std::uint32_t rows, std::span<const RowRange> hidden)
{
    m_used = 0;
    m_rows = 0;
    std::uint32_t begin = 0;
    for (const RowRange& range : hidden) {
        add(side, begin, range.begin);
        begin = range.end;
    }
    add(side, begin, rows);
}

void PlanWindow::showHeadAndTail(Side headSide, std::uint32_t head, std::uint32_t rows)
{
    m_used = 0;
    m_rows = 0;
    add(headSide, 0, head);
    add(headSide == Side::Old ? Side::New : Side::Old, head, rows);
}

PlanWindow::Place PlanWindow::place(std::uint32_t row) const noexcept
{
    std::size_t i = 0;
    while (i + 1 < m_used && row >= m_stretches[i].count) {
        row -= m_stretches[i].count;
        ++i;
    }
    return {m_stretches[i].side, m_stretches[i].begin + row};
}

} // namespace tracedeck
