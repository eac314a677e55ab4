// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/row_copy.h"

#include <QString>
#include <functional>

class QWidget;

namespace tracedeck {

class GroupedTableView;

/// Every row of the table as it is arranged: the columns in sight, in their order, rows in theirs. With
/// groups a first column "group" names the group of each row; rows of collapsed groups are not in view
/// and are left out. Cost: rows x columns.
[[nodiscard]] RowCopy rowsInView(const GroupedTableView& table);

/// Asks for a file and writes what is in view, as CSV or JSON by the name of the file; `said` gets what came
/// of it. `json` decides what is offered first. The dialog does not block.
void exportView(GroupedTableView* table, bool json, const std::function<void(QString)>& said);

/// Writes the rows to a file, whole or not at all; answers what to say about it.
[[nodiscard]] QString writeRows(const RowCopy& rows, const QString& path);

} // namespace tracedeck
