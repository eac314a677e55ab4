// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/column.h"
#include "selectors/collation_rank.h"
#include "selectors/sort_order.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace tracedeck {

/// Sort keys of one kind of column each; what the sort selectors hand to orderBy().

template <class T> [[nodiscard]] auto numberKey(const OptionalColumn<T>& column)
{
    return [&column](std::uint32_t row) { return SortKey{orderedBits(column.raw(row)), column.has(row)}; };
}

/// Percents: exact, or in steps of 5 points.
[[nodiscard]] inline auto percentKey(const OptionalColumn<double>& column, bool quantised)
{
    return [&column, quantised](std::uint32_t row) {
        const double value = column.raw(row);
        return SortKey{orderedBits(quantised ? percentStep(value) : value), column.has(row)};
    };
}

/// Sum of two rates; present when either side is, a missing side counts 0.
[[nodiscard]] inline auto rateKey(const OptionalColumn<double>& a, const OptionalColumn<double>& b, bool quantised)
{
    return [&a, &b, quantised](std::uint32_t row) {
        const double value = a.raw(row) + b.raw(row);
        return SortKey{orderedBits(quantised ? rateStep(value) : value), a.has(row) || b.has(row)};
    };
}

/// Text by rank; the empty text is a missing value.
[[nodiscard]] inline auto textKey(const TextColumn& column, const CollationRanks& ranks)
{
    return [&column, &ranks](std::uint32_t row) { return SortKey{ranks[column[row]], column[row] != 0}; };
}

/// Uptime from its start: the later the start, the smaller the uptime.
[[nodiscard]] inline auto uptimeKey(const OptionalColumn<std::int64_t>& startedAt)
{
    return [&startedAt](std::uint32_t row) { return SortKey{~orderedBits(startedAt.raw(row)), startedAt.has(row)}; };
}

/// Place of every fixed label (labelOf(0 … N-1)) in byte order.
template <std::size_t N, class LabelOf> [[nodiscard]] std::array<std::uint8_t, N> labelPlaces(const LabelOf& labelOf)
{
    std::array<std::uint8_t, N> places{};
    for (std::size_t i = 0; i < N; ++i) {
        for (std::size_t other = 0; other < N; ++other) {
            places[i] = static_cast<std::uint8_t>(places[i] + (labelOf(other) < labelOf(i) ? 1 : 0));
        }
    }
    return places;
}

/// `rows` by text `name`, then text `id`, both ascending: the order ties fall to. Where names hardly
/// repeat, rows are dropped into a table by rank and read out again instead of being sorted.
[[nodiscard]] RowIndexes orderByNameThenId(RowIndexes rows, const TextColumn& name, const TextColumn& id,
                                           const CollationRanks& ranks);

} // namespace tracedeck
