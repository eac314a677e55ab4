// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/string_pool.h"

#include <cstdint>
#include <vector>

namespace tracedeck {

/// Place of every interned text in sort order: rank[StringId]. Ranks are dense, distinct and start at 0
/// for the empty text, so sorting text is sorting small numbers. Built once per snapshot on the worker
/// and passed to every selector that sorts or groups; models/collation builds the one people see
/// (numeric, case-insensitive, ties by bytes).
struct CollationRanks {
    std::vector<std::uint32_t> rank;

    [[nodiscard]] std::uint32_t operator[](StringId id) const { return rank[id]; }
    bool operator==(const CollationRanks&) const = default;
};

/// Ranks without any locale: by lower-cased bytes (foldCase), ties by the bytes themselves.
/// Cost: one sort over pool.size() texts.
[[nodiscard]] CollationRanks collationRanksByBytes(const StringPool& pool);

} // namespace tracedeck
