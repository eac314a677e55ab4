// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/query_columns.h"
#include "selectors/query_compile.h"

#include <cstdint>
#include <vector>

namespace tracedeck {

/// Which rows match: one byte per row, 1 or 0. `nowNs` is what ages and uptimes count to. A missing
/// value matches no comparison, so `-cpu>80` keeps rows without a CPU figure. A query compiled for
/// another kind of table matches nothing.
/// Cost per clause: words one scan over the search arena, text fields one test per distinct text,
/// numbers and words one pass over the column. Allocates O(rows) scratch.
[[nodiscard]] std::vector<std::uint8_t> matchRows(const CompiledQuery& query, const QueryTableView& table,
                                                  std::int64_t nowNs);

} // namespace tracedeck
