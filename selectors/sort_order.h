// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/column.h"
#include "selectors/row_plan.h"
#include "selectors/sort_direction.h"

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace tracedeck {

/// A sort key of one row as an unsigned number whose order is the order of the values.
struct SortKey {
    std::uint64_t key = 0;
    bool present = false; ///< false: the value is missing, the row goes last
};

/// Order-keeping bits of a finite double; both zeros are equal.
[[nodiscard]] inline std::uint64_t orderedBits(double value)
{
    const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);
    return (bits >> 63U) != 0 ? ~bits : bits | (std::uint64_t{1} << 63U);
}
[[nodiscard]] inline std::uint64_t orderedBits(std::int64_t value)
{
    return static_cast<std::uint64_t>(value) ^ (std::uint64_t{1} << 63U);
}

/// Step of a live metric for automatic re-sorts: percents by 5 points.
[[nodiscard]] inline double percentStep(double percent)
{
    return std::floor(percent / 5.0);
}
/// Rates by powers of two; up to 1 byte per second is one step.
[[nodiscard]] inline double rateStep(double perSecond)
{
    return perSecond <= 1.0 ? 0.0 : std::floor(std::log2(perSecond)) + 1.0;
}

/// `rows` in ascending order of `keys` (parallel to `rows`), stable, and `tail` behind them. Radix passes over the
/// 24 bits that tell the keys apart best, then runs that differ below them are sorted by comparison.
[[nodiscard]] RowIndexes orderByKeys(const RowIndexes& rows, std::span<const std::uint64_t> keys,
                                     std::span<const std::uint32_t> tail = {});

/// `rows` ordered by extract(row) -> SortKey. `rows` come in tie order, which equal keys keep in both
/// directions; rows without a value go last, in tie order too.
template <class Extract>
[[nodiscard]] RowIndexes orderBy(RowIndexes rows, SortDirection direction, const Extract& extract)
{
    const std::uint64_t flip = direction == SortDirection::Descending ? ~std::uint64_t{0} : 0;
    const std::size_t count = rows.size();
    const auto missing = std::make_unique_for_overwrite<std::uint32_t[]>(count);
    const auto keys = std::make_unique_for_overwrite<std::uint64_t[]>(count);
    std::size_t kept = 0;
    std::size_t lost = 0;
    for (std::size_t i = 0; i < count; ++i) { // no branches: which rows lack a value cannot be predicted
        const std::uint32_t row = rows[i];
        const SortKey found = extract(row);
        rows[kept] = row;
        keys[kept] = found.key ^ flip;
        missing[lost] = row;
        kept += found.present ? 1U : 0U;
        lost += found.present ? 0U : 1U;
    }
    rows.resize(kept);
    return orderByKeys(rows, {keys.get(), kept}, {missing.get(), lost});
}

} // namespace tracedeck
