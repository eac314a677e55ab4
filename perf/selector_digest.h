// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/column.h"
#include "core/string_pool.h"
#include "selectors/io_distribution.h"
#include "selectors/row_groups.h"
#include "selectors/row_plan.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace tracedeck {

/// FNV-1a, 32 bits, over texts that each end with one byte 10.
class LineFnv {
public:
    void add(std::string_view line)
    {
        for (const char c : line) {
            step(static_cast<unsigned char>(c));
        }
        step(10);
    }
    [[nodiscard]] std::uint32_t value() const noexcept { return m_state; }

private:
    void step(std::uint32_t byte) { m_state = (m_state ^ byte) * 0x01000193U; }
    std::uint32_t m_state = 0x811c9dc5U;
};

/// Digest over the ids of rows, in their order.
[[nodiscard]] std::uint32_t idDigest(const StringPool& strings, const TextColumn& id, const RowIndexes& rows);

using DigestFields = nlohmann::ordered_json;

/// {"rows", "fnv"}
[[nodiscard]] DigestFields rowDigestFields(const StringPool& strings, const TextColumn& id, const RowIndexes& rows);
/// Rows brought together by group, order inside each group kept.
struct ArrangedRows {
    RowIndexes rows;
    std::vector<std::uint32_t> ends; ///< per group: one past its last place in `rows`
};

/// Counting sort of `rows` by group. Precondition: every row has a group.
[[nodiscard]] ArrangedRows arrangeByGroup(const RowIndexes& rows, const RowGroups& groups);

/// {"groups", `namesField`, "fnv"}: fnv over `names` in group order, and over the ids group by group.
[[nodiscard]] DigestFields groupDigestFields(const StringPool& strings, const TextColumn& id,
                                             const ArrangedRows& arranged, const RowGroups& groups,
                                             std::string_view namesField, std::string RowGroup::*names);
/// {"rows", "groups", "fnv"} of a plan.
[[nodiscard]] DigestFields planDigestFields(const StringPool& strings, const TextColumn& id, const RowPlan& plan);
/// {"network": {…}, "diskIO": {…}}
[[nodiscard]] DigestFields ioDigestFields(const IoScale& scale);

} // namespace tracedeck
