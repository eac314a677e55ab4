// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/column.h"
#include "core/string_pool.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace tracedeck {

/// Copies rows of one table behind those of another, column by column. Handles of the source pool are
/// translated once per distinct text. The target columns already have their final size.
class TableAppend {
public:
    TableAppend(const StringPool& from, StringPool& to, const std::vector<std::uint32_t>& rows, std::size_t firstRow)
        : m_from(from), m_to(to), m_rows(rows), m_firstRow(firstRow), m_handles(from.size(), kUnknown)
    { }

    [[nodiscard]] StringId translate(StringId id)
    {
        StringId& known = m_handles[id];
        if (known == kUnknown) {
            known = m_to.intern(m_from.view(id));
        }
        return known;
    }
    void texts(const TextColumn& from, TextColumn& to)
    {
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            to[m_firstRow + i] = translate(from[m_rows[i]]);
        }
    }
    template <class T> void numbers(const OptionalColumn<T>& from, OptionalColumn<T>& to)
    {
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            to.set(m_firstRow + i, from.get(m_rows[i]));
        }
    }
    /// Lists grow by appending; rows the source never ended are empty.
    void lists(const ListColumn& from, ListColumn& to)
    {
        while (to.size() < m_firstRow) {
            to.endRow();
        }
        for (const std::uint32_t row : m_rows) {
            if (row < from.size()) {
                for (const StringId id : from.row(row)) {
                    to.add(translate(id));
                }
            }
            to.endRow();
        }
    }
    template <class T> void plain(const std::vector<T>& from, std::vector<T>& to)
    {
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            to[m_firstRow + i] = from[m_rows[i]];
        }
    }

private:
    static constexpr StringId kUnknown = std::numeric_limits<StringId>::max();

    const StringPool& m_from;
    StringPool& m_to;
    const std::vector<std::uint32_t>& m_rows;
    std::size_t m_firstRow;
    std::vector<StringId> m_handles;
};

} // namespace tracedeck
