// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/compared_table.h"
#include "app/fleet_domain.h"
#include "models/collation.h"

#include <QLocale>
#include <memory>
#include <utility>

namespace tracedeck {

/// Marks, past and gone rows of `prepared.source`, from those of the table before. A table of nothing but rows
/// kept from an earlier run is no moment anybody watched.
template <class Table> void rememberChanges(PreparedTable& prepared, const PreparedTable* before, std::int64_t atNs)
{
    const Table& table = *prepared.source.template table<Table>();
    if (before != nullptr) {
        prepared.past = before->past;
        prepared.gone = before->gone;
        if (before->source.data() == prepared.source.data()) {
            prepared.marks = before->marks;
            return;
        }
    }
    prepared.marks = std::make_shared<const RowMarks>(rowMarks(table, prepared.source.sources()));
    const bool isWatched = std::any_of(table.flags.begin(), table.flags.end(),
                                       [](std::uint8_t flags) { return (flags & kRowStale) == 0; });
    if (!isWatched && table.rows() > 0) {
        return;
    }
    prepared.past = withMoment(std::move(prepared.past), prepared.marks, atNs);
    if (const Table* const earlier = before != nullptr ? before->source.template table<Table>() : nullptr) {
        prepared.gone = goneWith(prepared.gone, *earlier, table, atNs);
    }
}

/// PreparedTable of one kind of table: collation ranks and threshold levels, the latter with the history
/// of the table before when it was judged by the same rules.
template <class Table> [[nodiscard]] std::shared_ptr<const PreparedTable> preparedTable(const PrepareRequest& request)
{
    const PreparedTable* const before = request.before.get();
    PreparedTable prepared;
    prepared.source = request.snapshot;
    rememberChanges<Table>(prepared, before, request.seenNs);
    const TableSnapshot compared = request.changedMinutes == 0
        ? request.snapshot
        : comparedSnapshot<Table>(request.snapshot, prepared.past, prepared.marks, prepared.gone,
                                  request.changedMinutes, request.nowNs);
    const Table& table = *compared.table<Table>();
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
    prepared.changedMinutes = request.changedMinutes;
    prepared.snapshot = compared.withLevels(std::make_shared<const std::vector<RowLevels>>(std::move(levels)));
    const Table* const shown = before != nullptr ? before->snapshot.template table<Table>() : nullptr;
    if (shown != nullptr) {
        const RankedTexts ranked{shown->strings, before->ranks};
        prepared.ranks = collationRanks(table.strings, QLocale(), &ranked);
    } else {
        prepared.ranks = collationRanks(table.strings, QLocale());
    }
    prepared.rows = request.snapshot.table<Table>()->rows();
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
