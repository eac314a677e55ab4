// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infrastructure_table.h"
#include "core/source_rows.h"
#include "selectors/threshold_levels.h"

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace tracedeck {

struct TableChanges;

/// A published table of any kind behind one type, so that one model shows them all. Which kind it is
/// must match the columns of the model; table<T>() checks that in debug builds. Copying shares.
class TableSnapshot {
public:
    TableSnapshot() = default;
    template <class Table>
    explicit TableSnapshot(std::shared_ptr<const Table> table) : m_data(std::move(table)), m_tag(&tagOf<Table>)
    {
        if constexpr (requires(const Table& rows) { rows.flags; }) {
            m_flags = m_data != nullptr ? &static_cast<const Table*>(m_data.get())->flags : nullptr;
        }
    }

    [[nodiscard]] const void* data() const noexcept { return m_data.get(); }
    /// Null when empty or when it holds a table of another kind.
    template <class Table> [[nodiscard]] const Table* table() const noexcept
    {
        return m_tag == &tagOf<Table> ? static_cast<const Table*>(m_data.get()) : nullptr;
    }
    /// Another table of any kind with the same sources; levels and changes are those of rows and go.
    template <class Table> [[nodiscard]] TableSnapshot withTable(std::shared_ptr<const Table> table) const
    {
        TableSnapshot other(std::move(table));
        other.m_sources = m_sources;
        return other;
    }
    /// Whether what feeds the row did not answer lately: its values are from then.
    [[nodiscard]] bool isStale(std::size_t row) const
    {
        return m_flags != nullptr && row < m_flags->size() && ((*m_flags)[row] & kRowStale) != 0;
    }
    /// The same table with the sources its rows came from, in the order of the rows.
    [[nodiscard]] TableSnapshot withSources(std::shared_ptr<const std::vector<SourceRows>> sources) const
    {
        TableSnapshot told = *this;
        told.m_sources = std::move(sources);
        return told;
    }
    /// Null when nobody said.
    [[nodiscard]] const std::vector<SourceRows>* sources() const noexcept { return m_sources.get(); }
    /// The source of a row; null when nobody said.
    [[nodiscard]] const SourceRows* sourceOf(std::size_t row) const
    {
        return m_sources != nullptr ? sourceOfRow(*m_sources, row) : nullptr;
    }
    /// The same table with the threshold levels of its rows; they need a history, which a table has not.
    [[nodiscard]] TableSnapshot withLevels(std::shared_ptr<const std::vector<RowLevels>> levels) const
    {
        TableSnapshot judged = *this;
        judged.m_levels = std::move(levels);
        return judged;
    }
    /// The same table compared with an earlier moment; rows that went are its last ones.
    [[nodiscard]] TableSnapshot withChanges(std::shared_ptr<const TableChanges> changes) const
    {
        TableSnapshot compared = *this;
        compared.m_changes = std::move(changes);
        return compared;
    }
    /// Null unless somebody asked what changed.
    [[nodiscard]] const std::shared_ptr<const TableChanges>& changes() const noexcept { return m_changes; }
    /// By table row; null when nobody judged the rows.
    [[nodiscard]] const std::shared_ptr<const std::vector<RowLevels>>& levels() const noexcept { return m_levels; }

private:
    template <class Table> static constexpr char tagOf = 0;

    std::shared_ptr<const void> m_data;
    const char* m_tag = nullptr;
    std::shared_ptr<const std::vector<SourceRows>> m_sources;
    const std::vector<std::uint8_t>* m_flags = nullptr; ///< of m_data
    std::shared_ptr<const std::vector<RowLevels>> m_levels;
    std::shared_ptr<const TableChanges> m_changes;
};

} // namespace tracedeck
