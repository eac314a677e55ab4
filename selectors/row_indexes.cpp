// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/row_indexes.h"

#include <numeric>

namespace tracedeck {

RowIndexes allRows(std::size_t count)
{
    RowIndexes rows(count);
    std::iota(rows.begin(), rows.end(), 0U);
    return rows;
}

RowIndexes keepMatches(RowIndexes rows, const std::vector<std::uint8_t>& matches)
{
    return keepRows(std::move(rows), [&](std::uint32_t row) { return row < matches.size() && matches[row] != 0; });
}

} // namespace tracedeck
