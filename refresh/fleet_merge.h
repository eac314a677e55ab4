// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet_snapshot.h"

#include <vector>

namespace tracedeck {

/// One snapshot out of those of several sources, rows in the order of the sources. With one source (or
/// one that has rows) its pointers are handed on untouched; otherwise texts are interned anew. Sections
/// of `previous` are used again when the merged result comes from the same pointers. Null snapshots are
/// sources that have not answered yet. Rows whose key another source showed first are left out and
/// counted as a warning. Cost: O(rows + texts) for a section that changed.
class FleetMerge {
public:
    [[nodiscard]] FleetSnapshot merge(const std::vector<FleetSnapshot>& sources);

private:
    template <class Table> struct Memo {
        std::vector<std::shared_ptr<const Table>> from;
        std::shared_ptr<const Table> merged;
        std::uint64_t duplicates = 0;
    };
    template <class Table> static void mergeSection(Memo<Table>& memo, std::vector<std::shared_ptr<const Table>> from);

    Memo<InfrastructureTable> m_infrastructure;
    Memo<WorkloadTable> m_workloads;
};

/// The same rows marked stale (kRowStale), for sources that stopped answering and for what was kept on
/// disk. Times and values stay as they were.
[[nodiscard]] FleetSnapshot markedStale(const FleetSnapshot& snapshot);

} // namespace tracedeck
