// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

namespace tracedeck {

/// Severity of a value or a row; also PlanGroup::worst. Order is "worse is larger".
enum class Severity : int { None, Ok, Unknown, Warning, Critical };

/// How strongly a value stands out from its column (IO outliers).
enum class Emphasis : int { Normal, Medium, Strong };

/// Whether a cell has a value, will have one with the next sample, or never got one.
enum class CellState : int { Value, Pending, Missing, Stale };

/// Semantic roles of the table models. Views turn them into colours, fonts and icons.
enum TableRole : int {
    CellRole = Qt::UserRole + 1, ///< pointer to a CellContent (models/cell_content.h), the one role the delegate asks
    RowKeyRole, ///< quint64
    IsGroupRole, ///< bool
    GroupRole, ///< pointer to a PlanGroup
    SortValueRole, ///< double, or text for text columns
    CopyTextRole, ///< text with unit, as copied
};

} // namespace tracedeck
