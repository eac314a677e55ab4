// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet_domain.h"
#include "models/collation.h"

#include <QLocale>
#include <memory>
#include <utility>

namespace tracedeck {

/// PreparedTable of one kind of table: collation ranks and threshold levels, the latter with the history
/// of the table before when it was judged by the same rules.
template <class Table> [[nodiscard]] std::shared_ptr<const PreparedTable> preparedTable(const PrepareRequest& request)
{
    const Table& table = *request.snapshot.table<Table>();
    const PreparedTable* const before = request.before.get();
    const Table* const earlierTable = before != nullptr && before->thresholds == request.thresholds
        ? before->snapshot.template table<Table>()
        : nullptr;
    std::vector<RowLevels> levels;
    if (earlierTable != nullptr && before->snapshot.levels() != nullptr) {
        const EarlierLevels earlier{earlierTable->keys, *before->snapshot.levels()};
        levels = thresholdLevels(table, request.thresholds, &earlier);
    } else {
        levels = thresholdLevels(table, request.thresholds, nullptr);
    }
    PreparedTable prepared;
    prepared.snapshot = request.snapshot.withLevels(std::make_shared<const std::vector<RowLevels>>(std::move(levels)));
    const Table* const shown = before != nullptr ? before->snapshot.template table<Table>() : nullptr;
    if (shown != nullptr) {
        const RankedTexts ranked{shown->strings, before->ranks};
        prepared.ranks = collationRanks(table.strings, QLocale(), &ranked);
    } else {
        prepared.ranks = collationRanks(table.strings, QLocale());
    }
    prepared.rows = table.rows();
    prepared.sampledAtNs = request.sampledAtNs;
    prepared.thresholds = request.thresholds;
    return std::make_shared<const PreparedTable>(std::move(prepared));
}

template <class Table>
[[nodiscard]] std::vector<RowCrossing> preparedCrossings(const PreparedTable& before, const PreparedTable& after)
{
    const Table* const was = before.snapshot.table<Table>();
    const Table* const is = after.snapshot.table<Table>();
    if (was == nullptr || is == nullptr || before.snapshot.levels() == nullptr || after.snapshot.levels() == nullptr) {
        return {};
    }
    return rowCrossings(JudgedTable<Table>{*was, *before.snapshot.levels()},
                        JudgedTable<Table>{*is, *after.snapshot.levels()});
}

} // namespace tracedeck
