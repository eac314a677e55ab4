// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <cstdint>
#include <vector>

namespace tracedeck {

enum class RowCopyForm : std::uint8_t { Tsv, Json, Markdown };

/// One cell to copy.
struct RowCopyCell {
    QString text; ///< as shown, unit included; ignored when `missing`
    bool missing = false;
    bool hasValue = false;
    double value = 0; ///< number behind the text, in the unit of the column
    bool operator==(const RowCopyCell&) const = default;
};

/// Rows to copy, columns in the order they stand on screen.
struct RowCopy {
    struct Column {
        QString id;
        QString title;
        bool numbers = false; ///< right-aligned
    };
    std::vector<Column> columns;
    std::vector<std::vector<RowCopyCell>> rows; ///< as long as `columns`; missing cells at the end may be left out
};

/// The rows as text. TSV: a line of titles, then one line per row, tabs and line breaks in cells become blanks,
/// unknown values are empty. JSON: an array of objects by column id, numbers as numbers, unknown values left
/// out. Markdown: a table, pipes escaped, unknown values as an en dash. Values that look like secrets are
/// masked in all of them.
[[nodiscard]] QString encodeRows(const RowCopy& copy, RowCopyForm form);

} // namespace tracedeck
