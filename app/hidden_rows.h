// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/table_snapshot.h"
#include "selectors/row_plan.h"
#include "views/table_choice.h"

#include <QString>
#include <QStringList>
#include <functional>
#include <memory>
#include <vector>

namespace tracedeck {

/// One row of a snapshot and what keeps it out of sight.
struct HiddenRow {
    RowKey key = 0;
    QString name;
    QStringList reasons; ///< "cpu>80: not reported", "Status: running"; empty = it is shown
    TableChoice shown; ///< the choice without what hides it
};

/// What the question needs: what there is, what was chosen, and how a choice becomes a plan.
struct HiddenRowQuestion {
    TableSnapshot snapshot;
    TableChoice choice;
    std::shared_ptr<const RowPlan> plan; ///< what is shown at present
    std::function<std::shared_ptr<const RowPlan>(const TableChoice&)> planFor;
    std::int64_t nowNs = 0;
    std::shared_ptr<const RowPlan> services{}; ///< what the section of services shows; null without one
};

/// Rows whose name or id contains `typed` (any case; empty = all), those out of sight first, then by name,
/// at most `limit`. Cost: a plan per restriction in force, a scan of the names.
[[nodiscard]] std::vector<HiddenRow> findHiddenRows(const HiddenRowQuestion& question, const QString& typed,
                                                    std::size_t limit);

/// Name of a row, empty when it is not in the snapshot.
[[nodiscard]] QString rowNameOf(const TableSnapshot& snapshot, RowKey key);

/// Key of the row that `resource` names: row key as 16 hex digits, id, or name (any case, first wins);
/// 0 when none does.
[[nodiscard]] RowKey rowOfResource(const TableSnapshot& snapshot, const QString& resource);

} // namespace tracedeck
