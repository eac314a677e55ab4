// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "models/cell_content.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tracedeck {

/// Contents of the cells shown last, so that painting an unchanged cell allocates nothing. Direct-mapped
/// by row number: 128 consecutive rows never collide, which is more than fits on a screen. An entry is
/// valid while row key, digest and stamp are the ones it was filled with.
class CellCache {
public:
    explicit CellCache(std::size_t columns);

    struct Entry {
        RowKey key = 0;
        std::uint64_t digest = 0;
        std::int64_t stamp = -1; ///< epoch of the context, and the second for cells that age
        CellContent content;
        [[nodiscard]] bool holds(RowKey wantedKey, std::uint64_t wantedDigest, std::int64_t wantedStamp) const noexcept
        {
            return key == wantedKey && digest == wantedDigest && stamp == wantedStamp;
        }
    };
    [[nodiscard]] Entry& slot(std::uint32_t row, std::size_t column)
    {
        return m_entries[(row % kRows) * m_columns + column];
    }

private:
    static constexpr std::size_t kRows = 128;
    std::size_t m_columns;
    std::vector<Entry> m_entries;
};

} // namespace tracedeck
