// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/row_copy.h"

#include <QString>
#include <functional>

namespace tracedeck {

class GroupedTableView;

/// The selected rows (the current one when none is) with the columns in sight, in the order of the screen.
/// Group headers are left out. Cost: rows selected × columns.
[[nodiscard]] RowCopy selectedRows(const GroupedTableView& table);

/// Puts them on the clipboard and returns what to say about it: "3 rows copied as JSON".
QString copySelectedRows(const GroupedTableView& table, RowCopyForm form);

/// A menu of the forms at the current row; `copied` gets what to say.
void openCopyMenu(GroupedTableView* table, const std::function<void(QString)>& copied);

/// The copy commands of the key map on a table; false for other commands.
bool runCopyCommand(GroupedTableView* table, const QString& commandId, const std::function<void(QString)>& copied);

} // namespace tracedeck
