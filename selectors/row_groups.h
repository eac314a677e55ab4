// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "selectors/collation_rank.h"
#include "selectors/row_plan.h"
#include "selectors/sort_direction.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace tracedeck {

/// One group of rows. `label` empty = the rows have no value of this dimension.
struct RowGroup {
    RowKey key = 0;
    std::string
        keyText; ///< e.g. "pve-003-node-0003", "pod:cluster-001"; may be empty unless asked for by GroupOrder::Key
    std::string label;
    std::string detail;
    bool operator==(const RowGroup&) const = default;
};

/// A partition of rows: groups in display order, and for every table row the place of its group.
struct RowGroups {
    static constexpr std::uint32_t kNoGroup = 0xFFFFFFFFU;

    std::vector<RowGroup> groups;
    std::vector<std::uint32_t> groupOf; ///< by table row; kNoGroup for rows that were not asked about
};

/// What a group selector knows about one group before it is placed.
struct GroupSeed {
    RowGroup group;
    StringId labelId = 0; ///< when the label is an interned text: its rank decides; 0 = by bytes
};

/// keyText of the seed with this number, for seeds that leave it empty: few groups ever need theirs.
using GroupKeyText = std::function<std::string(std::uint32_t seed)>;

/// Numbers group codes densely in first-seen order: one hash probe per row.
class GroupCodes {
public:
    GroupCodes();
    [[nodiscard]] std::uint32_t numberOf(std::uint64_t code)
    {
        const Slot& found = m_slots[slotOf(code)];
        return found.number != 0 ? found.number - 1 : add(code);
    }
    /// The code behind every number.
    [[nodiscard]] const std::vector<std::uint64_t>& codes() const noexcept { return m_codes; }

private:
    struct Slot {
        std::uint64_t code = 0;
        std::uint32_t number = 0; ///< 0 = free, else number + 1
    };

    std::uint32_t add(std::uint64_t code);
    void grow();
    [[nodiscard]] std::size_t slotOf(std::uint64_t code) const
    {
        const std::size_t mask = m_slots.size() - 1;
        std::size_t slot = ((code * 0x9E3779B97F4A7C15ULL) >> 32U) & mask;
        while (m_slots[slot].number != 0 && m_slots[slot].code != code) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    std::vector<Slot> m_slots; ///< power of two
    std::vector<std::uint64_t> m_codes;
};

/// Brings groups into display order and renumbers `groupOf` (first-seen numbers on entry).
/// Order::Worst is applied later, when the rows shown are known: here it is Label.
[[nodiscard]] RowGroups orderGroups(std::vector<GroupSeed> seeds, std::vector<std::uint32_t> groupOf, GroupOrder order,
                                    const CollationRanks& ranks, const GroupKeyText& keyTextOf = {});

} // namespace tracedeck
