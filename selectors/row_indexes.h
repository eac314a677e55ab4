// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/row_plan.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace tracedeck {

/// 0 … count-1.
[[nodiscard]] RowIndexes allRows(std::size_t count);

/// Rows for which keep(row) is true, order kept. Works in the vector it was given. Without branches, so
/// the cost does not depend on how many pass.
template <class Keep> [[nodiscard]] RowIndexes keepRows(RowIndexes rows, const Keep& keep)
{
    std::size_t kept = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::uint32_t row = rows[i];
        rows[kept] = row;
        kept += keep(row) ? 1U : 0U;
    }
    rows.resize(kept);
    return rows;
}

/// Rows whose byte in `matches` is not 0; rows beyond its end do not match.
[[nodiscard]] RowIndexes keepMatches(RowIndexes rows, const std::vector<std::uint8_t>& matches);

} // namespace tracedeck
