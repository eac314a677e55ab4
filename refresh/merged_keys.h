// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"

#include <unordered_map>
#include <vector>

namespace tracedeck {

/// Of rows that stand for several rows of sources: key it is shown with -> keys its sources have for it, without the
/// shown one. Whoever keeps something by row key outside the tables (history) asks by all of them.
using MergedKeys = std::unordered_multimap<RowKey, RowKey>;

/// The keys that no row is shown with, in no order.
[[nodiscard]] inline std::vector<RowKey> otherKeys(const MergedKeys& merged)
{
    std::vector<RowKey> keys;
    keys.reserve(merged.size());
    for (const auto& [shown, own] : merged) {
        keys.push_back(own);
    }
    return keys;
}

/// All keys of one row, the shown one first.
[[nodiscard]] inline std::vector<RowKey> keysOf(const MergedKeys& merged, RowKey shown)
{
    std::vector<RowKey> keys{shown};
    for (auto [own, end] = merged.equal_range(shown); own != end; ++own) {
        keys.push_back(own->second);
    }
    return keys;
}

} // namespace tracedeck
