// SPDX-License-Identifier: GPL-3.0-or-later
// Two rows of a FleetPage side by side.
#include "models/grouped_table_model.h"
#include "views/compare_panel.h"
#include "views/fleet_page.h"
#include "views/grouped_table_view.h"
#include "views/metric_cell_delegate.h"

#include <QHBoxLayout>
#include <algorithm>

namespace tracedeck {

void FleetPage::togglePin(RowKey key)
{
    TableChoice next = m_choice;
    const auto found = std::find(next.pinned.begin(), next.pinned.end(), key);
    if (found == next.pinned.end()) {
        next.pinned.push_back(key);
    } else {
        next.pinned.erase(found);
    }
    takeChoice(std::move(next));
    followComparison();
}

void FleetPage::markPins()
{
    static_cast<MetricCellDelegate*>(m_table->itemDelegate())->setPinned(m_choice.pinned);
    m_table->viewport()->update();
}

/// The two rows pinned last; with one pin, that and the current row; without, two selected ones.
std::pair<RowKey, RowKey> FleetPage::rowsToCompare() const
{
    std::vector<RowKey> pins;
    for (const RowKey key : m_choice.pinned) {
        if (m_model->rowOfKey(key) >= 0) {
            pins.push_back(key);
        }
    }
    if (pins.size() >= 2) {
        return {pins[pins.size() - 2], pins.back()};
    }
    if (pins.size() == 1) {
        const RowKey current = m_table->currentKey();
        return {pins.front(), current == pins.front() || m_model->group(m_model->rowOfKey(current)) ? 0 : current};
    }
    const std::vector<RowKey> selected = m_table->selectedKeys();
    return selected.size() == 2 ? std::pair(selected[0], selected[1]) : std::pair<RowKey, RowKey>(0, 0);
}

bool FleetPage::isComparing() const
{
    return m_compare != nullptr && m_compare->isVisibleTo(this);
}

void FleetPage::toggleComparison()
{
    if (isComparing()) {
        closeComparison();
        return;
    }
    const auto [left, right] = rowsToCompare();
    if (left == 0 || right == 0) {
        Q_EMIT noticed(tr("Pin two rows with Space, or one and stand on the other, to compare them"));
        return;
    }
    if (m_compare == nullptr) {
        m_compare = new ComparePanel(this);
        m_bodyLayout->addWidget(m_compare);
        connect(m_compare, &ComparePanel::closeRequested, this, &FleetPage::closeComparison);
        connect(m_compare, &ComparePanel::swapRequested, this, [this] {
            std::swap(m_compared[0], m_compared[1]);
            refreshComparison();
        });
    }
    closeDrawer(); // there is room for one of them
    m_compared[0] = left;
    m_compared[1] = right;
    m_comparedFacts[0] = {};
    m_comparedFacts[1] = {};
    refreshComparison();
    m_compare->show();
}

void FleetPage::closeComparison()
{
    if (isComparing()) {
        m_compare->hide();
        focusContent();
    }
}

/// With one pin the other side follows the hand.
void FleetPage::followComparison()
{
    const auto [left, right] = rowsToCompare();
    if (isComparing() && left != 0 && right != 0) {
        const bool isSwapped = m_compared[1] == left;
        m_compared[isSwapped ? 1 : 0] = left;
        m_compared[isSwapped ? 0 : 1] = right;
        refreshComparison();
    }
}

void FleetPage::refreshComparison()
{
    if (m_compare == nullptr) {
        return;
    }
    QStringList gone;
    for (std::size_t side = 0; side < 2; ++side) {
        RowFacts facts = factsOf(m_compared[side]);
        if (facts.key != 0) {
            m_comparedFacts[side] = std::move(facts);
        } else if (m_comparedFacts[side].key == m_compared[side]) {
            gone.append(m_comparedFacts[side].title);
        }
    }
    m_compare->showRows(m_comparedFacts[0], m_comparedFacts[1],
                        gone.isEmpty() ? QString()
                                       : tr("%1: not in the table any more, or filtered out; last values shown")
                                             .arg(gone.join(QStringLiteral(", "))));
}

} // namespace tracedeck
