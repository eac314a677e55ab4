// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet_domain.h"
#include "core/table_columns.h"
#include "models/table_changes.h"
#include "selectors/key_row_index.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace tracedeck {

/// Rows that went are kept, as they looked last, for an hour and up to this many.
inline constexpr std::size_t kGoneRowsKept = 1000;

/// Rows that went, oldest first, with those of `before` that `after` does not have any more.
template <class Table>
[[nodiscard]] GoneRows goneWith(const GoneRows& gone, const Table& before, const Table& after, std::int64_t atNs)
{
    const KeyRowIndex there(after.keys, 0, static_cast<std::uint32_t>(after.rows()));
    RowIndexes went;
    for (std::uint32_t row = 0; row < before.rows(); ++row) {
        if (there.find(before.keys[row]) == KeyRowIndex::kMissing) {
            went.push_back(row);
        }
    }
    const Table* const kept = gone.rows.template table<Table>();
    RowIndexes stay;
    for (std::uint32_t row = 0; kept != nullptr && row < kept->rows(); ++row) {
        const bool isBack = there.find(kept->keys[row]) != KeyRowIndex::kMissing;
        if (!isBack && atNs - gone.atNs[row] <= kPastSpanNs) {
            stay.push_back(row);
        }
    }
    if (went.empty() && (kept == nullptr || stay.size() == kept->rows())) {
        return gone;
    }
    went.resize(std::min(went.size(), kGoneRowsKept));
    const std::size_t room = kGoneRowsKept - went.size();
    if (stay.size() > room) {
        stay.erase(stay.begin(), stay.end() - static_cast<std::ptrdiff_t>(room));
    }
    GoneRows out;
    auto table = std::make_shared<Table>();
    if (kept != nullptr) {
        table->append(*kept, stay);
    }
    for (const std::uint32_t row : stay) {
        out.atNs.push_back(gone.atNs[row]);
    }
    table->append(before, went);
    out.atNs.resize(table->rows(), atNs);
    out.rows = TableSnapshot(std::shared_ptr<const Table>(std::move(table)));
    return out;
}

/// `table` with the given rows of `gone` below its own. Their metrics are taken away: nobody measures them,
/// and sums must not count them.
template <class Table>
[[nodiscard]] std::shared_ptr<const Table> withGoneRows(const Table& table, const Table& gone, const RowIndexes& rows)
{
    auto all = std::make_shared<Table>(table);
    const std::size_t first = all->rows();
    all->append(gone, rows);
    for (std::size_t row = first; row < all->rows(); ++row) {
        visitNumbers(*all, [row](auto& column) { column.set(row, std::nullopt); });
        all->flags[row] = 0;
    }
    all->finish();
    return all;
}

/// The snapshot, whose marks are `now`, compared with how it looked `minutes` before `nowNs`; rows that went since
/// stand at its end.
template <class Table>
[[nodiscard]] TableSnapshot comparedSnapshot(const TableSnapshot& snapshot, const ChangePast& past,
                                             const std::shared_ptr<const RowMarks>& now, const GoneRows& gone,
                                             int minutes, std::int64_t nowNs)
{
    constexpr std::int64_t kMinuteNs = 60LL * 1'000'000'000;
    const Table& table = *snapshot.template table<Table>();
    auto changes = std::make_shared<TableChanges>();
    changes->minutes = minutes;
    changes->present = table.rows();
    const PastAnswer then = pastAt(past, nowNs - minutes * kMinuteNs);
    if (then.marks == nullptr) {
        changes->shorter = true;
        changes->ofRow.resize(table.rows());
        return snapshot.withChanges(std::move(changes));
    }
    RowChanges found = rowChanges(*then.marks, *now);
    changes->before = then.marks;
    changes->seenNs = then.seenNs;
    changes->shorter = then.shorter;
    changes->untold = found.untold;
    changes->ofRow = std::move(found.ofRow);
    changes->earlierRow = std::move(found.earlierRow);
    const Table* const kept = gone.rows.template table<Table>();
    RowIndexes listed;
    if (kept != nullptr && !found.gone.empty()) {
        const KeyRowIndex keptRows(kept->keys, 0, static_cast<std::uint32_t>(kept->rows()));
        for (const std::uint32_t row : found.gone) {
            const std::int32_t at = keptRows.find(then.marks->keys[row]);
            if (at != KeyRowIndex::kMissing) {
                listed.push_back(static_cast<std::uint32_t>(at));
                changes->ofRow.push_back(kRowGone);
                changes->earlierRow.push_back(row);
            }
        }
    }
    changes->lost = static_cast<std::uint32_t>(found.gone.size() - listed.size());
    changes->tally = tallyOf(changes->ofRow);
    if (listed.empty()) {
        return snapshot.withChanges(std::move(changes));
    }
    return snapshot.withTable(withGoneRows(table, *kept, listed)).withChanges(std::move(changes));
}

} // namespace tracedeck
