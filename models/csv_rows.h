// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/row_copy.h"

#include <QString>

namespace tracedeck {

/// The rows as CSV (RFC 4180): a line of column ids, then one line per row, lines end with CR LF. Numbers are
/// written as they are, in the unit of the column and with a point; unknown values are empty. Cells with
/// separators, quotes or line breaks are quoted; a text that a spreadsheet would run as a formula gets a
/// leading apostrophe. Values that look like secrets are masked.
[[nodiscard]] QString encodeCsv(const RowCopy& rows);

} // namespace tracedeck
