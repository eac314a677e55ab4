// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace tracedeck {

/// Direction of a sort. Missing values come last in both; ties are never flipped.
enum class SortDirection : std::uint8_t { Ascending, Descending };

/// How group headers are ordered. Label: by the collation of the label, rows without a value last.
/// Worst: most severe group first, then as Label. Key: by the bytes of the group key, for comparisons.
enum class GroupOrder : std::uint8_t { Label, Worst, Key };

} // namespace tracedeck
