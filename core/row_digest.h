// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/column.h"

#include <bit>
#include <cstdint>
#include <string_view>

namespace tracedeck {

/// Running 64-bit hash over the values of one row. Two rows with equal digests are treated as equal;
/// at 64 bits a wrong match is expected once in about 10^19 comparisons.
class RowDigest {
public:
    void add(std::uint64_t value)
    {
        m_state = (m_state ^ value) * 0x9E3779B97F4A7C15ULL;
        m_state ^= m_state >> 32U;
    }
    void add(std::string_view text);
    template <class T> void add(const OptionalColumn<T>& column, std::size_t row)
    {
        add(column.has(row) ? 1U : 0U);
        if constexpr (std::is_floating_point_v<T>) {
            add(std::bit_cast<std::uint64_t>(static_cast<double>(column.raw(row))));
        } else {
            add(static_cast<std::uint64_t>(column.raw(row)));
        }
    }
    /// Adds the text behind a handle, so digests do not depend on handle order.
    void add(const StringPool& pool, StringId id) { add(pool.view(id)); }
    void add(const StringPool& pool, const ListColumn& column, std::size_t row);
    [[nodiscard]] std::uint64_t value() const noexcept { return m_state; }

private:
    std::uint64_t m_state = 0x243F6A8885A308D3ULL;
};

} // namespace tracedeck
