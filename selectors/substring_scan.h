// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search_arena.h"
#include "selectors/row_plan.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// Words of a search text: split at white space, folded as the arena is, empty ones dropped.
[[nodiscard]] std::vector<std::string> searchTerms(std::string_view text);

/// A needle as the arena spells it: folded, bytes 0 and 1 as spaces.
[[nodiscard]] std::string foldNeedle(std::string_view text);

/// Position of `needle` (not empty) in `text` at or after `from`; npos when it does not occur. First and
/// last byte are compared 16 or 32 positions at a time (SSE2 is the x86-64 baseline, AVX2 is chosen at
/// run time), so short and frequent needles do not slow it down. Cost: about text size / 10 GB/s.
[[nodiscard]] std::size_t findSubstring(std::string_view text, std::string_view needle, std::size_t from = 0);

/// One byte per row: 1 where the row's text contains the folded `needle`. An empty needle matches all.
/// Scans the arena once as a whole.
[[nodiscard]] std::vector<std::uint8_t> scanRows(const SearchArena& arena, std::string_view needle);

/// Those of `rows` whose text contains every one of `terms` (folded here; empty ones are ignored), order
/// kept. Narrows: each further term looks only at the rows that are left. No terms: `rows` as given.
[[nodiscard]] RowIndexes keepContaining(const SearchArena& arena, const std::vector<std::string>& terms,
                                        RowIndexes rows);

} // namespace tracedeck
