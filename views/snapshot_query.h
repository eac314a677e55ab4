// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/table_snapshot.h"
#include "selectors/query_complete.h"

#include <QString>
#include <optional>

namespace tracedeck {

/// The table inside a snapshot as queries read it; nothing for a snapshot of another kind or none. The
/// snapshot must outlive the view.
[[nodiscard]] std::optional<QueryTableView> queryViewOf(const TableSnapshot& snapshot);

/// Completions at `cursor` (characters) from what the snapshot holds; before the first snapshot fields and
/// operators of `kind` alone. Cost: one pass over a column at most.
[[nodiscard]] QueryCompletions snapshotCompletions(const TableSnapshot& snapshot, QueryTable kind, const QString& text,
                                                   int cursor);

} // namespace tracedeck
