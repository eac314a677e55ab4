// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet_domain.h"

#include "models/table_changes.h"

#include <algorithm>

namespace tracedeck {

bool keepChanged(std::vector<std::uint8_t>& matches, const PreparedTable& prepared, bool changedOnly)
{
    const TableChanges* const changes = prepared.snapshot.changes().get();
    if (changes == nullptr || (!changedOnly && changes->ofRow.size() == changes->present)) {
        return !matches.empty();
    }
    matches.resize(changes->ofRow.size(), matches.empty() ? 1 : 0);
    for (std::size_t row = 0; row < matches.size(); ++row) {
        const bool wanted = changedOnly ? changes->ofRow[row] != 0 : !changes->isGone(row);
        matches[row] = wanted ? matches[row] : 0;
    }
    return true;
}

ChangeNote changeNoteOf(const PreparedTable& prepared)
{
    ChangeNote note;
    if (const TableChanges* const changes = prepared.snapshot.changes().get()) {
        note.minutes = changes->minutes;
        note.seenNs = changes->seenNs;
        note.shorter = changes->shorter;
        note.untold = changes->untold;
        note.lost = changes->lost;
        note.tally = changes->tally;
    }
    return note;
}

bool mayFoldPins(const RowPlan& plan, const TableChoice& choice)
{
    return !choice.collapsed.empty() && std::any_of(choice.pinned.begin(), choice.pinned.end(), [&plan](RowKey key) {
        return std::find(plan.keys.begin(), plan.keys.end(), key) == plan.keys.end();
    });
}

void addFoldedPins(RowPlan& plan, const RowPlan& open, const std::vector<RowKey>& pinned)
{
    for (const RowKey key : pinned) {
        const auto found = std::find(open.keys.begin(), open.keys.end(), key);
        if (found != open.keys.end() && std::find(plan.keys.begin(), plan.keys.end(), key) == plan.keys.end()) {
            const auto at = static_cast<std::size_t>(found - open.keys.begin());
            plan.rows.push_back(open.rows[at]);
            plan.keys.push_back(key);
            plan.digests.push_back(open.digests[at]);
        }
    }
}

RowPlan withPinnedRows(RowPlan plan, const std::vector<RowKey>& pinned)
{
    std::vector<std::size_t> top;
    for (const RowKey key : pinned) {
        const auto found = std::find(plan.keys.begin(), plan.keys.end(), key);
        if (found != plan.keys.end()) {
            top.push_back(static_cast<std::size_t>(found - plan.keys.begin()));
        }
    }
    if (top.empty()) {
        return plan;
    }
    std::vector<std::size_t> order = top;
    order.reserve(plan.keys.size());
    for (std::size_t i = 0; i < plan.keys.size(); ++i) {
        if (std::find(top.begin(), top.end(), i) == top.end()) {
            order.push_back(i);
        }
    }
    const auto arranged = [&order](const auto& column) {
        auto out = column;
        for (std::size_t i = 0; i < order.size(); ++i) {
            out[i] = column[order[i]];
        }
        return out;
    };
    plan.rows = arranged(plan.rows);
    plan.keys = arranged(plan.keys);
    plan.digests = arranged(plan.digests);
    return plan;
}

} // namespace tracedeck
