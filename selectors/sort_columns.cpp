// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/sort_columns.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tracedeck {
namespace {

constexpr std::uint32_t kFreeSlot = 0xFFFFFFFFU;

/// Rows by rank of their name, one per name; further rows of a name are left in `repeated`.
RowIndexes oneRowPerName(const RowIndexes& rows, const TextColumn& name, const CollationRanks& ranks,
                         RowIndexes& repeated)
{
    std::vector<std::uint32_t> slots(ranks.rank.size(), kFreeSlot);
    for (const std::uint32_t row : rows) {
        std::uint32_t& slot = slots[ranks[name[row]]];
        if (slot == kFreeSlot) {
            slot = row;
        } else {
            repeated.push_back(row);
        }
    }
    RowIndexes ordered(rows.size() - repeated.size() + 1); // one more, written by every free slot
    std::size_t count = 0;
    for (const std::uint32_t row : slots) {
        ordered[count] = row;
        count += row != kFreeSlot ? 1U : 0U;
    }
    ordered.resize(count);
    return ordered;
}

} // namespace

RowIndexes orderByNameThenId(RowIndexes rows, const TextColumn& name, const TextColumn& id, const CollationRanks& ranks)
{
    const auto keyOf = [&](std::uint32_t row) {
        return (static_cast<std::uint64_t>(ranks[name[row]]) << 32U) | ranks[id[row]];
    };
    const auto bySorting = [&](RowIndexes unordered) {
        return orderBy(std::move(unordered), SortDirection::Ascending, [&](std::uint32_t row) {
            return SortKey{keyOf(row), true};
        });
    };
    if (rows.size() * 8 < ranks.rank.size()) { // few rows of a large pool
        return bySorting(std::move(rows));
    }
    RowIndexes repeated;
    RowIndexes ordered = oneRowPerName(rows, name, ranks, repeated);
    if (repeated.empty()) {
        return ordered;
    }
    repeated = bySorting(std::move(repeated));
    RowIndexes merged;
    merged.reserve(rows.size());
    std::merge(ordered.begin(), ordered.end(), repeated.begin(), repeated.end(), std::back_inserter(merged),
               [&](std::uint32_t a, std::uint32_t b) { return keyOf(a) < keyOf(b); });
    return merged;
}

} // namespace tracedeck
