// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "refresh/fleet_identity.h"

#include <array>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace tracedeck {

/// Completes rows of a merged table from all rows that stand for the same thing. Numbers come from the
/// first source that knows them, each with the basis it was stated on; texts from the source that manages
/// the thing (for a container its engine, for a host the machine itself); fresh rows go before stale ones.
/// Lists are united, details by name. Cost: O(columns) per row. Used for InfrastructureTable and
/// WorkloadTable.
template <class Table> class FleetRowFill {
public:
    FleetRowFill(Table& merged, const std::vector<std::shared_ptr<const Table>>& from,
                 const std::vector<std::string>& labels);

    /// `rows` in the order of the sources, more than one. The merged row starts as a copy of the first.
    void fill(std::size_t mergedRow, const std::vector<SourceRow>& rows);
    /// Writes the united lists; once, at the end.
    void finishLists();

private:
    using Items = std::vector<StringId>;
    using RowLists = std::array<Items, 4>; ///< tags, addresses, detail names, detail values

    [[nodiscard]] StringId translated(std::uint32_t table, StringId id);
    [[nodiscard]] std::vector<SourceRow> inOrder(const std::vector<SourceRow>& rows, bool byManager) const;
    void fillNumbers(std::size_t mergedRow, const std::vector<SourceRow>& rows);
    void fillTexts(std::size_t mergedRow, const std::vector<SourceRow>& rows);
    void fillPlain(std::size_t mergedRow, const std::vector<SourceRow>& byValue,
                   const std::vector<SourceRow>& byManager);
    void uniteLists(std::size_t mergedRow, const std::vector<SourceRow>& rows, const std::string& seenBy);

    struct Columns {
        std::vector<const TextColumn*> texts;
        std::vector<const OptionalColumn<double>*> reals;
        std::vector<const OptionalColumn<std::int64_t>*> integers;
    };

    Table& m_merged;
    std::vector<Columns> m_columns; ///< of m_from
    const std::vector<std::shared_ptr<const Table>>& m_from;
    const std::vector<std::string>& m_labels;
    std::unordered_map<std::size_t, RowLists> m_lists;
};

} // namespace tracedeck
