// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/sort_direction.h"

#include <QString>
#include <vector>

namespace tracedeck {

/// How the user arranged a table, by column id, to be kept in settings. Ids a table does not know are
/// ignored, columns it does not name stay as they are by default: layouts survive new and dropped columns.
struct TableLayoutState {
    struct Column {
        QString id;
        int width = 0; ///< set by the user; 0 = automatic
        bool hidden = false;
        bool kept = false; ///< asked for by the user: does not give way when it gets narrow
        bool operator==(const Column&) const = default;
    };
    std::vector<Column> columns; ///< left to right
    QString sortColumn; ///< empty = none
    SortDirection sortDirection = SortDirection::Ascending;
    bool operator==(const TableLayoutState&) const = default;
};

} // namespace tracedeck
