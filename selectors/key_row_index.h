// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"

#include <cstdint>
#include <vector>

namespace tracedeck {

/// Row of a key in a plan: open addressing over row numbers, built once, read often. Keys are not
/// copied, so the key vector must outlive the index. A key that occurs twice answers its first row.
/// Cost: 8 bytes and one write per row to build, about one probe to find.
class KeyRowIndex {
public:
    static constexpr std::int32_t kMissing = -1;

    /// Indexes keys[begin, end).
    KeyRowIndex(const std::vector<RowKey>& keys, std::uint32_t begin, std::uint32_t end);
    [[nodiscard]] std::int32_t find(RowKey key) const;

private:
    [[nodiscard]] std::size_t slotOf(RowKey key) const noexcept
    {
        return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ULL) >> m_shift);
    }
    const std::vector<RowKey>& m_keys;
    std::vector<std::uint32_t> m_slots; ///< row + 1; 0 = free
    unsigned m_shift = 63;
};

} // namespace tracedeck
