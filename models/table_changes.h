// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/row_changes.h"

#include <QString>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace tracedeck {

/// A table compared with how it looked before. Rows below `present` are there now; those from it on went since.
struct TableChanges {
    std::shared_ptr<const RowMarks> before; ///< null = nothing older is known
    std::vector<RowChangeSet> ofRow; ///< by table row
    std::vector<std::uint32_t> earlierRow; ///< by table row: its row in `before`, or RowChanges::kNoRow
    std::size_t present = 0;
    ChangeTally tally;
    int minutes = 0; ///< how far back was asked for
    std::int64_t seenNs = 0; ///< moment of `before`
    bool shorter = false; ///< nobody watched that long
    std::uint32_t untold = 0; ///< rows that came with a source nobody watched then
    std::uint32_t lost = 0; ///< rows that went and were not kept: more than the limit

    [[nodiscard]] bool isGone(std::size_t row) const { return row >= present; }
    [[nodiscard]] RowChangeSet of(std::size_t row) const { return row < ofRow.size() ? ofRow[row] : RowChangeSet{0}; }
};

/// "restarted · moved"; empty for a row that did not change.
[[nodiscard]] QString changeWords(RowChangeSet changes);
/// A line per change with what was before: "Moved from node-a".
[[nodiscard]] QString changeLines(const TableChanges& changes, std::size_t row);

} // namespace tracedeck
