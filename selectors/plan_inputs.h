// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/collation_rank.h"

#include <cstdint>
#include <vector>

namespace tracedeck {

/// What a plan needs besides the table and the query value. References must outlive the call only.
struct PlanInputs {
    const CollationRanks& ranks; ///< of the table's string pool
    /// Result of the query language for `query.text`: one byte per table row, 0 = does not match. Null =
    /// no text query (or one that does not parse: then the caller passes the last good result).
    const std::vector<std::uint8_t>* matches = nullptr;
};

} // namespace tracedeck
