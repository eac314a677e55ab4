// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/string_pool.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>
#include <vector>

namespace tracedeck {

/// One text per row, as handles into the table's StringPool. 0 = missing.
using TextColumn = std::vector<StringId>;

/// Numbers that may be missing: values plus one presence bit per row. A missing row holds T{} so that
/// columns compare bytewise. Doubles are never NaN: set() turns NaN and infinities into "missing".
template <class T> class OptionalColumn {
public:
    /// Keeps the rows that stay; rows that come are missing.
    void resize(std::size_t rows)
    {
        m_values.resize(rows);
        m_present.resize((rows + 63) / 64);
        if (rows % 64 != 0) { // bits of rows cut off would make rows that come later look present
            m_present.back() &= (std::uint64_t{1} << (rows % 64)) - 1;
        }
    }
    [[nodiscard]] std::size_t size() const noexcept { return m_values.size(); }
    [[nodiscard]] bool has(std::size_t row) const { return ((m_present[row / 64] >> (row % 64)) & 1U) != 0; }
    [[nodiscard]] std::optional<T> get(std::size_t row) const
    {
        return has(row) ? std::optional<T>(m_values[row]) : std::nullopt;
    }
    /// The value, or T{} when missing; for loops that test presence apart.
    [[nodiscard]] T raw(std::size_t row) const { return m_values[row]; }
    void set(std::size_t row, T value)
    {
        if constexpr (std::is_floating_point_v<T>) {
            if (!(value - value == T{})) { // NaN or infinite NOLINT(misc-redundant-expression)
                clear(row);
                return;
            }
        }
        m_values[row] = value;
        m_present[row / 64] |= std::uint64_t{1} << (row % 64);
    }
    void set(std::size_t row, std::optional<T> value) { value ? set(row, *value) : clear(row); }
    void clear(std::size_t row)
    {
        m_values[row] = T{};
        m_present[row / 64] &= ~(std::uint64_t{1} << (row % 64));
    }
    [[nodiscard]] std::span<const T> values() const noexcept { return m_values; }
    [[nodiscard]] std::span<const std::uint64_t> presentBits() const noexcept { return m_present; }
    bool operator==(const OptionalColumn&) const = default;

private:
    std::vector<T> m_values;
    std::vector<std::uint64_t> m_present;
};

/// A list of texts per row (tags, addresses): one flat handle vector and row offsets.
/// Rows are appended in order: add() the texts of a row, then endRow().
class ListColumn {
public:
    void add(StringId text) { m_items.push_back(text); }
    void endRow() { m_ends.push_back(static_cast<std::uint32_t>(m_items.size())); }
    [[nodiscard]] std::size_t size() const noexcept { return m_ends.size(); }
    [[nodiscard]] std::span<const StringId> row(std::size_t row) const
    {
        const std::uint32_t begin = row == 0 ? 0 : m_ends[row - 1];
        return std::span<const StringId>(m_items).subspan(begin, m_ends[row] - begin);
    }
    bool operator==(const ListColumn&) const = default;

private:
    std::vector<StringId> m_items;
    std::vector<std::uint32_t> m_ends;
};

} // namespace tracedeck
