// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/key_row_index.h"

#include <cstddef>

namespace tracedeck {

KeyRowIndex::KeyRowIndex(const std::vector<RowKey>& keys, std::uint32_t begin, std::uint32_t end) : m_keys(keys)
{
    unsigned bits = 1;
    while ((std::size_t{1} << bits) < std::size_t{2} * (end - begin)) {
        ++bits;
    }
    m_shift = 64 - bits;
    m_slots.assign(std::size_t{1} << bits, 0);
    const std::size_t mask = m_slots.size() - 1;
    for (std::uint32_t row = begin; row < end; ++row) {
        std::size_t slot = slotOf(keys[row]);
        while (m_slots[slot] != 0 && keys[m_slots[slot] - 1] != keys[row]) {
            slot = (slot + 1) & mask;
        }
        if (m_slots[slot] == 0) {
            m_slots[slot] = row + 1;
        }
    }
}

std::int32_t KeyRowIndex::find(RowKey key) const
{
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t slot = slotOf(key); m_slots[slot] != 0; slot = (slot + 1) & mask) {
        if (m_keys[m_slots[slot] - 1] == key) {
            return static_cast<std::int32_t>(m_slots[slot] - 1);
        }
    }
    return kMissing;
}

} // namespace tracedeck
