// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet_snapshot.h"
#include "core/source_rows.h"
#include "refresh/merged_keys.h"

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace tracedeck {

/// One snapshot out of those of several sources, rows in the order of the sources. With one source (or
/// one that has rows) its pointers are handed on untouched; otherwise texts are interned anew. Sections
/// of `previous` are used again when the merged result comes from the same pointers. Null snapshots are
/// sources that have not answered yet.
///
/// Rows of different sources that stand for the same thing (fleet_identity.h) become one row: what one
/// source does not know comes from the next, fresh sources before stale ones, names and states from the
/// source that manages the thing, and the detail "Seen by" names all sources. Such a row keeps the key it
/// was first shown with for as long as any source shows it. A key that one source gives twice is shown
/// once and counted as a warning. Cost: O(rows + texts) for a section that changed.
class FleetMerge {
public:
    /// `labels` name the sources for people, one per snapshot.
    [[nodiscard]] FleetSnapshot merge(const std::vector<FleetSnapshot>& sources,
                                      const std::vector<std::string>& labels = {});

    /// Where the rows of the last merge came from, in their order; a row of several sources counts to the
    /// first of them. `lastGoodNs` is left at 0: the merge does not know times.
    [[nodiscard]] const std::vector<SourceRows>& infrastructureSources() const { return m_infrastructure.spans; }
    [[nodiscard]] const std::vector<SourceRows>& workloadSources() const { return m_workloads.spans; }
    /// Under which other keys the sources of the last merge know its rows; null as long as no row has any. The same
    /// pointer while nothing changes.
    [[nodiscard]] const std::shared_ptr<const MergedKeys>& mergedKeys() const { return m_mergedKeys; }

private:
    using KeyMap = std::unordered_map<RowKey, RowKey>;
    template <class Table> struct Memo {
        std::vector<std::shared_ptr<const Table>> from;
        std::vector<std::string> labels;
        KeyMap hosts; ///< host keys the rows were translated with
        std::shared_ptr<const Table> merged;
        std::vector<SourceRows> spans;
        std::uint64_t duplicates = 0;
        KeyMap replaced; ///< key of a source's row -> key it is shown with, where they differ
        std::unordered_map<std::string, RowKey> shownAs; ///< identity -> key, of rows shown now
    };
    template <class Table>
    static void mergeSection(Memo<Table>& memo, std::vector<std::shared_ptr<const Table>> from,
                             std::vector<std::string> labels, const KeyMap& hosts);
    template <class Table> static void combine(Memo<Table>& memo, const KeyMap& hosts);
    template <class Table> static void rememberUntouched(Memo<Table>& memo);
    void rememberKeys();

    Memo<InfrastructureTable> m_infrastructure;
    Memo<WorkloadTable> m_workloads;
    std::shared_ptr<const MergedKeys> m_mergedKeys;
};

/// The same rows marked stale (kRowStale), for sources that stopped answering and for what was kept on
/// disk. Times and values stay as they were.
[[nodiscard]] FleetSnapshot markedStale(const FleetSnapshot& snapshot);

} // namespace tracedeck
